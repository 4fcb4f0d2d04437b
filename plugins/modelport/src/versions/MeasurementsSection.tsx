import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Version } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ModelId } from '../api/modelportApi';
import { CsvButton } from '../components/CsvButton';
import { Nothing, Section } from '../components/Section';
import { versionTranslationRef } from './messages';
import { groupMeasurements } from './groupMeasurements';
import { MeasurementsTable } from './MeasurementsTable';

const FIND_FROM = 10;
const SLICES_SHOWN_FIRST = 3;

/** Everything that was measured on the version, the whole set first and slices below; one metric's history on demand. */
export function MeasurementsSection(props: { id: ModelId; version: Version }) {
  const { id, version } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState('');
  const [allSlices, setAllSlices] = useState(false);
  const groups = groupMeasurements(version);
  const all = groups.flatMap(({ measurements }) => measurements);
  const words = search.trim().toLowerCase();
  const found = groups
    .map(({ slice, measurements }) => ({
      slice,
      measurements: measurements.filter(({ key }) =>
        `${key} ${slice ?? ''}`.toLowerCase().includes(words),
      ),
    }))
    .filter(({ measurements }) => measurements.length > 0);
  const shown =
    allSlices || words ? found : found.slice(0, 1 + SLICES_SHOWN_FIRST);
  const openKey = params.get('history');
  const setOpenKey = (key: string | null) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        if (key === null) {
          next.delete('history');
        } else {
          next.set('history', key);
        }
        return next;
      },
      { replace: true },
    );

  return (
    <Section
      title={t('page.metrics.title')}
      actions={
        <>
          {all.length >= FIND_FROM && (
            <TextField
              size="small"
              value={search}
              onChange={event => setSearch(event.target.value)}
              placeholder={t('page.metrics.find')}
              inputProps={{ 'aria-label': t('page.metrics.find') }}
            />
          )}
          {all.length > 0 && (
            <CsvButton
              fileName={t('page.metrics.csv', {
                version: version.version,
              })}
              rows={() => [
                [
                  'metric',
                  'slice',
                  'value',
                  'dataset',
                  'datasetDigest',
                  'evaluationSet',
                  'n',
                  'lower',
                  'upper',
                  'evidence',
                ],
                ...all.map(measurement => [
                  measurement.key,
                  measurement.slice,
                  measurement.value,
                  measurement.dataset?.name,
                  measurement.dataset?.digest,
                  measurement.evaluationSet?.id,
                  measurement.n,
                  measurement.lower,
                  measurement.upper,
                  measurement.evidence,
                ]),
              ]}
            />
          )}
        </>
      }
    >
      {all.length === 0 && <Nothing>{t('page.metrics.empty')}</Nothing>}
      {all.length > 0 && found.length === 0 && (
        <Nothing>{t('page.metrics.nothingFound')}</Nothing>
      )}
      {shown.map(({ slice, measurements }) => (
        <Box key={slice ?? ''} sx={{ mb: 2 }}>
          {slice !== null && (
            <Typography
              variant="subtitle2"
              component="h3"
              sx={{ overflowWrap: 'anywhere' }}
            >
              {t('page.metrics.slice', { slice })}
            </Typography>
          )}
          <MeasurementsTable
            id={id}
            version={version.version}
            slice={slice}
            measurements={measurements}
            withHistory={version.metricsWithHistory}
            openKey={openKey}
            onOpen={setOpenKey}
          />
        </Box>
      ))}
      {shown.length < found.length && (
        <Button size="small" onClick={() => setAllSlices(true)}>
          {t('page.metrics.moreSlices', {
            count: found.length - shown.length,
          })}
        </Button>
      )}
    </Section>
  );
}
