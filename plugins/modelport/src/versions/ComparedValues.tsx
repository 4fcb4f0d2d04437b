import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ComparedValue, Comparison } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { CsvButton } from '../components/CsvButton';
import { LongText } from '../components/LongText';
import { Nothing, Section } from '../components/Section';
import { versionTranslationRef } from './messages';
import { CompareHead } from './CompareHead';
import { CompareTable } from './CompareTable';

/** Parameters or datasets of the versions beside each other. */
export function ComparedValues(props: {
  kind: 'params' | 'data';
  comparison: Comparison;
  values: ComparedValue[];
  showAll: boolean;
}) {
  const { kind, comparison, values, showAll } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const rows = values.filter(({ differs }) => showAll || differs);
  const names = comparison.versions.map(({ version }) => version);
  return (
    <Section
      title={t(`compare.${kind}.title`)}
      actions={
        <CsvButton
          fileName={t(`compare.${kind}.csv`)}
          rows={() => [
            [t(`compare.${kind}.name`), ...names],
            ...values.map(({ key, values: cells }) => [key, ...cells]),
          ]}
        />
      }
    >
      {values.length === 0 && <Nothing>{t(`compare.${kind}.empty`)}</Nothing>}
      {values.length > 0 && rows.length === 0 && (
        <Nothing>{t(`compare.${kind}.noDifference`)}</Nothing>
      )}
      {rows.length > 0 && (
        <CompareTable
          caption={t(`compare.${kind}.table`)}
          versions={comparison.versions.length}
        >
          <CompareHead
            title={t(`compare.${kind}.name`)}
            versions={comparison.versions}
          />
          <TableBody>
            {rows.map(({ key, values: cells }) => (
              <TableRow key={key}>
                <TableCell
                  component="th"
                  scope="row"
                  sx={{ verticalAlign: 'top', overflowWrap: 'anywhere' }}
                >
                  {key}
                </TableCell>
                {cells.map((cell, place) => (
                  <TableCell key={names[place]} sx={{ verticalAlign: 'top' }}>
                    {cell === null ? (
                      <Box component="span" sx={{ color: 'text.secondary' }}>
                        {t(`compare.${kind}.none`)}
                      </Box>
                    ) : (
                      <LongText text={cell} />
                    )}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </CompareTable>
      )}
      {kind === 'data' && values.length > 0 && (
        <Box sx={{ mt: 1 }}>
          <Nothing>{t('compare.data.hint')}</Nothing>
        </Box>
      )}
    </Section>
  );
}
