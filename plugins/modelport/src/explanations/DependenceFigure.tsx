import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Explanation,
  ExplanationColumns,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { rankShares } from '../charts/colourSteps';
import ScatterCanvas from '../charts/ScatterCanvas';
import { ChartFigure } from '../components/ChartFigure';
import { formatFigure } from '../components/formatFigure';
import { Nothing } from '../components/Section';
import { explanationTranslationRef } from './messages';
import { Legend } from './BeeswarmFigure';
import { strongestInteraction } from './strongestInteraction';
import { useCanvasColours } from './useCanvasColours';
import { useExplanationView } from './useExplanationView';

/** The contribution of one feature against its value, coloured by another feature. */
export default function DependenceFigure(props: {
  columns: ExplanationColumns;
  explanation: Explanation;
  onPick: (rowId: string) => void;
}) {
  const { columns, explanation, onPick } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const colours = useCanvasColours();
  const { view, change } = useExplanationView();
  const columnOf = (name: string) =>
    columns.columns.find(column => column.feature === name);
  const names = explanation.features
    .map(({ name }) => name)
    .filter(name => columnOf(name));
  const feature = names.find(name => name === view.feature) ?? names[0];
  const strongest = useMemo(
    () => strongestInteraction(columns.columns, feature),
    [columns, feature],
  );
  const colour =
    names.find(name => name === view.colour && name !== feature) ??
    names.find(name => name === strongest) ??
    names.find(name => name !== feature) ??
    feature;
  const column = columnOf(feature);
  const other = columnOf(colour);
  const points = useMemo(() => {
    const shares = rankShares(other?.values ?? []);
    return (column?.values ?? []).flatMap((x, place) =>
      x === null || !column
        ? []
        : [
            {
              x,
              y: column.contributions[place],
              colour: shares[place] ?? null,
              place,
            },
          ],
    );
  }, [column, other]);
  const { xs, ys, shades } = useMemo(
    () => ({
      xs: points.map(point => point.x),
      ys: points.map(point => point.y),
      shades: points.map(point => point.colour),
    }),
    [points],
  );
  const correlation = explanation.features.find(
    ({ name }) => name === feature,
  )?.rankCorrelation;
  const summary = t('dependence.summary', {
    feature,
    rows: formatFigure(points.length),
    colour,
    correlation:
      typeof correlation === 'number'
        ? formatFigure(correlation)
        : t('direction.unknown'),
  });
  const missing = columns.rowIds.length - points.length;
  const choose = (key: 'feature' | 'colour', value: string) => (
    <TextField
      select
      size="small"
      label={t(`dependence.${key}`)}
      value={value}
      onChange={event => change({ [key]: event.target.value })}
      SelectProps={{ native: true }}
      sx={{ minWidth: 140 }}
    >
      {names.map(name => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </TextField>
  );
  if (names.length === 0) {
    return null;
  }
  return (
    <Box>
      <Typography variant="subtitle1" component="h3" sx={{ mb: 1 }}>
        {t('dependence.title')}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 1 }}>
        {choose('feature', feature)}
        {choose('colour', colour)}
      </Box>
      <ChartFigure
        title={`${t('dependence.title')}: ${feature}`}
        summary={summary}
        columns={[
          t('beeswarm.row'),
          t('dependence.value'),
          t('dependence.contribution'),
          colour,
        ]}
        rows={() =>
          points.map(({ x, y, place }) => [
            columns.rowIds[place],
            column?.categories[x] ?? x,
            y,
            other?.categories[other.values[place] ?? -1] ??
              other?.values[place],
          ])
        }
      >
        {points.length > 0 ? (
          <>
            <ScatterCanvas
              xs={xs}
              ys={ys}
              colourOf={shades}
              xLabel={feature}
              yLabel={t('dependence.axis', { feature })}
              summary={summary}
              colours={colours}
              format={formatFigure}
              categories={
                column?.categories.length ? column.categories : undefined
              }
              onPick={at => onPick(columns.rowIds[points[at].place])}
            />
            <Legend label={`${colour}: ${t('beeswarm.legend')}`} />
            {colour === strongest && (
              <Typography
                variant="caption"
                component="p"
                color="text.secondary"
              >
                {t('dependence.strongest', { feature, colour })}
              </Typography>
            )}
          </>
        ) : (
          <Nothing>{t('dependence.nothing')}</Nothing>
        )}
        {points.length > 0 && missing > 0 && (
          <Typography variant="caption" component="p">
            {t('dependence.missing', { count: missing })}
          </Typography>
        )}
      </ChartFigure>
    </Box>
  );
}
