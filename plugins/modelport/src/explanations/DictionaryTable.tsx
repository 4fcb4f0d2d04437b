import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ReasonCodes } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { CsvButton } from '../components/CsvButton';
import { ScrollTable } from '../components/ScrollTable';
import { explanationTranslationRef } from './messages';

/** Every code of a dictionary with its wordings. */
export function DictionaryTable(props: { dictionary: ReasonCodes }) {
  const { codes, policyRules } = props.dictionary;
  const { t } = useTranslationRef(explanationTranslationRef);
  const languages = [
    ...new Set(
      [...codes, ...(policyRules ?? [])].flatMap(({ consumer }) =>
        Object.keys(consumer),
      ),
    ),
  ];
  const columns = [
    t('reasons.code'),
    t('reasons.feature'),
    t('dictionary.internal'),
    ...languages.map(language => t('dictionary.wording', { language })),
    t('dictionary.marks'),
    t('dictionary.source'),
  ];
  const rows = [
    ...codes.map(entry => [
      entry.code,
      entry.direction ? `${entry.feature} (${entry.direction})` : entry.feature,
      entry.internal,
      ...languages.map(language => entry.consumer[language] ?? '–'),
      [
        entry.prohibited && t('dictionary.prohibited'),
        entry.proxy && t('reasons.proxy'),
      ]
        .filter(Boolean)
        .join(', '),
      entry.source ?? '–',
    ]),
    ...(policyRules ?? []).map(entry => [
      entry.code,
      t('dictionary.rule', { rule: entry.rule }),
      entry.internal,
      ...languages.map(language => entry.consumer[language] ?? '–'),
      '',
      entry.source ?? '–',
    ]),
  ];
  const title = t('dictionary.title');
  return (
    <>
      <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
        <CsvButton fileName={title} rows={() => [columns, ...rows]} />
      </Box>
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
            {rows.map((row, place) => (
              <TableRow key={place}>
                {row.map((cell, column) => (
                  <TableCell key={columns[column]}>{cell}</TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </ScrollTable>
      </Box>
    </>
  );
}
