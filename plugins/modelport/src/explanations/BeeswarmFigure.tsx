import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Explanation,
  ExplanationColumns,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import Beeswarm from '../charts/Beeswarm';
import { rankShares } from '../charts/colourSteps';
import { ChartFigure } from '../components/ChartFigure';
import { formatFigure } from '../components/formatFigure';
import { explanationTranslationRef } from './messages';
import { groupColumns } from './groupColumns';
import { GroupToggle, useGrouped } from './GroupToggle';
import { PanZoomButtons } from './PanZoomButtons';
import { useCanvasColours } from './useCanvasColours';
import { useUnit } from './useUnit';

const MOST_FEATURES = 30;

/** Every row's contributions, feature by feature, coloured by the value. */
export default function BeeswarmFigure(props: {
  columns: ExplanationColumns;
  explanation: Explanation;
  onPick: (rowId: string) => void;
}) {
  const { explanation, onPick } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const colours = useCanvasColours();
  const grouped = useGrouped(explanation);
  const columns = useMemo(
    () =>
      grouped
        ? {
            ...props.columns,
            columns: groupColumns(props.columns.columns, explanation.features),
          }
        : props.columns,
    [props.columns, explanation, grouped],
  );
  const rows = useMemo(() => {
    const ranked = grouped ? explanation.groups : explanation.features;
    const rank = new Map(ranked.map(one => [one.name, one.rank]));
    // What is masked together has none.
    const rankOf = (feature: string) => rank.get(feature) ?? rank.size + 1;
    return [...columns.columns]
      .sort((a, b) => rankOf(a.feature) - rankOf(b.feature))
      .slice(0, MOST_FEATURES)
      .map(column => ({
        label: column.feature,
        values: column.contributions,
        colours:
          column.categories.length > 0
            ? column.values.map(() => null)
            : rankShares(column.values),
      }));
  }, [columns, explanation, grouped]);
  const unit = useUnit(explanation);
  const [first] = rows;
  const ends = useMemo(() => {
    let low = Infinity;
    let high = -Infinity;
    for (const value of Array.from(first?.values ?? [])) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return { low: formatFigure(low), high: formatFigure(high) };
  }, [first]);
  const summary = t('beeswarm.summary', {
    rows: formatFigure(columns.rowIds.length),
    features: String(rows.length),
    first: first?.label ?? '',
    ...ends,
  });
  return (
    <Box sx={{ mb: 3 }}>
      <Typography variant="subtitle1" component="h3">
        {t('beeswarm.title')}
      </Typography>
      <ChartFigure
        title={t('beeswarm.title')}
        summary={summary}
        columns={[
          t('beeswarm.row'),
          ...columns.columns.map(({ feature }) => feature),
        ]}
        actions={<GroupToggle explanation={explanation} />}
        rows={() =>
          columns.rowIds.map((rowId, place) => [
            rowId,
            ...columns.columns.map(column => column.contributions[place]),
          ])
        }
      >
        <Beeswarm
          rows={rows}
          xLabel={t('beeswarm.axis', { unit })}
          summary={summary}
          colours={colours}
          format={formatFigure}
          onPick={place => onPick(columns.rowIds[place])}
          controls={actions => <PanZoomButtons actions={actions} />}
        />
        <Legend label={t('beeswarm.legend')} />
        <Typography variant="caption" component="p" color="text.secondary">
          {t('beeswarm.pick')}
        </Typography>
      </ChartFigure>
    </Box>
  );
}

/** The colours from low to high. */
export function Legend(props: { label: string }) {
  const colours = useCanvasColours();
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      <span
        aria-hidden
        style={{
          width: 120,
          height: 8,
          borderRadius: 4,
          background: `linear-gradient(to right, ${colours.low}, ${colours.high})`,
        }}
      />
      <Typography variant="caption">{props.label}</Typography>
    </Box>
  );
}
