import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, AlertPage } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';
import { Loaded } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { Nothing, Section } from '../components/Section';
import { monitoringTranslationRef } from './messages';
import { AlertItem } from './AlertItem';

/** The alerts on a model, what happened to them, and what can be done. */
export function AlertsSection(props: { loaded: Loaded<AlertPage> }) {
  const { value, error, retry } = props.loaded;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const [withClosed, setWithClosed] = useState(false);
  const alerts = value?.items ?? [];
  const shown = alerts.filter(({ state }) => withClosed || state !== 'closed');
  return (
    <Section
      title={t('alerts.title')}
      actions={
        alerts.some(({ state }) => state === 'closed') && (
          <Button
            size="small"
            aria-pressed={withClosed}
            onClick={() => setWithClosed(!withClosed)}
          >
            {withClosed ? t('alerts.hideClosed') : t('alerts.showClosed')}
          </Button>
        )
      }
    >
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && <Skeleton variant="rectangular" height={64} />}
      {value && shown.length === 0 && <Nothing>{t('alerts.none')}</Nothing>}
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
        {shown.map((alert: Alert, place) => (
          <Box key={alert.id}>
            {place > 0 && <Divider sx={{ mb: 1.5 }} />}
            <AlertItem alert={alert} onChanged={retry} />
          </Box>
        ))}
      </Box>
    </Section>
  );
}
