import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Monitoring } from '@modelport/plugin-modelport-common';
import { DriftText } from '../models/DriftText';
import { performanceHealth } from './healthLines';
import { monitoringTranslationRef } from './messages';
import { windowLabel } from './windowLabel';

/** The newest word on performance. */
export function PerformanceLine(props: { monitoring: Monitoring | undefined }) {
  const { t } = useTranslationRef(monitoringTranslationRef);
  const health = performanceHealth(props.monitoring?.performance ?? []);
  if (!health) {
    return <DriftText drift="unknown" />;
  }
  const text = {
    metric: health.metric,
    kind: t(`performance.${health.kind}`).toLowerCase(),
    window: windowLabel(health.start, health.end),
  };
  if (health.breach === null) {
    return <>{t('health.performanceUnjudged', text)}</>;
  }
  return health.breach ? (
    <strong>{t('health.performanceBreach', text)}</strong>
  ) : (
    <>{t('health.performanceOk', text)}</>
  );
}
