import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { AlertRule } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { lazy, Suspense, useState } from 'react';
import { modelportApiRef, ModelId } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState, messageOf } from '../components/FailedState';
import { ScrollTable } from '../components/ScrollTable';
import { Section } from '../components/Section';
import { monitoringTranslationRef } from './messages';

const AlertRulesDialog = lazy(() =>
  import('./AlertRulesDialog').then(m => ({ default: m.AlertRulesDialog })),
);

const COLUMNS = ['rule', 'looksAt', 'fires', 'starts'] as const;

/** The rules that open alerts on a model; people with the permission change them here. */
export function AlertRulesSection(props: { id: ModelId }) {
  const { id } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(JSON.stringify(id), () =>
    api.getAlertRules(id),
  );
  const [editing, setEditing] = useState(false);
  const [failure, setFailure] = useState<string>();
  const reset = async () => {
    setFailure(undefined);
    try {
      await api.deleteAlertRules(id);
      retry();
    } catch (caught) {
      setFailure(
        messageOf(caught instanceof Error ? caught : new Error(String(caught))),
      );
    }
  };
  const firesOf = (rule: AlertRule) => {
    const parts = [
      rule.category === 'missing' && typeof rule.afterHours === 'number'
        ? t('rules.firesMissing', { hours: String(rule.afterHours) })
        : null,
      rule.category === 'missing' && typeof rule.afterHours !== 'number'
        ? t('rules.firesMissingItself')
        : null,
      typeof rule.threshold === 'number'
        ? t('rules.firesThreshold', { threshold: String(rule.threshold) })
        : null,
      typeof rule.rise === 'number'
        ? t('rules.firesRise', { rise: String(rule.rise) })
        : null,
    ].filter(part => part !== null);
    const what = parts.join(', ') || t('rules.firesTool');
    return (rule.windows ?? 1) > 1
      ? t('rules.firesFor', { what, windows: String(rule.windows) })
      : what;
  };
  return (
    <Section
      title={t('rules.title')}
      actions={
        value?.mayEdit && (
          <>
            {value.declaredBy !== null && (
              <Button size="small" onClick={reset}>
                {t('rules.reset')}
              </Button>
            )}
            <Button size="small" onClick={() => setEditing(true)}>
              {t('rules.edit')}
            </Button>
          </>
        )
      }
    >
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {failure !== undefined && (
        <Alert severity="error">
          {t('rules.failed', { message: failure })}
        </Alert>
      )}
      {!value && !error && <Skeleton variant="rectangular" height={96} />}
      {value && (
        <>
          <Box component="p" sx={{ typography: 'body2', mt: 0 }}>
            {value.declaredBy === null
              ? t('rules.fromConfig')
              : t('rules.own', { who: value.declaredBy })}{' '}
            {t('rules.correction')}
          </Box>
          <ScrollTable caption={t('rules.caption')}>
            <TableHead>
              <TableRow>
                {COLUMNS.map(column => (
                  <TableCell key={column}>
                    {t(`rules.columns.${column}`)}
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {value.items.map(rule => (
                <TableRow key={rule.id}>
                  <TableCell>{rule.id}</TableCell>
                  <TableCell>
                    {[
                      t(`alerts.category.${rule.category}`),
                      rule.statistic,
                      rule.feature,
                      rule.tool,
                    ]
                      .filter(part => part)
                      .join(', ')}
                  </TableCell>
                  <TableCell>{firesOf(rule)}</TableCell>
                  <TableCell>{rule.actions?.join(', ') || '–'}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </ScrollTable>
        </>
      )}
      {editing && value && (
        <Suspense fallback={null}>
          <AlertRulesDialog
            id={id}
            rules={value}
            onEnd={changed => {
              setEditing(false);
              if (changed) {
                retry();
              }
            }}
          />
        </Suspense>
      )}
    </Section>
  );
}
