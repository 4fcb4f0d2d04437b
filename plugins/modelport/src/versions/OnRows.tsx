import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DifferenceOnRows } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import {
  formatDelta,
  formatFigure,
  formatShare,
} from '../components/formatFigure';
import { versionTranslationRef } from './messages';

/** The difference from the baseline on the rows that both scored, with its interval. */
export function OnRows(props: { difference: DifferenceOnRows }) {
  const { difference, lower, upper, level, n, method, value, baseline } =
    props.difference;
  const { t } = useTranslationRef(versionTranslationRef);
  return (
    <Box
      sx={{ typography: 'caption', color: 'text.secondary' }}
      title={t('compare.metrics.onRowsFull', {
        value: formatFigure(value),
        baseline: formatFigure(baseline),
        method,
      })}
    >
      {t('compare.metrics.onRows', {
        n: n.toLocaleString('en'),
        difference: formatDelta(difference),
        lower: formatDelta(lower),
        upper: formatDelta(upper),
        level: formatShare(level),
      })}
    </Box>
  );
}
