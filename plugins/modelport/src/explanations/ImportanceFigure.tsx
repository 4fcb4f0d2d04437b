import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Explanation,
  ExplainedFeature,
} from '@modelport/plugin-modelport-common';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { Bars } from '../charts/Bars';
import { linearScale } from '../charts/linearScale';
import { ChartFigure } from '../components/ChartFigure';
import { formatFigure } from '../components/formatFigure';
import { Nothing } from '../components/Section';
import { GroupToggle, useGrouped } from './GroupToggle';
import { explanationTranslationRef } from './messages';
import { useCanvasColours } from './useCanvasColours';
import { useUnit } from './useUnit';

/** Features drawn; the table and the CSV hold all. */
const MOST_BARS = 30;

const MARKS = {
  increasing: '↑',
  decreasing: '↓',
  'not monotone': '~',
} as const;
const DIRECTIONS = ['increasing', 'decreasing', 'not monotone'] as const;

/** How much each feature moves the output on average, with its interval, and which way. */
export function ImportanceFigure(props: {
  title: string;
  explanation: Pick<
    Explanation,
    | 'explains'
    | 'class'
    | 'rows'
    | 'features'
    | 'groups'
    | 'withheld'
    | 'conventions'
  >;
}) {
  const { title, explanation } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const { palette, breakpoints } = useTheme();
  const isNarrow = useMediaQuery(breakpoints.down('sm'));
  const colours = useCanvasColours();
  const grouped = useGrouped(explanation);
  const features = grouped ? explanation.groups : explanation.features;
  const unit = useUnit(explanation);
  const words = (feature: ExplainedFeature) =>
    feature.direction
      ? t(`importance.${feature.direction}`)
      : t('direction.unknown');
  const shown = features.slice(0, MOST_BARS);
  const scale = linearScale(
    [0, ...shown.map(({ meanAbs, upper }) => upper ?? meanAbs)],
    { ticks: isNarrow ? 2 : 5 },
  );
  return (
    <>
      {explanation.withheld ? (
        <Nothing>{explanation.withheld}</Nothing>
      ) : (
        <ChartFigure
          title={title}
          summary={t(
            explanation.rows === null
              ? 'importance.summaryWithoutRows'
              : 'importance.summary',
            {
              rows: formatFigure(explanation.rows ?? 0),
              unit,
              first: shown
                .slice(0, 3)
                .map(({ name }) => name)
                .join(', '),
            },
          )}
          columns={[
            t('importance.rank'),
            t('importance.feature'),
            t('importance.meanAbs'),
            t('importance.lower'),
            t('importance.upper'),
            t('importance.direction'),
            t('importance.correlation'),
          ]}
          rows={() =>
            features.map(feature => [
              feature.rank,
              feature.name,
              feature.meanAbs,
              feature.lower,
              feature.upper,
              feature.direction ?? t('direction.unknown'),
              feature.rankCorrelation,
            ])
          }
          actions={<GroupToggle explanation={explanation} />}
        >
          <Bars
            labelWidth="minmax(90px, 26%)"
            textColour={palette.text.secondary}
            lineColour={palette.divider}
            at={scale.at}
            ticks={scale.ticks.map(value => ({
              value,
              label: formatFigure(value),
            }))}
            axisLabel={t('importance.axis', { unit })}
            bars={shown.map(feature => ({
              key: feature.name,
              label: feature.name,
              from: 0,
              to: feature.meanAbs,
              lower: feature.lower,
              upper: feature.upper,
              colour: colours.low,
              note: (
                <>
                  {formatFigure(feature.meanAbs)}{' '}
                  {feature.direction && (
                    <span title={words(feature)}>
                      {MARKS[feature.direction]}
                    </span>
                  )}
                </>
              ),
              title: t('importance.bar', {
                name: feature.name,
                value: formatFigure(feature.meanAbs),
                direction: words(feature),
              }),
            }))}
          />
        </ChartFigure>
      )}
      <Typography variant="caption" color="text.secondary" component="p">
        {explanation.conventions.interval} {explanation.conventions.direction}{' '}
        {DIRECTIONS.map(
          direction => `${MARKS[direction]} ${t(`importance.${direction}`)}`,
        ).join('; ')}
      </Typography>
    </>
  );
}
