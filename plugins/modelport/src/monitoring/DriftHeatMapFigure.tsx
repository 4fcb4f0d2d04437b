import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  DriftHeatMap,
  DriftHeatMapRow,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { CsvButton } from '../components/CsvButton';
import { formatFigure } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { monitoringTranslationRef } from './messages';
import { chartTranslationRef } from '../components/chartMessages';
import { ALL_FEATURES } from './useMonitoringView';
import { windowLabel } from './windowLabel';

const HeatMap = lazy(() => import('../charts/HeatMap'));

/** More columns than this make a table that nobody reads; the CSV holds all. */
const MOST_COLUMNS = 36;

const LOOKS = { b: 'breach', o: 'calm', u: 'calm', n: 'quiet' } as const;

/** A heat map with its summary in words, its table behind one click, and its CSV. */
export function DriftHeatMapFigure(props: {
  map: DriftHeatMap;
  rows: DriftHeatMapRow[];
  onOpen: (feature: string) => void;
}) {
  const { onOpen } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const { t: tChart } = useTranslationRef(chartTranslationRef);
  const [asTable, setAsTable] = useState(false);
  const { columns, rows } = useMemo(
    () => withoutEmptyWindows(props.map, props.rows),
    [props.map, props.rows],
  );
  const nameOf = useCallback(
    (row: DriftHeatMapRow) => row.feature ?? t('heatMap.allFeatures'),
    [t],
  );
  const named = useMemo(
    () =>
      rows.map(row => ({
        key: row.feature ?? ALL_FEATURES,
        label: nameOf(row),
      })),
    [rows, nameOf],
  );
  const cellOf = useCallback(
    (row: number, column: number) => ({
      look: lookOf(rows[row].states[column]),
      strength: strengthOf(rows[row], column),
    }),
    [rows],
  );
  const stateText = (letter: string) =>
    t(`cellState.${isState(letter) ? letter : 'none'}`);
  const textOf = (row: number, column: number) => {
    const one = rows[row];
    const value = one.values[column];
    return t('heatMap.cell', {
      feature: nameOf(one),
      window: columns[column],
      statistic: one.statistic,
      value: value === null ? '–' : formatFigure(value),
      threshold: one.threshold === null ? '–' : formatFigure(one.threshold),
      state: stateText(one.states[column]),
    });
  };
  const summary = t('heatMap.summary', {
    tool: rows[0]?.tool ?? '',
    features: t('heatMap.features', {
      count: rows.filter(row => row.feature !== null).length,
    }),
    windows: t('heatMap.windows', { count: columns.length }),
    breaches: String(
      rows.filter(row => row.feature !== null && row.states.endsWith('b'))
        .length,
    ),
  });
  const head = ['feature', 'statistic', 'importance', 'threshold'] as const;
  const from = Math.max(0, columns.length - MOST_COLUMNS);
  return (
    <Box component="figure" sx={{ m: 0, minWidth: 0 }} aria-label={summary}>
      <Box
        component="figcaption"
        sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
      >
        <Typography variant="body2" sx={{ flexGrow: 1 }}>
          {summary}
        </Typography>
        <Button
          size="small"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? tChart('showChart') : tChart('showTable')}
        </Button>
        <CsvButton
          fileName={t('heatMap.title')}
          rows={() => [
            [...head.map(key => t(`heatMap.columns.${key}`)), ...columns],
            ...rows.map(row => [
              row.feature,
              row.statistic,
              row.importance,
              row.threshold,
              ...row.values,
            ]),
          ]}
        />
      </Box>
      {asTable ? (
        <ScrollTable caption={summary}>
          <TableHead>
            <TableRow>
              {head.map(key => (
                <TableCell key={key}>{t(`heatMap.columns.${key}`)}</TableCell>
              ))}
              {columns.slice(from).map(column => (
                <TableCell key={column} align="right">
                  {column}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(row => (
              <TableRow key={row.feature ?? ''}>
                <TableCell>{nameOf(row)}</TableCell>
                <TableCell>{row.statistic}</TableCell>
                <TableCell>
                  {row.importance === null ? '–' : formatFigure(row.importance)}
                </TableCell>
                <TableCell>
                  {row.threshold === null ? '–' : formatFigure(row.threshold)}
                </TableCell>
                {row.values.slice(from).map((value, place) => (
                  <TableCell
                    key={columns[from + place]}
                    align="right"
                    title={stateText(row.states[from + place])}
                    sx={{
                      fontWeight:
                        row.states[from + place] === 'b' ? 700 : undefined,
                    }}
                  >
                    {value === null ? '–' : formatFigure(value)}
                    {row.states[from + place] === 'b' ? ' ●' : ''}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </ScrollTable>
      ) : (
        <Suspense fallback={<Skeleton variant="rectangular" height={260} />}>
          <HeatMap
            label={summary}
            rows={named}
            columns={columns}
            cellOf={cellOf}
            textOf={textOf}
            hint={t('heatMap.hint')}
            onOpen={onOpen}
          />
        </Suspense>
      )}
      <Typography variant="caption" component="p" color="text.secondary">
        {t('heatMap.legend')}
      </Typography>
    </Box>
  );
}

/** Windows in which none of the rows has a figure are those of other tools. */
function withoutEmptyWindows(map: DriftHeatMap, rows: DriftHeatMapRow[]) {
  const kept = map.windows.flatMap((window, place) =>
    rows.some(row => row.states[place] !== '-') ? [{ ...window, place }] : [],
  );
  return {
    columns: kept.map(({ start, end }) => windowLabel(start, end)),
    rows: rows.map(row => ({
      ...row,
      values: kept.map(({ place }) => row.values[place]),
      states: kept.map(({ place }) => row.states[place]).join(''),
    })),
  };
}

function isState(letter: string): letter is keyof typeof LOOKS {
  return letter in LOOKS;
}

function lookOf(letter: string) {
  return isState(letter) ? LOOKS[letter] : ('none' as const);
}

/** Value as a share of twice its threshold, at most 1; a p-value the other way round. */
function strengthOf(row: DriftHeatMapRow, column: number): number {
  const value = row.values[column];
  if (value === null || row.threshold === null || row.threshold === 0) {
    return 0.3;
  }
  const ratio =
    row.direction === 'below'
      ? row.threshold / Math.max(value, Number.MIN_VALUE)
      : value / row.threshold;
  return Math.min(1, Math.max(0, ratio / 2));
}
