import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ComparedMeasurement,
  DifferenceOnRows,
  Direction,
} from '@modelport/plugin-modelport-common';
import BetterIcon from '@mui/icons-material/ThumbUpOutlined';
import WorseIcon from '@mui/icons-material/ThumbDownOutlined';
import Box from '@mui/material/Box';
import { FigureText } from '../components/FigureText';
import { formatDelta } from '../components/formatFigure';
import { versionTranslationRef } from './messages';
import { Call, callOf } from './callOf';
import { MetricOrigin } from './MetricOrigin';
import { OnRows } from './OnRows';

/** A value, how far it is from the baseline, and whether that is better, as far as it may be said. */
export function ComparedMetricCell(props: {
  value: ComparedMeasurement;
  direction: Direction | null;
  isBaseline: boolean;
  baseline: ComparedMeasurement;
  /** The same difference on the rows of both; undefined where they are not known, `pending` until that is clear. */
  onRows: DifferenceOnRows | 'pending' | undefined;
}) {
  const { value, direction, isBaseline, baseline, onRows } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const { measurement, delta } = value;
  const known = onRows === 'pending' ? undefined : onRows;
  if (!measurement && known) {
    return (
      <FromRows
        value={value}
        direction={direction}
        isBaseline={isBaseline}
        difference={known}
      />
    );
  }
  if (!measurement) {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {t('compare.metrics.notMeasured')}
      </Box>
    );
  }
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1 }}>
        <FigureText figure={measurement.value} strong />
        {!isBaseline && delta !== null && (
          <Box
            component="span"
            title={t('compare.metrics.delta', {
              delta: String(delta),
              baseline: baseline.version,
            })}
            sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
          >
            {formatDelta(delta)}
          </Box>
        )}
      </Box>
      {!isBaseline &&
        (baseline.measurement || known) &&
        onRows !== 'pending' && (
          <Verdict
            call={callOf(value, direction, onRows)}
            reason={value.reason}
          />
        )}
      {!isBaseline && known && (
        <OnRows
          difference={known}
          recorded={{
            baselineVersion: baseline.version,
            baseline: baseline.measurement,
            value: measurement,
          }}
        />
      )}
      <MetricOrigin measurement={measurement} />
    </>
  );
}

/** A value that is known from rows alone. */
function FromRows(props: {
  value: ComparedMeasurement;
  direction: Direction | null;
  isBaseline: boolean;
  difference: DifferenceOnRows;
}) {
  const { value, direction, isBaseline, difference } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  return (
    <>
      <FigureText
        figure={isBaseline ? difference.baseline : difference.value}
        strong
      />
      {!isBaseline && (
        <>
          <Verdict call={callOf(value, direction, difference)} reason={null} />
          <OnRows difference={difference} />
        </>
      )}
      <Box sx={{ typography: 'caption', color: 'text.secondary' }}>
        {t('compare.metrics.fromRows', {
          set: difference.evaluationSet.id,
          n: difference.n.toLocaleString('en'),
        })}
      </Box>
    </>
  );
}

function Verdict(props: { call: Call; reason: string | null }) {
  const { call, reason } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  if (call === 'better' || call === 'worse') {
    const Icon = call === 'better' ? BetterIcon : WorseIcon;
    return (
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 0.5,
          typography: 'body2',
        }}
      >
        <Icon
          aria-hidden
          sx={{
            fontSize: 14,
            color: call === 'better' ? 'success.main' : 'error.main',
          }}
        />
        {t(`compare.metrics.calls.${call}`)}
      </Box>
    );
  }
  return (
    <Box
      sx={{ typography: 'caption', color: 'text.secondary' }}
      title={reason ?? undefined}
    >
      {t(`compare.metrics.calls.${call}`)}
    </Box>
  );
}
