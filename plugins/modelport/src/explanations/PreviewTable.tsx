import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Reason } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { CsvButton } from '../components/CsvButton';
import { formatDelta } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { explanationTranslationRef } from './messages';
import { reasonFeature } from './reasonFeature';

/** Reasons before and after a change beside each other, in the order that they have now. */
export function PreviewTable(props: {
  /** Absent where it is not known what the row was before. */
  before: ReadonlyArray<Reason> | undefined;
  now: ReadonlyArray<Reason>;
}) {
  const { before, now } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const gone = before?.filter(
    ({ code }) => !now.some(one => one.code === code),
  );
  const shown = [...now, ...(gone ?? [])];
  if (shown.length === 0) {
    return null;
  }
  const title = t('preview.table');
  const columns = [
    ...(before ? [t('preview.rankBefore')] : []),
    t('preview.rankNow'),
    t('reasons.code'),
    t('reasons.text'),
    t('reasons.feature'),
    ...(before ? [t('preview.contributionBefore')] : []),
    t('preview.contributionNow'),
  ];
  const rows = shown.map(reason => {
    const { code } = reason;
    const then = before?.find(one => one.code === code);
    const today = now.find(one => one.code === code);
    return [
      ...(before ? [then?.rank ?? null] : []),
      today?.rank ?? null,
      code,
      reason.text,
      reasonFeature(reason, t('reasons.proxy')),
      ...(before ? [then?.contribution ?? null] : []),
      today?.contribution ?? null,
    ];
  });
  const contributions: string[] = [
    t('preview.contributionBefore'),
    t('preview.contributionNow'),
  ];
  const wordOf = (cell: string | number | null, column: string) =>
    typeof cell === 'number' && contributions.includes(column)
      ? formatDelta(cell)
      : cell ?? '–';
  return (
    <>
      <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
        <CsvButton fileName={title} rows={() => [columns, ...rows]} />
      </Box>
      <ScrollTable caption={title}>
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <TableCell key={column}>{column}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row, place) => (
            <TableRow key={shown[place].code}>
              {row.map((cell, at) => (
                <TableCell key={columns[at]}>
                  {wordOf(cell, columns[at])}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
    </>
  );
}
