import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  AlertPage,
  DriftHeatMap,
  Monitoring,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { ReactNode } from 'react';
import { useLocation } from 'react-router-dom';
import { Loaded } from '../api/useLoad';
import { formatFigure } from '../components/formatFigure';
import { LinkButton } from '../components/LinkButton';
import { Section } from '../components/Section';
import { DriftText } from '../models/DriftText';
import { DataLine } from './DataLine';
import { monitoringTranslationRef } from './messages';
import { movedFeatures } from './movedFeatures';
import { PerformanceLine } from './PerformanceLine';

const MOST_FEATURES = 3;

/** Whether the world has moved away, which features matter in that, whether quality suffered, and what was done. */
export function SummarySection(props: {
  monitoring: Monitoring;
  map: DriftHeatMap;
  alerts: Loaded<AlertPage>;
}) {
  const { monitoring, map, alerts } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const lines: Array<[string, ReactNode]> = [
    [
      t('glance.drift'),
      <Box key="drift" sx={{ display: 'flex', columnGap: 1, flexWrap: 'wrap' }}>
        <DriftText drift={monitoring.drift} />
        {monitoring.drift !== 'unknown' && (
          <span>{t(`state.${monitoring.drift}`)}</span>
        )}
      </Box>,
    ],
    [t('glance.features'), <Moved key="features" map={map} />],
    [
      t('glance.performance'),
      <PerformanceLine key="performance" monitoring={monitoring} />,
    ],
    [t('glance.data'), <DataLine key="data" monitoring={monitoring} />],
    [t('glance.done'), <Done key="done" alerts={alerts} />],
  ];
  return (
    <Section title={t('glance.title')}>
      <Box
        component="dl"
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', sm: 'max-content 1fr' },
          columnGap: 2,
          rowGap: { xs: 0, sm: 0.5 },
          m: 0,
          typography: 'body2',
        }}
      >
        {lines.map(([name, line]) => (
          <Box key={name} sx={{ display: 'contents' }}>
            <Box component="dt" sx={{ color: 'text.secondary' }}>
              {name}
            </Box>
            <Box
              component="dd"
              sx={{ m: 0, mb: { xs: 1, sm: 0 }, overflowWrap: 'anywhere' }}
            >
              {line}
            </Box>
          </Box>
        ))}
      </Box>
    </Section>
  );
}

function Moved(props: { map: DriftHeatMap }) {
  const { map } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const { pathname, search } = useLocation();
  const addressOf = (feature: string) => {
    const query = new URLSearchParams(search);
    query.set('feature', feature);
    return `${pathname}?${query}`;
  };
  if (map.rows.length === 0) {
    return <>{t('glance.unknown')}</>;
  }
  const moved = movedFeatures(map);
  if (moved.length === 0) {
    return <>{t('glance.none')}</>;
  }
  return (
    <>
      {moved.slice(0, MOST_FEATURES).map(({ feature, importance }) => (
        <LinkButton
          key={feature}
          size="small"
          sx={{ textTransform: 'none', py: 0, overflowWrap: 'anywhere' }}
          to={addressOf(feature)}
        >
          {importance === null
            ? feature
            : t('glance.weighed', {
                feature,
                importance: formatFigure(importance),
              })}
        </LinkButton>
      ))}
      {moved.length > MOST_FEATURES &&
        t('glance.more', { count: moved.length - MOST_FEATURES })}
    </>
  );
}

function Done(props: { alerts: Loaded<AlertPage> }) {
  const { value, error } = props.alerts;
  const { t } = useTranslationRef(monitoringTranslationRef);
  if (!value) {
    return <>{error ? t('glance.alerts.unknown') : '…'}</>;
  }
  const of = (state: string) =>
    value.items.filter(alert => alert.state === state);
  const [open, taken, closed] = ['open', 'acknowledged', 'closed'].map(of);
  const started = [...open, ...taken]
    .flatMap(({ actions }) => actions)
    .filter(({ state }) => state === 'started').length;
  const parts = [
    open.length > 0 && t('glance.alerts.unclosed', { count: open.length }),
    taken.length > 0 && t('glance.alerts.taken', { count: taken.length }),
    started > 0 && t('glance.alerts.started', { count: started }),
    open.length + taken.length === 0 && t('glance.alerts.none'),
    closed.length > 0 && t('glance.alerts.closed', { count: closed.length }),
    value.nextCursor !== null &&
      t('glance.alerts.newest', { number: String(value.items.length) }),
  ].filter(Boolean);
  return <>{parts.join('; ')}</>;
}
