import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Activity, Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { FailedState } from '../components/FailedState';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { modelTranslationRef } from './messages';

const FEW = 5;
const MORE = 20;

/** What happened to the model as the portal saw it, newest first. */
export function ActivitySection(props: { model: Model }) {
  const { source, name, riskTierConfirmed } = props.model;
  const { t } = useTranslationRef(modelTranslationRef);
  const api = useApi(modelportApiRef);
  const [limit, setLimit] = useState(FEW);
  const { value, error, retry } = useLoad(
    JSON.stringify([source, name, limit, riskTierConfirmed?.at]),
    () => api.listActivity({ source, name }, { limit }),
    { keepPrevious: true },
  );
  return (
    <Section title={t('overview.activity.title')}>
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && <TableSkeleton rows={3} rowHeight={32} />}
      {value?.items.length === 0 && (
        <Nothing>{t('overview.activity.empty')}</Nothing>
      )}
      {value && value.items.length > 0 && (
        <Box
          component="ol"
          aria-label={t('overview.activity.list')}
          sx={{ listStyle: 'none', p: 0, m: 0 }}
        >
          {value.items.map((activity, row) => (
            <Box
              component="li"
              key={`${activity.at} ${row}`}
              sx={{
                display: 'flex',
                gap: 2,
                py: 0.75,
                borderBottom: row < value.items.length - 1 ? 1 : 0,
                borderColor: 'divider',
                typography: 'body2',
              }}
            >
              <Box sx={{ color: 'text.secondary', width: 110, flexShrink: 0 }}>
                <Age time={activity.at} />
              </Box>
              <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                <ActivityText activity={activity} />
                {activity.by && (
                  <>
                    {' · '}
                    <EntityText text={activity.by} />
                  </>
                )}
              </Box>
            </Box>
          ))}
        </Box>
      )}
      {value?.nextCursor && limit < MORE && (
        <Button size="small" onClick={() => setLimit(MORE)} sx={{ mt: 1 }}>
          {t('overview.activity.more')}
        </Button>
      )}
    </Section>
  );
}

function ActivityText(props: { activity: Activity }) {
  const { kind, version, detail } = props.activity;
  const { t } = useTranslationRef(modelTranslationRef);
  switch (kind) {
    case 'alias-changed': {
      const { alias, from, to } = detail;
      if (alias && from && to) {
        return <>{t('overview.activity.alias-changed', { alias, from, to })}</>;
      }
      if (alias && to) {
        return <>{t('overview.activity.alias-set', { alias, to })}</>;
      }
      if (alias && from) {
        return <>{t('overview.activity.alias-removed', { alias, from })}</>;
      }
      return <>{t('overview.activity.alias-other')}</>;
    }
    case 'risk-tier-confirmed':
      return detail.tier ? (
        <>
          {t('overview.activity.risk-tier-confirmed', {
            tier: detail.tier,
          })}
        </>
      ) : (
        <>{t('overview.activity.risk-tier-other')}</>
      );
    case 'model-retired':
    case 'model-returned':
      if (detail.reason === 'source-removed') {
        return kind === 'model-retired' ? (
          <>{t('overview.activity.source-removed')}</>
        ) : (
          <>{t('overview.activity.source-returned')}</>
        );
      }
      return <>{t(`overview.activity.${kind}`)}</>;
    case 'version-created':
    case 'version-retired':
      return <>{t(`overview.activity.${kind}`, { version: version ?? '?' })}</>;
    default:
      return <>{t(`overview.activity.${kind}`)}</>;
  }
}
