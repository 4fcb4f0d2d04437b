import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Dataset, Version } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { LongText } from '../components/LongText';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { versionTranslationRef } from './messages';

/** The datasets of a version, with digests as the hint that they are. */
export function DatasetsSection(props: { version: Version }) {
  const { version, datasets, measurements } = props.version;
  const { t } = useTranslationRef(versionTranslationRef);
  const usedAs = ({ name, digest, context }: Dataset) => {
    const isMeasuredOn = measurements.some(
      ({ dataset }) => dataset?.name === name && dataset.digest === digest,
    );
    return context ?? (isMeasuredOn ? t('page.data.measuredOn') : '–');
  };
  return (
    <Section title={t('page.data.title')}>
      {datasets.length === 0 ? (
        <Nothing>{t('page.data.empty')}</Nothing>
      ) : (
        <>
          <ScrollTable caption={t('page.data.table', { version })}>
            <TableHead>
              <TableRow>
                <TableCell>{t('page.data.name')}</TableCell>
                <TableCell>{t('page.data.context')}</TableCell>
                <TableCell align="right">{t('page.data.rows')}</TableCell>
                <TableCell>{t('page.data.digest')}</TableCell>
                <TableCell>{t('page.data.source')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {datasets.map((dataset, row) => (
                <TableRow key={row}>
                  <TableCell
                    component="th"
                    scope="row"
                    sx={{ overflowWrap: 'anywhere' }}
                  >
                    {dataset.name}
                  </TableCell>
                  <TableCell>{usedAs(dataset)}</TableCell>
                  <TableCell align="right">
                    {dataset.rows?.toLocaleString('en') ?? '–'}
                  </TableCell>
                  <TableCell>
                    <Box component="code" sx={{ overflowWrap: 'anywhere' }}>
                      {dataset.digest ?? '–'}
                    </Box>
                  </TableCell>
                  <TableCell>
                    {dataset.source ? (
                      <LongText text={dataset.source} limit={80} />
                    ) : (
                      '–'
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </ScrollTable>
          <Box sx={{ mt: 1 }}>
            <Nothing>{t('page.data.hint')}</Nothing>
          </Box>
        </>
      )}
    </Section>
  );
}
