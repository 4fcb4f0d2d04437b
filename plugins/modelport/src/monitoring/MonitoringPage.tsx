import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  DriftHeatMap,
  Model,
  Monitoring,
  MonitoringPart,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { modelportApiRef, ModelId } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CodeLine } from '../components/CodeLine';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { EmptyUnlessUnread } from '../evidence/EmptyUnlessUnread';
import { monitoringTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { AlertsSection } from './AlertsSection';
import { DriftSection } from './DriftSection';
import { FeaturePage } from './FeaturePage';
import { IntegritySection } from './IntegritySection';
import { AlertRulesSection } from './AlertRulesSection';
import { MonitorSection } from './MonitorSection';
import { ServingSection } from './ServingSection';
import { MonitoringToolbar } from './MonitoringToolbar';
import { PerformanceSection } from './PerformanceSection';
import { SummarySection } from './SummarySection';
import { timeQuery } from './timeQuery';
import { UnplacedNotice } from './UnplacedNotice';
import { useMonitoringView } from './useMonitoringView';

const PUSH =
  'curl -X POST -H "authorization: Bearer $TOKEN" -F drift=@drift_2026-11.json \\\n  $PORTAL/api/modelport/v1/models/$SOURCE/$NAME/versions/$VERSION/evidence';

const MOST_ALERTS = 50;

/** What the page shows besides the heat map; all series of many features would be long. */
const WITHOUT_SERIES: MonitoringPart[] = ['performance', 'integrity'];

/** What tools say of a version over time; with a feature in the address, of that feature. */
export function MonitoringPage(props: { model: Model; version: string }) {
  const { model, version } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const api = useApi(modelportApiRef);
  const view = useMonitoringView();
  const id = { source: model.source, name: model.name };
  const time = timeQuery(view);
  const { feature } = view;
  const monitoring = useLoad(JSON.stringify([id, version, time, feature]), () =>
    api.getMonitoring(id, version, {
      ...time,
      ...(feature === undefined ? { parts: WITHOUT_SERIES } : { feature }),
    }),
  );
  const map = useLoad(
    feature === undefined ? JSON.stringify([id, version, time]) : undefined,
    () => api.getDriftHeatMap(id, version, time),
  );
  const alerts = useLoad(
    feature === undefined ? model.entityRef : undefined,
    () => api.listAlerts({ model: model.entityRef, limit: MOST_ALERTS }),
  );
  const { value } = monitoring;
  const isReady = value && (feature !== undefined || map.value);
  const failed = [monitoring, map].find(({ error }) => error);
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
      <Typography
        variant="h5"
        component="h2"
        sx={{ mb: 0, overflowWrap: 'anywhere' }}
      >
        {t('title', { version })}
      </Typography>
      <MonitoringToolbar
        model={model}
        version={version}
        lastEnd={lastEnd(value, map.value)}
      />
      {failed?.error && (
        <FailedState
          error={failed.error}
          retry={failed.retry}
          hasOldData={!!failed.value}
        />
      )}
      {value && map.value && !isEmpty(value, map.value) && (
        <SummarySection monitoring={value} map={map.value} alerts={alerts} />
      )}
      {feature === undefined && <AlertsSection loaded={alerts} />}
      {!isReady && !failed && (
        <Box role="status" aria-label={tComponent('loading')}>
          <Skeleton variant="rectangular" height={320} sx={{ mb: 2 }} />
          <Skeleton variant="rectangular" height={320} />
        </Box>
      )}
      {value && feature !== undefined && (
        <FeaturePage monitoring={value} feature={feature} />
      )}
      {value && map.value && feature === undefined && (
        <Whole
          id={id}
          version={version}
          monitoring={value}
          map={map.value}
          onRead={() => {
            monitoring.retry();
            map.retry();
          }}
        />
      )}
      {(value?.truncated || map.value?.truncated) && (
        <Alert severity="info">{t('truncated')}</Alert>
      )}
      {value && <UnplacedNotice unplaced={value.unplaced} />}
      {feature === undefined && (
        <>
          <ServingSection id={id} />
          <MonitorSection id={id} />
          <AlertRulesSection id={id} />
        </>
      )}
    </Box>
  );
}

function isEmpty(monitoring: Monitoring, map: DriftHeatMap): boolean {
  const { performance, integrity, checked } = monitoring;
  return [map.rows, performance, integrity, checked].every(
    list => list.length === 0,
  );
}

function Whole(props: {
  id: ModelId;
  version: string;
  monitoring: Monitoring;
  map: DriftHeatMap;
  onRead: () => void;
}) {
  const { id, version, monitoring, map, onRead } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const view = useMonitoringView();
  const { performance, integrity, checked } = monitoring;
  if (isEmpty(monitoring, map) && (view.from || view.to)) {
    return (
      <EmptyState title={t('emptyRange.title')} text={t('emptyRange.text')}>
        <Button onClick={() => view.change({ from: null, to: null })}>
          {t('emptyRange.showAll')}
        </Button>
      </EmptyState>
    );
  }
  if (isEmpty(monitoring, map)) {
    return (
      <EmptyUnlessUnread id={id} version={version} onRead={onRead}>
        <EmptyState title={t('empty.title')} text={t('empty.text')}>
          <CodeLine code={PUSH} />
        </EmptyState>
      </EmptyUnlessUnread>
    );
  }
  return (
    <>
      {map.rows.length > 0 && <DriftSection map={map} />}
      <PerformanceSection performance={performance} />
      <IntegritySection
        integrity={integrity}
        checked={checked}
        features={[
          ...new Set(map.rows.flatMap(({ feature }) => feature ?? [])),
        ]}
      />
    </>
  );
}

/** The last moment that anything shown is about; undefined where nothing is. */
function lastEnd(
  monitoring: Monitoring | undefined,
  map: DriftHeatMap | undefined,
): number | undefined {
  const ends = [
    ...(map?.windows ?? []),
    ...(monitoring?.series ?? []).flatMap(({ points }) => points),
    ...(monitoring?.performance ?? []).flatMap(({ points }) => points),
  ].map(({ end }) => Date.parse(end));
  return ends.length > 0
    ? ends.reduce((most, end) => Math.max(most, end))
    : undefined;
}
