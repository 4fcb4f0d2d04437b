import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Reason, reasonCodesBody } from '@modelport/plugin-modelport-common';
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

/** The reasons of a decision: in the words for the person and for staff, with code, feature, contribution and source. */
export function ReasonsTable(props: {
  reasons: ReadonlyArray<Reason>;
  /** The one that they were given by; only it knows the words for staff. */
  dictionary: object | null;
}) {
  const { reasons, dictionary } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const { data } = reasonCodesBody.safeParse(dictionary);
  const entries = [...(data?.codes ?? []), ...(data?.policyRules ?? [])];
  const internalOf = ({ code }: Reason) =>
    entries.find(entry => entry.code === code)?.internal ?? null;
  const featureOf = (reason: Reason) =>
    reasonFeature(reason, t('reasons.proxy'));
  const columns = [
    t('reasons.rank'),
    t('reasons.code'),
    t('reasons.text'),
    t('dictionary.internal'),
    t('reasons.feature'),
    data
      ? t('reasons.contribution', { baseline: data.baseline })
      : t('reasons.contributionOnly'),
    t('dictionary.source'),
  ];
  const title = t('reasons.table');
  return (
    <>
      <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
        <CsvButton
          fileName={title}
          rows={() => [
            columns,
            ...reasons.map(reason => [
              reason.rank,
              reason.code,
              reason.text,
              internalOf(reason),
              featureOf(reason),
              reason.contribution,
              reason.source ?? null,
            ]),
          ]}
        />
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
          {reasons.map(reason => (
            <TableRow key={reason.code}>
              <TableCell>{reason.rank}</TableCell>
              <TableCell>{reason.code}</TableCell>
              <TableCell>{reason.text}</TableCell>
              <TableCell>{internalOf(reason) ?? '–'}</TableCell>
              <TableCell>{featureOf(reason) || '–'}</TableCell>
              <TableCell>
                {reason.contribution === null
                  ? '–'
                  : formatDelta(reason.contribution)}
              </TableCell>
              <TableCell>{reason.source ?? '–'}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
    </>
  );
}
