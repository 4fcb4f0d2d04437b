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
import { explanationTranslationRef } from './messages';
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
  const { t } = useTranslationRef(explanationTranslationRef);
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
      ? t('row.valued', { feature, value: parts.values[feature] })
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
            label: t('row.others', { count: others.length }),
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
  const unit = t(`unit.${explains.output}`);
  const error = Math.abs(at - parts.output);
  const adds = error <= 1e-4 * Math.max(1, Math.abs(parts.output));
  const summary = t('row.summary', {
    base: formatFigure(parts.baseValue),
    output: formatFigure(parts.output),
    probability: isLogit
      ? t('row.probability', {
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
      columns={[t('row.feature'), t('row.value'), t('row.contribution')]}
      rows={() => [
        [t('row.base'), null, parts.baseValue],
        ...sorted.map(([feature, value]) => [
          feature,
          parts.values[feature] ?? null,
          value,
        ]),
        [t('row.output'), null, parts.output],
      ]}
      actions={
        isLogit && (
          <Button
            size="small"
            aria-pressed={asProbability}
            onClick={() => change({ axis: asProbability ? '' : 'probability' })}
          >
            {t('row.showProbability')}
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
            ? t('row.axisProbability')
            : t('row.axisMargin', { unit })
        }
        bars={[
          {
            key: 'base',
            label: t('row.base'),
            from: parts.baseValue,
            to: parts.baseValue,
            colour: palette.text.primary,
            note: formatFigure(parts.baseValue),
            title: t('row.base'),
          },
          ...steps.map(step => ({
            key: `of ${step.key}`,
            label: step.label,
            from: step.from,
            to: step.to,
            colour: step.contribution > 0 ? colours.high : colours.low,
            note: formatDelta(step.contribution),
            title: t('row.bar', {
              feature: step.label,
              contribution: formatDelta(step.contribution),
            }),
          })),
          {
            key: 'output',
            label: <strong>{t('row.output')}</strong>,
            from: parts.output,
            to: parts.output,
            colour: palette.text.primary,
            note: <strong>{formatFigure(parts.output)}</strong>,
            title: t('row.output'),
          },
        ]}
      />
      <Typography
        variant="caption"
        component="p"
        color={adds ? 'text.secondary' : 'error'}
      >
        {t(adds ? 'row.adds' : 'row.addsNot', {
          error: formatFigure(error),
        })}
      </Typography>
    </ChartFigure>
  );
}

function logistic(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}
