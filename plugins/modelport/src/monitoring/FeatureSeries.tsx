import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  MonitoringPoint,
  MonitoringSeries,
} from '@modelport/plugin-modelport-common';
import Typography from '@mui/material/Typography';
import { TimeLine } from '../charts/types';
import { Section } from '../components/Section';
import { formatFigure } from '../components/formatFigure';
import { monitoringTranslationRef } from './messages';
import { TimeFigure } from './TimeFigure';
import { windowLabel } from './windowLabel';

/** A statistic of a feature over time, with its threshold, its sizes and the floor that noise alone gives. */
export function FeatureSeries(props: { series: MonitoringSeries }) {
  const { series } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const { points } = series;
  const current = points.filter(({ period }) => period === 'current');
  const newest = current[current.length - 1] ?? points[points.length - 1];
  const unsayable = points.filter(({ sayable }) => sayable === false).length;
  const title = t('feature.series', {
    statistic: series.statistic,
    tool: [series.tool, series.toolVersion].filter(Boolean).join(' '),
  });
  const lineOf = (
    label: string,
    look: Pick<TimeLine, 'colour' | 'dash'>,
    valueOf: (point: MonitoringPoint) => number | null,
    marks: boolean = false,
  ): TimeLine => ({
    label,
    ...look,
    bandLabel: null,
    points: points
      .map(point => ({
        time: Date.parse(point.start),
        value: valueOf(point),
        lower: null,
        upper: null,
        marked: marks && point.breach === true && point.sayable !== false,
      }))
      // A window of the reference may have the same time as one that is compared with it.
      .filter(({ value }) => value !== null),
  });
  const lines = [
    lineOf(
      series.statistic,
      { colour: 'primary', dash: 'solid' },
      point => valueIn('current', point),
      true,
    ),
    lineOf(
      t('feature.referenceValue'),
      { colour: 'quiet', dash: 'solid' },
      point => valueIn('reference', point),
    ),
    lineOf(
      t('feature.threshold'),
      { colour: 'limit', dash: 'dashed' },
      ({ threshold }) => threshold,
    ),
    lineOf(
      t('feature.lowerThreshold'),
      { colour: 'limit', dash: 'dashed' },
      ({ lowerThreshold }) => lowerThreshold,
    ),
    lineOf(
      t('feature.noiseFloor'),
      { colour: 'quiet', dash: 'dotted' },
      ({ noiseFloor }) => noiseFloor,
    ),
  ].filter((line, place) => place === 0 || line.points.length > 0);
  return (
    <Section title={title}>
      <TimeFigure
        title={title}
        lines={lines}
        columns={(
          [
            'window',
            'period',
            'value',
            'threshold',
            'noiseFloor',
            'nReference',
            'nCurrent',
            'state',
          ] as const
        ).map(column => t(`feature.columns.${column}`))}
        rows={points.map(point => [
          windowLabel(point.start, point.end),
          t(`period.${point.period}`),
          point.value,
          point.threshold,
          point.noiseFloor,
          point.nReference,
          point.nCurrent,
          t(`cellState.${stateOf(point)}`),
        ])}
      >
        <Typography variant="body2" color="text.secondary">
          {[
            series.direction === 'below' &&
              t(
                newest.threshold === null && newest.lowerThreshold === null
                  ? 'feature.pValueUnjudged'
                  : 'feature.pValue',
              ),
            sizesText(newest),
            newest.noiseFloor === null &&
              // Without a threshold it is a count or a share, of which nothing is told.
              newest.threshold !== null &&
              newest.nCurrent !== null &&
              series.direction === 'above' &&
              t('feature.floorUnknown'),
            unsayable > 0 && t('feature.unsayable', { count: unsayable }),
          ]
            .filter(Boolean)
            .join(' ')}
        </Typography>
      </TimeFigure>
    </Section>
  );

  function sizesText({ nCurrent, nReference }: MonitoringPoint) {
    return nCurrent === null || nReference === null
      ? t('feature.sizesUnknown')
      : t('feature.sizes', {
          current: formatFigure(nCurrent),
          reference: formatFigure(nReference),
        });
  }
}

function valueIn(
  period: MonitoringPoint['period'],
  point: MonitoringPoint,
): number | null {
  return point.period === period && typeof point.value === 'number'
    ? point.value
    : null;
}

function stateOf(point: MonitoringPoint): 'b' | 'o' | 'n' | 'u' | 'none' {
  if (point.value === null) {
    return 'none';
  }
  if (point.sayable === false) {
    return 'n';
  }
  if (point.breach === null) {
    return 'u';
  }
  return point.breach ? 'b' : 'o';
}
