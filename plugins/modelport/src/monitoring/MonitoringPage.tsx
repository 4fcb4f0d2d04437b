import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model, Monitoring } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CodeLine } from '../components/CodeLine';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { DriftText } from '../models/DriftText';
import { modelportTranslationRef } from '../translation';
import { AlertsSection } from './AlertsSection';
import { DriftSection } from './DriftSection';
import { FeaturePage } from './FeaturePage';
import { IntegritySection } from './IntegritySection';
import { MonitoringToolbar } from './MonitoringToolbar';
import { PerformanceSection } from './PerformanceSection';
import { timeQuery } from './timeQuery';
import { UnplacedNotice } from './UnplacedNotice';
import { useMonitoringView } from './useMonitoringView';
import { windowLabel } from './windowLabel';

const PUSH =
  'curl -X POST -H "authorization: Bearer $TOKEN" -F drift=@drift_2026-11.json \\\n  $PORTAL/api/modelport/v1/models/$SOURCE/$NAME/versions/$VERSION/evidence';

/** What tools say of a version over time; with a feature in the address, of that feature. */
export function MonitoringPage(props: { model: Model; version: string }) {
  const { model, version } = props;
  const { t } = useTranslationRef(modelportTranslationRef);
  const api = useApi(modelportApiRef);
  const view = useMonitoringView();
  const id = { source: model.source, name: model.name };
  const time = timeQuery(view);
  const { value, error, retry, loading } = useLoad(
    JSON.stringify([id, version, time, view.feature]),
    () =>
      api.getMonitoring(id, version, {
        ...time,
        ...(view.feature === undefined ? {} : { feature: view.feature }),
      }),
  );
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
      <Typography
        variant="h5"
        component="h2"
        sx={{ mb: 0, overflowWrap: 'anywhere' }}
      >
        {t('monitoring.title', { version })}
      </Typography>
      {view.feature === undefined && <AlertsSection model={model} />}
      <MonitoringToolbar model={model} version={version} monitoring={value} />
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && (
        <Box role="status" aria-label={t('components.loading')}>
          <Skeleton variant="rectangular" height={320} sx={{ mb: 2 }} />
          <Skeleton variant="rectangular" height={320} />
        </Box>
      )}
      {value && view.feature !== undefined && (
        <FeaturePage monitoring={value} feature={view.feature} />
      )}
      {value && view.feature === undefined && (
        <Whole
          model={model}
          version={version}
          monitoring={value}
          loading={loading}
        />
      )}
      {value?.truncated && (
        <Alert severity="info">{t('monitoring.truncated')}</Alert>
      )}
      {value && <UnplacedNotice unplaced={value.unplaced} />}
    </Box>
  );
}

function Whole(props: {
  model: Model;
  version: string;
  monitoring: Monitoring;
  loading: boolean;
}) {
  const { model, version, monitoring } = props;
  const { t } = useTranslationRef(modelportTranslationRef);
  const view = useMonitoringView();
  const { series, performance, integrity, profiles } = monitoring;
  const isEmpty = [series, performance, integrity, profiles].every(
    list => list.length === 0,
  );
  if (isEmpty && (view.from || view.to)) {
    return (
      <EmptyState
        title={t('monitoring.emptyRange.title')}
        text={t('monitoring.emptyRange.text')}
      >
        <Button onClick={() => view.change({ from: null, to: null })}>
          {t('monitoring.emptyRange.showAll')}
        </Button>
      </EmptyState>
    );
  }
  if (isEmpty) {
    return (
      <EmptyState
        title={t('monitoring.empty.title')}
        text={t('monitoring.empty.text')}
      >
        <CodeLine code={PUSH} />
      </EmptyState>
    );
  }
  return (
    <>
      {series.length > 0 && (
        <Box
          sx={{
            typography: 'body1',
            display: 'flex',
            gap: 1,
            flexWrap: 'wrap',
          }}
        >
          <DriftText drift={monitoring.drift} />
          <span>
            {t(`monitoring.state.${monitoring.drift}`, {
              window: newestWindow(monitoring),
            })}
          </span>
        </Box>
      )}
      {series.length > 0 && <DriftSection model={model} version={version} />}
      <PerformanceSection performance={performance} />
      <IntegritySection integrity={integrity} />
    </>
  );
}

function newestWindow(monitoring: Monitoring): string {
  const points = monitoring.series.flatMap(one =>
    one.points.filter(({ period }) => period === 'current'),
  );
  const newest = points.reduce<(typeof points)[number] | undefined>(
    (last, point) => (last && last.start >= point.start ? last : point),
    undefined,
  );
  return newest ? windowLabel(newest.start, newest.end) : '';
}
