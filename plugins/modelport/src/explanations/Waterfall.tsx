import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Explains } from '@modelport/plugin-modelport-common';
import Button from '@mui/material/Button';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { Bars } from '../charts/Bars';
import { linearScale } from '../charts/linearScale';
import { ChartFigure } from '../components/ChartFigure';
import { formatDelta, formatFigure } from '../components/formatFigure';
import { modelportTranslationRef } from '../translation';
import { useCanvasColours } from './useCanvasColours';
import { useExplanationView } from './useExplanationView';

/** Features with a bar of their own. */
const MOST_BARS = 12;

/** What a row's parts are. */
export interface ExplainedParts {
  baseValue: number;
  output: number;
  contributions: Readonly<Record<string, number>>;
  /** In words, by feature. */
  values: Readonly<Record<string, string>>;
}

/** From the base value to the output, bar by bar, in the unit that is explained; only the axis may say probabilities. */
export function Waterfall(props: {
  title: string;
  parts: ExplainedParts;
  explains: Explains;
}) {
  const { title, parts, explains } = props;
  const { t } = useTranslationRef(modelportTranslationRef);
  const { palette, breakpoints } = useTheme();
  const isNarrow = useMediaQuery(breakpoints.down('sm'));
  const colours = useCanvasColours();
  const { view, change } = useExplanationView();
  const isLogit = explains.output === 'margin' && explains.link === 'logit';
  const asProbability = isLogit && view.axis === 'probability';
  const sorted = Object.entries(parts.contributions).sort(
    ([, a], [, b]) => Math.abs(b) - Math.abs(a),
  );
  const own = sorted.slice(0, MOST_BARS);
  const others = sorted.slice(MOST_BARS);
  const label = (feature: string) =>
    feature in parts.values
      ? t('explanations.row.valued', { feature, value: parts.values[feature] })
      : feature;
  let at = parts.baseValue;
  const steps = [
    ...own.map(([feature, contribution]) => ({
      key: feature,
      label: label(feature),
      contribution,
    })),
    ...(others.length > 0
      ? [
          {
            key: '',
            label: t('explanations.row.others', { count: others.length }),
            contribution: others.reduce((sum, [, value]) => sum + value, 0),
          },
        ]
      : []),
  ].map(step => {
    const from = at;
    at += step.contribution;
    return { ...step, from, to: at };
  });
  const scale = linearScale(
    [parts.baseValue, parts.output, ...steps.map(({ to }) => to)],
    { ticks: isNarrow ? 2 : 5 },
  );
  const unit = t(`explanations.unit.${explains.output}`);
  const error = Math.abs(at - parts.output);
  const adds = error <= 1e-4 * Math.max(1, Math.abs(parts.output));
  const summary = t('explanations.row.summary', {
    base: formatFigure(parts.baseValue),
    output: formatFigure(parts.output),
    probability: isLogit
      ? t('explanations.row.probability', {
          value: formatFigure(logistic(parts.output)),
        })
      : '',
    first: own
      .slice(0, 3)
      .map(([feature, value]) => `${feature} (${formatDelta(value)})`)
      .join(', '),
  });
  return (
    <ChartFigure
      title={title}
      summary={summary}
      columns={[
        t('explanations.row.feature'),
        t('explanations.row.value'),
        t('explanations.row.contribution'),
      ]}
      rows={() => [
        [t('explanations.row.base'), null, parts.baseValue],
        ...sorted.map(([feature, value]) => [
          feature,
          parts.values[feature] ?? null,
          value,
        ]),
        [t('explanations.row.output'), null, parts.output],
      ]}
      actions={
        isLogit && (
          <Button
            size="small"
            aria-pressed={asProbability}
            onClick={() => change({ axis: asProbability ? '' : 'probability' })}
          >
            {t('explanations.row.showProbability')}
          </Button>
        )
      }
    >
      <Bars
        labelWidth="minmax(110px, 32%)"
        textColour={palette.text.secondary}
        lineColour={palette.divider}
        at={scale.at}
        ticks={scale.ticks.map(value => ({
          value,
          label: asProbability
            ? `${formatFigure(Number((logistic(value) * 100).toPrecision(3)))}%`
            : formatFigure(value),
        }))}
        axisLabel={
          asProbability
            ? t('explanations.row.axisProbability')
            : t('explanations.row.axisMargin', { unit })
        }
        bars={[
          {
            key: 'base',
            label: t('explanations.row.base'),
            from: parts.baseValue,
            to: parts.baseValue,
            colour: palette.text.primary,
            note: formatFigure(parts.baseValue),
            title: t('explanations.row.base'),
          },
          ...steps.map(step => ({
            key: `of ${step.key}`,
            label: step.label,
            from: step.from,
            to: step.to,
            colour: step.contribution > 0 ? colours.high : colours.low,
            note: formatDelta(step.contribution),
            title: t('explanations.row.bar', {
              feature: step.label,
              contribution: formatDelta(step.contribution),
            }),
          })),
          {
            key: 'output',
            label: <strong>{t('explanations.row.output')}</strong>,
            from: parts.output,
            to: parts.output,
            colour: palette.text.primary,
            note: <strong>{formatFigure(parts.output)}</strong>,
            title: t('explanations.row.output'),
          },
        ]}
      />
      <Typography
        variant="caption"
        component="p"
        color={adds ? 'text.secondary' : 'error'}
      >
        {t(adds ? 'explanations.row.adds' : 'explanations.row.addsNot', {
          error: formatFigure(error),
        })}
      </Typography>
    </ChartFigure>
  );
}

function logistic(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}
