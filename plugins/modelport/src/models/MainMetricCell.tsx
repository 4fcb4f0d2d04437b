import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Direction,
  fromFigure,
  Model,
} from '@modelport/plugin-modelport-common';
import DownIcon from '@mui/icons-material/ArrowDownward';
import UpIcon from '@mui/icons-material/ArrowUpward';
import Box from '@mui/material/Box';
import { Sparkline } from '../charts/Sparkline';
import { Breakable } from '../components/Breakable';
import { FigureText } from '../components/FigureText';
import { formatFigure } from '../components/formatFigure';
import { visuallyHidden } from '../components/visuallyHidden';
import { modelportTranslationRef } from '../translation';

/** An arrow beside a metric's name for the direction in which it is better, in words for who cannot see it. */
export function DirectionMark(props: { direction: Direction }) {
  const { t } = useTranslationRef(modelportTranslationRef);
  const Icon = props.direction === 'higher' ? UpIcon : DownIcon;
  const words = t(`components.direction.${props.direction}`);
  return (
    <Box
      component="span"
      title={words}
      sx={{ display: 'inline-flex', verticalAlign: 'text-bottom' }}
    >
      <Icon aria-hidden sx={{ fontSize: 14, color: 'text.secondary' }} />
      <Box component="span" sx={visuallyHidden}>
        {words}
      </Box>
    </Box>
  );
}

/** The main metric over the newest versions; nothing where there are fewer than two. */
export function TrendLine(props: {
  model: Pick<Model, 'mainMetric' | 'trend'>;
  width?: number;
  height?: number;
}) {
  const { model, width, height } = props;
  const { t } = useTranslationRef(modelportTranslationRef);
  if (!model.mainMetric || model.trend.length < 2) {
    return null;
  }
  const label = t('charts.trend', {
    label: t('models.table.trend', {
      key: model.mainMetric.key,
      versions: model.trend.map(({ version }) => version).join(', '),
    }),
    values: model.trend.map(({ value }) => formatFigure(value)).join(', '),
  });
  return (
    <Sparkline
      values={model.trend.map(({ value }) => fromFigure(value))}
      label={label}
      width={width}
      height={height}
    />
  );
}

/** Value, name, version, direction and trend of the main metric. */
export function MainMetricCell(props: { model: Model }) {
  const { model } = props;
  const { t } = useTranslationRef(modelportTranslationRef);
  if (!model.mainMetric) {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {t('models.table.noMetric')}
      </Box>
    );
  }
  const { key, value, direction, version } = model.mainMetric;
  return (
    <Box sx={{ minWidth: 120, maxWidth: 190 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
        <FigureText figure={value} strong />
        <Box sx={{ ml: 0.5 }}>
          <TrendLine model={model} width={56} height={20} />
        </Box>
      </Box>
      <Box sx={{ typography: 'caption', color: 'text.secondary' }}>
        <DirectionMark direction={direction} />{' '}
        <Breakable text={t('models.table.metricOn', { key, version })} />
      </Box>
    </Box>
  );
}
