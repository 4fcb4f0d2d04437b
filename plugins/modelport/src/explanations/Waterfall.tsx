import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Explains } from '@modelport/plugin-modelport-common';
import Button from '@mui/material/Button';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { ReactNode } from 'react';
import { Bars } from '../charts/Bars';
import { linearScale } from '../charts/linearScale';
import { ChartFigure } from '../components/ChartFigure';
import { formatDelta, formatFigure } from '../components/formatFigure';
import { explanationTranslationRef } from './messages';
import { useCanvasColours } from './useCanvasColours';
import { useExplanationView } from './useExplanationView';
import { useUnit } from './useUnit';

/** Features with a bar of their own. */
const MOST_BARS = 12;

/** What a row's parts are. */
export interface ExplainedParts {
  /** Null where it is not known: the bars start at zero then. */
  baseValue: number | null;
  /** Null where it is not known: what the parts add up to stands in its place. */
  output: number | null;
  contributions: Readonly<Record<string, number>>;
  /** In words, by feature. */
  values: Readonly<Record<string, string>>;
}

/** From the base value to the output, bar by bar, in the unit that is explained; only the axis may say probabilities. */
export function Waterfall(props: {
  title: string;
  parts: ExplainedParts;
  explains: Explains;
  /** Of a model with several. */
  className: string | null;
  /** Further controls. */
  actions?: ReactNode;
}) {
  const { title, parts, explains, className, actions } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const { palette, breakpoints } = useTheme();
  const isNarrow = useMediaQuery(breakpoints.down('sm'));
  const colours = useCanvasColours();
  const { view, change } = useExplanationView();
  const { baseValue } = parts;
  const isLogit =
    baseValue !== null &&
    explains.output === 'margin' &&
    explains.link === 'logit';
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
  let at = baseValue ?? 0;
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
  const output = parts.output ?? at;
  const ends = baseValue === null ? [0] : [baseValue, output];
  const scale = linearScale([...ends, ...steps.map(({ to }) => to)], {
    ticks: isNarrow ? 2 : 5,
  });
  const unit = useUnit({ explains, class: className });
  const error = Math.abs(at - output);
  const adds = error <= 1e-4 * Math.max(1, Math.abs(output));
  const first = own
    .slice(0, 3)
    .map(([feature, value]) => `${feature} (${formatDelta(value)})`)
    .join(', ');
  const summary =
    baseValue === null
      ? t('row.summaryWithoutBase', { first })
      : t('row.summary', {
          base: formatFigure(baseValue),
          output: formatFigure(output),
          probability: isLogit
            ? t('row.probability', { value: formatFigure(logistic(output)) })
            : '',
          first,
        });
  const check = () => {
    if (baseValue === null) {
      return t('row.noBase');
    }
    if (parts.output === null) {
      return t('row.noOutput');
    }
    return t(adds ? 'row.adds' : 'row.addsNot', {
      error: formatFigure(error),
    });
  };
  const axisLabel = () => {
    if (asProbability) {
      return t('row.axisProbability');
    }
    return baseValue === null
      ? t('beeswarm.axis', { unit })
      : t('row.axisMargin', { unit });
  };
  const end = (key: 'base' | 'output', value: number) => ({
    key,
    label: key === 'base' ? t('row.base') : <strong>{t('row.output')}</strong>,
    from: value,
    to: value,
    colour: palette.text.primary,
    note:
      key === 'base' ? (
        formatFigure(value)
      ) : (
        <strong>{formatFigure(value)}</strong>
      ),
    title: t(`row.${key}`),
  });
  return (
    <ChartFigure
      title={title}
      summary={summary}
      columns={[t('row.feature'), t('row.value'), t('row.contribution')]}
      rows={() => [
        [t('row.base'), null, baseValue],
        ...sorted.map(([feature, value]) => [
          feature,
          parts.values[feature] ?? null,
          value,
        ]),
        [t('row.output'), null, parts.output],
      ]}
      actions={
        <>
          {actions}
          {isLogit && (
            <Button
              size="small"
              aria-pressed={asProbability}
              onClick={() =>
                change({ axis: asProbability ? '' : 'probability' })
              }
            >
              {t('row.showProbability')}
            </Button>
          )}
        </>
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
        axisLabel={axisLabel()}
        bars={[
          ...(baseValue === null ? [] : [end('base', baseValue)]),
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
          ...(baseValue === null ? [] : [end('output', output)]),
        ]}
      />
      <Typography
        variant="caption"
        component="p"
        color={baseValue === null || adds ? 'text.secondary' : 'error'}
      >
        {check()}
      </Typography>
    </ChartFigure>
  );
}

function logistic(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}
