import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  PerformancePoint,
  PerformanceSeries,
} from '@modelport/plugin-modelport-common';
import Typography from '@mui/material/Typography';
import { TimeLine } from '../charts/types';
import { formatShare } from '../components/formatFigure';
import { monitoringTranslationRef } from './messages';
import { TimeFigure } from './TimeFigure';
import { windowLabel } from './windowLabel';

const LOOKS = {
  realised: { colour: 'primary', dash: 'solid' },
  estimated: { colour: 'secondary', dash: 'dashed' },
} as const;

/** Realised and estimated values of a metric, with thresholds, the estimate's band and assumption, and where labels end. */
export function PerformanceFigure(props: { series: PerformanceSeries[] }) {
  const { series } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const [first] = series;
  const title = [
    t('performance.series', {
      metric: first.metric,
      tool: [first.tool, first.toolVersion].filter(Boolean).join(' '),
    }),
    first.slice,
  ]
    .filter(Boolean)
    .join(', ');
  const realised = series.find(({ kind }) => kind === 'realised');
  const estimated = series.find(({ kind }) => kind === 'estimated');
  const lines = [
    ...[realised, estimated].flatMap(one =>
      one
        ? [
            valuesOf(one, 'current', {
              label: t(`performance.${one.kind}`),
              ...LOOKS[one.kind],
              bandLabel: bandOf(one),
            }),
            valuesOf(one, 'reference', {
              label: t(`performance.${one.kind}Reference`),
              ...LOOKS[one.kind],
              colour: 'quiet',
              bandLabel: null,
            }),
          ]
        : [],
    ),
    ...(['lowerThreshold', 'upperThreshold'] as const).map(key =>
      limitOf(realised ?? first, t(`performance.${key}`), key),
    ),
  ].filter(line => line.points.some(({ value }) => value !== null));
  const columns = [
    'window',
    'kind',
    'value',
    'lower',
    'upper',
    'lowerThreshold',
    'upperThreshold',
    'n',
    'state',
  ] as const;
  return (
    <TimeFigure
      title={title}
      lines={lines}
      columns={columns.map(column => t(`performance.columns.${column}`))}
      rows={series.flatMap(one =>
        one.points.map(point => [
          windowLabel(point.start, point.end),
          t(`performance.${one.kind}`),
          point.value,
          point.lower,
          point.upper,
          point.lowerThreshold,
          point.upperThreshold,
          point.n,
          t(`cellState.${stateOf(point)}`),
        ]),
      )}
    >
      {notes().map(note => (
        <Typography key={note} variant="body2" color="text.secondary">
          {note}
        </Typography>
      ))}
    </TimeFigure>
  );

  function bandOf(one: PerformanceSeries): string | null {
    if (one.kind === 'estimated') {
      return t('performance.band');
    }
    return one.points.some(({ lower }) => lower !== null)
      ? t('performance.interval')
      : null;
  }

  function notes(): string[] {
    const lastLabelled = lastValue(realised);
    const lastEstimated = lastValue(estimated);
    const isEnded =
      lastLabelled && lastEstimated && lastEstimated.start > lastLabelled.start;
    const open = realised?.points.filter(point => point.open) ?? [];
    return [
      ...series.flatMap(one => one.assumption ?? []),
      ...(isEnded
        ? [
            t('performance.labelsEnd', {
              window: windowLabel(lastLabelled.start, lastLabelled.end),
            }),
          ]
        : []),
      ...open.slice(0, 1).map(point =>
        t('performance.open', {
          count: open.length,
          window: windowLabel(point.start, point.end),
          share: formatShare(point.labelled ?? 0),
        }),
      ),
      ...(series.some(({ labels }) => labels === 'accepted-only')
        ? [t('performance.acceptedOnly')]
        : []),
    ];
  }
}

function valuesOf(
  series: PerformanceSeries,
  period: PerformancePoint['period'],
  look: Omit<TimeLine, 'points'>,
): TimeLine {
  // A window of the reference may have the same time as one that is compared with it.
  const points = series.points.filter(point => point.period === period);
  return {
    ...look,
    points: points.map(point => ({
      time: Date.parse(point.start),
      value: typeof point.value === 'number' ? point.value : null,
      lower: point.lower,
      upper: point.upper,
      marked: point.breach === true,
      open: point.open,
    })),
  };
}

function limitOf(
  series: PerformanceSeries,
  label: string,
  key: 'lowerThreshold' | 'upperThreshold',
): TimeLine {
  return {
    label,
    colour: 'limit',
    dash: 'dotted',
    bandLabel: null,
    points: series.points.map(point => ({
      time: Date.parse(point.start),
      value: point[key],
      lower: null,
      upper: null,
      marked: false,
    })),
  };
}

function lastValue(
  series: PerformanceSeries | undefined,
): PerformancePoint | undefined {
  const points = series?.points.filter(({ value }) => value !== null) ?? [];
  return points[points.length - 1];
}

function stateOf(point: PerformancePoint): 'b' | 'o' | 'u' | 'open' | 'none' {
  if (point.value === null) {
    return 'none';
  }
  if (point.open) {
    return 'open';
  }
  if (point.breach === null) {
    return 'u';
  }
  return point.breach ? 'b' : 'o';
}
