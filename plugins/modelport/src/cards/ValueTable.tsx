import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { ReactNode } from 'react';
import { ScrollTable } from '../components/ScrollTable';

/** A small table of texts, without columns that nothing fills. */
export function ValueTable(props: {
  caption: string;
  head: string[];
  rows: ReactNode[][];
}) {
  const { caption, head, rows } = props;
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
          <TableRow key={row}>
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
