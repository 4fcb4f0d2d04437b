import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { ReactNode } from 'react';
import { ScrollTable } from '../components/ScrollTable';
import { cardTranslationRef } from './messages';

/** One field that two cards say differently. */
export interface DifferenceRow {
  path: string;
  field: string;
  change: string;
  before: ReactNode;
  after: ReactNode;
}

/** What two cards say differently. In a narrow window everything of a field stands under its name. */
export function DifferenceTable(props: {
  caption: string;
  baseline: string;
  version: string;
  rows: DifferenceRow[];
}) {
  const { caption, baseline, version, rows } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const before = t('difference.version', { version: baseline });
  const after = t('difference.version', { version });
  return (
    <Box
      sx={theme => ({
        '& tbody td:nth-of-type(n+2)': { minWidth: 200 },
        [theme.breakpoints.down('sm')]: {
          '& table, & tbody, & tr, & tbody th, & td': { display: 'block' },
          '& thead': { display: 'none' },
          '& tbody th, & td': { width: 'auto', borderBottom: 0 },
          '& tbody tr': { borderBottom: 1, borderColor: 'divider' },
          '& td[data-version]::before': {
            content: 'attr(data-version)',
            display: 'block',
            fontSize: '0.75rem',
            fontWeight: 'bold',
          },
        },
      })}
    >
      <ScrollTable caption={caption}>
        <TableHead>
          <TableRow>
            <TableCell>{t('difference.field')}</TableCell>
            <TableCell>{t('difference.change')}</TableCell>
            <TableCell>{before}</TableCell>
            <TableCell>{after}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(row => (
            <TableRow key={row.path}>
              <TableCell component="th" scope="row">
                {row.field}
              </TableCell>
              <TableCell>{row.change}</TableCell>
              <TableCell data-version={before}>{row.before}</TableCell>
              <TableCell data-version={after}>{row.after}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
    </Box>
  );
}
