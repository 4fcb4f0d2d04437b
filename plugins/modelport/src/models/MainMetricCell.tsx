import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Direction,
  fromFigure,
  Model,
} from '@modelport/plugin-modelport-common';
import DownIcon from '@mui/icons-material/ArrowDownward';
import UpIcon from '@mui/icons-material/ArrowUpward';
import { useTheme } from '@mui/material/styles';
import { Sparkline } from '../charts/Sparkline';
import { Breakable } from '../components/Breakable';
import { Quiet, QuietLine } from '../components/Quiet';
import { FigureText } from '../components/FigureText';
import { formatFigure } from '../components/formatFigure';
import { visuallyHidden } from '../components/visuallyHidden';
import { componentTranslationRef } from '../components/messages';
import { modelTranslationRef } from './messages';
import { chartTranslationRef } from '../components/chartMessages';
import { MetricOrigin } from '../versions/MetricOrigin';

const MARK = { display: 'inline-flex', verticalAlign: 'text-bottom' } as const;
const CELL = { minWidth: 120, maxWidth: 190 } as const;
const VALUE = { display: 'flex', alignItems: 'center', gap: 8 } as const;

/** An arrow beside a metric's name for the direction in which it is better, in words for who cannot see it. */
export function DirectionMark(props: { direction: Direction }) {
  const { t } = useTranslationRef(componentTranslationRef);
  const { palette } = useTheme();
  const Icon = props.direction === 'higher' ? UpIcon : DownIcon;
  const words = t(`direction.${props.direction}`);
  return (
    <span title={words} style={MARK}>
      <Icon
        aria-hidden
        style={{ fontSize: 14, color: palette.text.secondary }}
      />
      <span style={visuallyHidden}>{words}</span>
    </span>
  );
}

/** The main metric over the newest versions, with a dot at the version that is shown; nothing for fewer than two. */
export function TrendLine(props: {
  model: Pick<Model, 'mainMetric' | 'trend'>;
  width?: number;
  height?: number;
}) {
  const { model, width, height } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const { t: tChart } = useTranslationRef(chartTranslationRef);
  const shown = model.mainMetric?.version;
  if (!model.mainMetric || model.trend.length < 2) {
    return null;
  }
  const label = tChart('trend', {
    label: t('table.trend', {
      key: model.mainMetric.key,
      versions: model.trend.map(({ version }) => version).join(', '),
    }),
    values: model.trend.map(({ value }) => formatFigure(value)).join(', '),
  });
  return (
    <Sparkline
      values={model.trend.map(({ value }) => fromFigure(value))}
      label={label}
      marked={model.trend.findIndex(({ version }) => version === shown)}
      width={width}
      height={height}
    />
  );
}

/** Value, name, version, direction and trend of the main metric. */
export function MainMetricCell(props: { model: Model }) {
  const { model } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  if (!model.mainMetric) {
    return <Quiet>{t('table.noMetric')}</Quiet>;
  }
  const { key, value, direction, version, measurement } = model.mainMetric;
  return (
    <div style={CELL}>
      <div style={VALUE}>
        <FigureText figure={value} strong />
        <TrendLine model={model} width={56} height={20} />
      </div>
      <QuietLine>
        <DirectionMark direction={direction} />{' '}
        <Breakable text={t('table.metricOn', { key, version })} />
      </QuietLine>
      {measurement && <MetricOrigin measurement={measurement} oneLine />}
    </div>
  );
}
