import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Monitoring,
  MonitoringSeries,
} from '@modelport/plugin-modelport-common';
import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { EmptyState } from '../components/EmptyState';
import { monitoringTranslationRef } from './messages';
import { FeatureProfiles } from './FeatureProfiles';
import { FeatureSeries } from './FeatureSeries';
import { IntegritySection } from './IntegritySection';
import { ALL_FEATURES, useMonitoringView } from './useMonitoringView';

/** One feature: every statistic of every tool over time, missing and unseen values, and what is wrong with its data. */
export function FeaturePage(props: {
  monitoring: Monitoring;
  feature: string;
}) {
  const { monitoring, feature } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const view = useMonitoringView();
  const { series, profiles, integrity, checked } = monitoring;
  const name = feature === ALL_FEATURES ? t('heatMap.allFeatures') : feature;
  const isEmpty = [series, profiles, integrity].every(
    list => list.length === 0,
  );
  return (
    <>
      <Box>
        <Button
          size="small"
          startIcon={<BackIcon />}
          onClick={() => view.change({ feature: null })}
        >
          {t('feature.back')}
        </Button>
      </Box>
      <Typography
        variant="h6"
        component="h3"
        sx={{ mb: 0, overflowWrap: 'anywhere' }}
      >
        {t('feature.title', { feature: name })}
      </Typography>
      {isEmpty && <EmptyState title={name} text={t('feature.missing')} />}
      {series.map(one => (
        <FeatureSeries key={keyOf(one)} series={one} />
      ))}
      {profiles.map(one => (
        <FeatureProfiles key={one.tool} profile={one} />
      ))}
      <IntegritySection
        integrity={integrity}
        checked={checked}
        features={feature === ALL_FEATURES ? [] : [feature]}
      />
    </>
  );
}

/** Of one tool and statistic, another version, direction or number of bins is another series. */
function keyOf(series: MonitoringSeries): string {
  const { feature, tool, toolVersion, statistic, direction, bins } = series;
  return JSON.stringify([
    feature,
    tool,
    toolVersion,
    statistic,
    direction,
    bins,
  ]);
}
