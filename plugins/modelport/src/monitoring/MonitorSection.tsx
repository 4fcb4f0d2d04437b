import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Monitor } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { lazy, Suspense, useState } from 'react';
import { modelportApiRef, ModelId } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { CodeLine } from '../components/CodeLine';
import { FailedState, messageOf } from '../components/FailedState';
import { Nothing, Section } from '../components/Section';
import { monitoringTranslationRef } from './messages';

const MonitorDialog = lazy(() =>
  import('./MonitorDialog').then(m => ({ default: m.MonitorDialog })),
);

/** What is computed here of a model's data, and how that went; people with the permission change it here. */
export function MonitorSection(props: { id: ModelId }) {
  const { id } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(JSON.stringify(id), () =>
    api.getMonitor(id),
  );
  const [editing, setEditing] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [asked, setAsked] = useState(false);
  const change = (what: () => Promise<Monitor>) => async () => {
    setFailure(undefined);
    try {
      await what();
      retry();
    } catch (caught) {
      setFailure(
        messageOf(caught instanceof Error ? caught : new Error(String(caught))),
      );
    }
  };
  const isOwn =
    value?.declaredBy !== null && value?.declaredBy !== 'source' && value;
  return (
    <Section
      title={t('computed.title')}
      actions={
        value?.mayConfigure && (
          <>
            {value.definition && (
              <Button
                size="small"
                onClick={change(async () => {
                  const monitor = await api.runMonitor(id);
                  setAsked(true);
                  return monitor;
                })}
              >
                {t('computed.run')}
              </Button>
            )}
            {isOwn && (
              <Button
                size="small"
                onClick={change(() => api.deleteMonitor(id))}
              >
                {t('computed.withdraw')}
              </Button>
            )}
            <Button size="small" onClick={() => setEditing(true)}>
              {value.definition ? t('computed.edit') : t('computed.declare')}
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
          {t('computed.notSaved', { message: failure })}
        </Alert>
      )}
      {asked && (
        <Alert severity="info" role="status">
          {t('computed.asked')}
        </Alert>
      )}
      {!value && !error && <Skeleton variant="rectangular" height={48} />}
      {value && <MonitorState monitor={value} />}
      {editing && value && (
        <Suspense fallback={null}>
          <MonitorDialog
            id={id}
            monitor={value}
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

function MonitorState(props: { monitor: Monitor }) {
  const { monitor } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const [shown, setShown] = useState(false);
  const { definition, declaredBy, problem, message, lastRunAt } = monitor;
  if (!definition) {
    return <Nothing>{t('computed.none')}</Nothing>;
  }
  return (
    <Box
      sx={{
        display: 'flex',
        flexDirection: 'column',
        gap: 1,
        minWidth: 0,
        typography: 'body2',
        alignItems: 'flex-start',
      }}
    >
      {problem && (
        <Alert severity="error">
          {t('computed.problem', { message: problem })}
        </Alert>
      )}
      {message && (
        <Alert severity="warning">{t('computed.failed', { message })}</Alert>
      )}
      {monitor.columns !== null && monitor.windows !== null ? (
        <span>
          {t('computed.summary', {
            version: monitor.version ?? '–',
            columns: String(monitor.columns),
            rows: (monitor.referenceRows ?? 0).toLocaleString(),
            windows: String(monitor.windows),
          })}
        </span>
      ) : (
        !problem && !message && <span>{t('computed.waiting')}</span>
      )}
      <span>
        {declaredBy === 'source'
          ? t('computed.bySource')
          : t('computed.byPerson', { who: declaredBy ?? '–' })}{' '}
        {lastRunAt && (
          <>
            {t('computed.lastRun')}: <Age time={lastRunAt} />
          </>
        )}
      </span>
      <Button
        size="small"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? t('computed.hide') : t('computed.show')}
      </Button>
      {shown && <CodeLine code={JSON.stringify(definition, null, 2)} />}
    </Box>
  );
}
