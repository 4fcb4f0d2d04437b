import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Measurement } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { formatFigure } from '../components/formatFigure';
import { versionTranslationRef } from './messages';

/** What a figure was measured on, as far as is known: its interval, number of rows, evaluation set or dataset. */
export function MetricOrigin(props: {
  measurement: Measurement;
  /** In one line, whole where the pointer rests on it. */
  oneLine?: boolean;
}) {
  const { dataset, evaluationSet, n, lower, upper } = props.measurement;
  const { t } = useTranslationRef(versionTranslationRef);
  const parts = [
    ...(lower !== null && upper !== null
      ? [
          t('compare.metrics.interval', {
            lower: formatFigure(lower),
            upper: formatFigure(upper),
          }),
        ]
      : []),
    ...(n !== null
      ? [t('compare.metrics.n', { n: n.toLocaleString('en') })]
      : []),
    ...(evaluationSet
      ? [t('compare.metrics.evaluationSet', { id: evaluationSet.id })]
      : []),
    ...(dataset && !evaluationSet
      ? [t('compare.metrics.dataset', { dataset: dataset.name })]
      : []),
  ];
  const text = parts.join(' · ');
  return (
    <Box
      title={props.oneLine && text ? text : undefined}
      sx={{
        typography: 'caption',
        color: 'text.secondary',
        ...(props.oneLine
          ? {
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              whiteSpace: 'nowrap',
            }
          : { overflowWrap: 'anywhere' }),
      }}
    >
      {text || null}
    </Box>
  );
}
