import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useState } from 'react';
import { CsvButton } from './CsvButton';
import { figuresOf } from './figuresOf';
import { ScrollTable } from './ScrollTable';
import { chartTranslationRef } from './chartMessages';
import { sample } from '../charts/sample';
import { ChartPoint } from '../charts/types';

const LinePlot = lazy(() => import('../charts/LinePlot'));

/** More marks than this are sampled. */
const MOST_MARKS = 1500;
/** More rows than this make the page slow; the CSV holds all. */
const MOST_ROWS = 500;

/** A line with its summary in words, its table behind one click, and its CSV. */
export function LineFigure(props: {
  title: string;
  xLabel: string;
  yLabel: string;
  points: ReadonlyArray<ChartPoint & { note?: string | null }>;
  noteLabel?: string;
  format: (value: number) => string;
}) {
  const { title, xLabel, yLabel, points, noteLabel, format } = props;
  const { t } = useTranslationRef(chartTranslationRef);
  const [asTable, setAsTable] = useState(false);
  const finite = points.filter(({ y }) => Number.isFinite(y));
  const shown = sample(points, ({ y }) => y, MOST_MARKS);
  const count = t('points', { count: points.length });
  const summary = finite.length
    ? t('summary', {
        title,
        points: count,
        ...figuresOf(
          finite.map(({ y }) => y),
          format,
        ),
      })
    : t('summaryNothingToDraw', { title, points: count });

  return (
    <Box component="figure" sx={{ m: 0 }} aria-label={summary}>
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
        <CsvButton
          fileName={title}
          rows={() => [
            [xLabel, yLabel, ...(noteLabel ? [noteLabel] : [])],
            ...points.map(({ x, y, note }) => [
              x,
              y,
              ...(noteLabel ? [note] : []),
            ]),
          ]}
        />
      </Box>
      {asTable ? (
        <Box sx={{ maxHeight: 320, overflow: 'auto' }}>
          <ScrollTable caption={title}>
            <TableHead>
              <TableRow>
                <TableCell>{xLabel}</TableCell>
                <TableCell align="right">{yLabel}</TableCell>
                {noteLabel && <TableCell>{noteLabel}</TableCell>}
              </TableRow>
            </TableHead>
            <TableBody>
              {points.slice(0, MOST_ROWS).map(({ x, y, note }, row) => (
                <TableRow key={row}>
                  <TableCell>{x}</TableCell>
                  <TableCell align="right">{format(y)}</TableCell>
                  {noteLabel && <TableCell>{note}</TableCell>}
                </TableRow>
              ))}
            </TableBody>
          </ScrollTable>
          {points.length > MOST_ROWS && (
            <Typography variant="caption">
              {t('tableMore', {
                shown: String(MOST_ROWS),
                all: String(points.length),
              })}
            </Typography>
          )}
        </Box>
      ) : (
        finite.length > 0 && (
          <Suspense fallback={<Skeleton variant="rectangular" height={280} />}>
            <LinePlot
              points={shown}
              xLabel={xLabel}
              yLabel={yLabel}
              format={format}
            />
          </Suspense>
        )
      )}
      {finite.length < points.length && (
        <Typography variant="caption" component="p">
          {t('notDrawn', { count: points.length - finite.length })}
        </Typography>
      )}
      {!asTable && shown.length < points.length && (
        <Typography variant="caption" component="p">
          {t('sampled', {
            shown: String(shown.length),
            all: String(points.length),
          })}
        </Typography>
      )}
    </Box>
  );
}
