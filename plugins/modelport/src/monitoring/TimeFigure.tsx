import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { lazy, ReactNode, Suspense, useState } from 'react';
import { sample } from '../charts/sample';
import { TimeLine } from '../charts/types';
import { CsvCell } from '../components/csv';
import { CsvButton } from '../components/CsvButton';
import { figuresOf } from '../components/figuresOf';
import { formatFigure } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { chartTranslationRef } from '../components/chartMessages';

const TimePlot = lazy(() => import('../charts/TimePlot'));

/** More marks than this are sampled. */
const MOST_MARKS = 1_500;
const MOST_ROWS = 500;
/** Over a shorter time the clock is shown in place of days. */
const SHORT_MS = 36 * 3_600_000;

/** Lines over time with their summary in words, their table behind one click, and their CSV. */
export function TimeFigure(props: {
  title: string;
  lines: TimeLine[];
  columns: string[];
  rows: CsvCell[][];
  children?: ReactNode;
}) {
  const { title, lines, columns, rows, children } = props;
  const { t } = useTranslationRef(chartTranslationRef);
  const [asTable, setAsTable] = useState(false);
  const main = lines[0]?.points.flatMap(({ value }) => value ?? []) ?? [];
  const points = t('points', { count: main.length });
  const summary =
    main.length > 0
      ? t('summary', {
          title,
          points,
          ...figuresOf(main),
        })
      : t('summaryNothingToDraw', { title, points });
  const times = lines.flatMap(line => line.points.map(({ time }) => time));
  // Days would be the same all along.
  const isShort =
    times.length > 1 &&
    times.reduce((a, b) => Math.max(a, b)) -
      times.reduce((a, b) => Math.min(a, b)) <=
      SHORT_MS;
  const shown = lines.map(line => ({
    ...line,
    points: sample(
      line.points,
      ({ value }) => value ?? Number.NaN,
      Math.floor(MOST_MARKS / lines.length),
    ),
  }));
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
          {asTable ? t('showChart') : t('showTable')}
        </Button>
        <CsvButton fileName={title} rows={() => [columns, ...rows]} />
      </Box>
      {asTable ? (
        <Box sx={{ maxHeight: 360, overflow: 'auto' }}>
          <ScrollTable caption={title}>
            <TableHead>
              <TableRow>
                {columns.map(column => (
                  <TableCell key={column}>{column}</TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.slice(0, MOST_ROWS).map((row, place) => (
                <TableRow key={place}>
                  {row.map((cell, column) => (
                    <TableCell key={columns[column]}>
                      {cellText(cell)}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </ScrollTable>
          {rows.length > MOST_ROWS && (
            <Typography variant="caption">
              {t('tableMore', {
                shown: String(MOST_ROWS),
                all: String(rows.length),
              })}
            </Typography>
          )}
        </Box>
      ) : (
        main.length > 0 && (
          <Suspense fallback={<Skeleton variant="rectangular" height={280} />}>
            <TimePlot
              lines={shown}
              format={formatFigure}
              formatTime={time =>
                isShort
                  ? `${new Date(time).toISOString().slice(11, 16)} UTC`
                  : new Date(time).toISOString().slice(0, 10)
              }
            />
          </Suspense>
        )
      )}
      {!asTable &&
        lines.some(line => line.points.some(({ marked }) => marked)) && (
          <Typography variant="body2" color="text.secondary">
            {t('marked')}
          </Typography>
        )}
      {children}
    </Box>
  );
}

function cellText(cell: CsvCell): string {
  if (cell === null || cell === undefined) {
    return '–';
  }
  return typeof cell === 'number' ? formatFigure(cell) : String(cell);
}
