import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Monitoring } from '@modelport/plugin-modelport-common';
import { DriftText } from '../models/DriftText';
import { dataHealth } from './healthLines';
import { monitoringTranslationRef } from './messages';
import { windowLabel } from './windowLabel';

/** The newest word on the data themselves: what was found, or that what was checked is fine. */
export function DataLine(props: { monitoring: Monitoring | undefined }) {
  const { t } = useTranslationRef(monitoringTranslationRef);
  const health = dataHealth(
    props.monitoring?.integrity ?? [],
    props.monitoring?.checked ?? [],
  );
  if (health === null) {
    return <DriftText drift="unknown" />;
  }
  const text = {
    count: health.count,
    window: windowLabel(health.start, health.end),
  };
  if (!health.isFine) {
    return <strong>{t('health.data', text)}</strong>;
  }
  return health.count > 0 ? (
    <>{t('health.dataFine', text)}</>
  ) : (
    <>{t('health.dataFineWhole', { window: text.window })}</>
  );
}
