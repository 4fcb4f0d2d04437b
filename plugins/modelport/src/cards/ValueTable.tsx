import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { ReactNode } from 'react';
import { ScrollTable } from '../components/ScrollTable';
import { ONLY_PRINTED } from './printed';

/** A small table of texts, without columns that nothing fills. */
export function ValueTable(props: {
  caption: string;
  head: string[];
  rows: ReactNode[][];
  /** Rows on the screen; those behind them stand on paper. All, where it is not given. */
  shown?: number;
}) {
  const { caption, head, rows, shown = rows.length } = props;
  const isFilled = (_: unknown, column: number) =>
    rows.some(cells => cells[column] !== '');
  return (
    <ScrollTable caption={caption}>
      <TableHead>
        <TableRow>
          {head.filter(isFilled).map(name => (
            <TableCell key={name}>{name}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((cells, row) => (
          <TableRow
            key={row}
            className={row < shown ? undefined : ONLY_PRINTED}
          >
            {cells.map(
              (cell, column) =>
                isFilled(cell, column) && (
                  <TableCell
                    key={head[column]}
                    sx={{ overflowWrap: 'anywhere' }}
                  >
                    {cell}
                  </TableCell>
                ),
            )}
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}
