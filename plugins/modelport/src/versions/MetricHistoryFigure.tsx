import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { fromFigure, toFigure } from '@modelport/plugin-modelport-common';
import Skeleton from '@mui/material/Skeleton';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { LineFigure } from '../components/LineFigure';
import { FailedState, statusOf } from '../components/FailedState';
import { formatFigure } from '../components/formatFigure';
import { Nothing } from '../components/Section';
import { versionTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';

const NOT_FOUND = 404;

/** How a metric went over the steps of its run; asked for only when it is opened. */
export function MetricHistoryFigure(props: {
  id: ModelId;
  version: string;
  metricKey: string;
}) {
  const { id, version, metricKey } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(
    JSON.stringify([id, version, metricKey]),
    () => api.getMetricHistory(id, version, metricKey),
  );
  if (value ? value.items.length < 2 : error && statusOf(error) === NOT_FOUND) {
    return (
      <Nothing>{t('page.metrics.historyEmpty', { key: metricKey })}</Nothing>
    );
  }
  if (!value) {
    return error ? (
      <FailedState error={error} retry={retry} />
    ) : (
      <Skeleton
        variant="rectangular"
        height={320}
        role="status"
        aria-label={tComponent('loading')}
      />
    );
  }
  return (
    <LineFigure
      title={t('page.metrics.historyTitle', { key: metricKey })}
      xLabel={t('page.metrics.step')}
      yLabel={metricKey}
      noteLabel={t('page.metrics.time')}
      format={number => formatFigure(toFigure(number))}
      points={value.items.map(({ step, time, value: figure }) => ({
        x: step,
        y: fromFigure(figure),
        note: time,
      }))}
    />
  );
}
