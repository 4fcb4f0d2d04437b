import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  DifferenceOnRows,
  fromFigure,
  Measurement,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import {
  formatDelta,
  formatFigure,
  formatShare,
} from '../components/formatFigure';
import { versionTranslationRef } from './messages';

const ROUNDED = 0.0005;

/** The difference from the baseline on the rows that both scored, with its interval. */
export function OnRows(props: {
  difference: DifferenceOnRows;
  /** What is recorded of the baseline and of the version, where it is. */
  recorded?: {
    baselineVersion: string;
    baseline: Measurement | null;
    value: Measurement | null;
  };
}) {
  const { recorded } = props;
  const { difference, lower, upper, level, n, method, value, baseline } =
    props.difference;
  const set = props.difference.evaluationSet.id;
  const { t } = useTranslationRef(versionTranslationRef);
  return (
    <Box
      sx={{ typography: 'caption', color: 'text.secondary' }}
      title={t('compare.metrics.onRowsFull', {
        value: formatFigure(value),
        baseline: formatFigure(baseline),
        set,
        method,
      })}
    >
      {t('compare.metrics.onRows', {
        n: n.toLocaleString('en'),
        set,
        difference: formatDelta(difference),
        lower: formatDelta(lower),
        upper: formatDelta(upper),
        level: formatShare(level),
      })}
      {recorded &&
        (isOther(recorded.value, value) ||
          isOther(recorded.baseline, baseline)) && (
          <Box>
            {t('compare.metrics.otherOnRows', {
              version: props.difference.version,
              baselineVersion: recorded.baselineVersion,
              value: formatFigure(value),
              baseline: formatFigure(baseline),
              recorded: figureOf(recorded.value),
              recordedBaseline: figureOf(recorded.baseline),
            })}
          </Box>
        )}
    </Box>
  );
}

/** Whether a recorded figure is another one than that of the rows, and not the same one rounded. */
function isOther(recorded: Measurement | null, ofRows: number): boolean {
  return (
    recorded !== null &&
    !(Math.abs(fromFigure(recorded.value) - ofRows) <= ROUNDED)
  );
}

function figureOf(recorded: Measurement | null): string {
  return recorded === null ? '–' : String(formatFigure(recorded.value));
}
