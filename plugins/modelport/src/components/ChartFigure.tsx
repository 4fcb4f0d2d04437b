import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { ReactNode, useState } from 'react';
import { chartTranslationRef } from './chartMessages';
import { CsvCell } from './csv';
import { CsvButton } from './CsvButton';
import { formatFigure } from './formatFigure';
import { ScrollTable } from './ScrollTable';

/** More rows than this make the page slow; the CSV holds all. */
const MOST_ROWS = 500;

/** A chart with its summary in words, its table behind one click, and its CSV. */
export function ChartFigure(props: {
  title: string;
  summary: string;
  columns: ReadonlyArray<string>;
  rows: () => ReadonlyArray<ReadonlyArray<CsvCell>>;
  /** Controls of the chart. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { title, summary, columns, rows, actions, children } = props;
  const { t } = useTranslationRef(chartTranslationRef);
  const [asTable, setAsTable] = useState(false);
  const all = asTable ? rows() : [];
  return (
    <Box component="figure" sx={{ m: 0, minWidth: 0 }} aria-label={summary}>
      <Box
        component="figcaption"
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: 1,
          mb: 1,
        }}
      >
        <Typography variant="body2" sx={{ flex: '1 1 220px' }}>
          {summary}
        </Typography>
        {actions}
        <Button
          size="small"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? t('showChart') : t('showTable')}
        </Button>
        <CsvButton fileName={title} rows={() => [columns, ...rows()]} />
      </Box>
      {asTable ? (
        <Box sx={{ maxHeight: 420, overflow: 'auto' }}>
          <ScrollTable caption={title}>
            <TableHead>
              <TableRow>
                {columns.map(column => (
                  <TableCell key={column}>{column}</TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {all.slice(0, MOST_ROWS).map((row, place) => (
                <TableRow key={place}>
                  {row.map((cell, column) => (
                    <TableCell key={columns[column]}>
                      {typeof cell === 'number' ? formatFigure(cell) : cell}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </ScrollTable>
          {all.length > MOST_ROWS && (
            <Typography variant="caption">
              {t('tableMore', {
                shown: String(MOST_ROWS),
                all: String(all.length),
              })}
            </Typography>
          )}
        </Box>
      ) : (
        <Box sx={{ typography: 'body2' }}>{children}</Box>
      )}
    </Box>
  );
}
