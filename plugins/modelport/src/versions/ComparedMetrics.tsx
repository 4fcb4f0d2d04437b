import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ComparedMetric, Comparison } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { CsvCell } from '../components/csv';
import { CsvButton } from '../components/CsvButton';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { versionTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { ComparedMetricCell } from './ComparedMetricCell';
import { CompareHead } from './CompareHead';
import { metricRank } from './metricKeys';

const SHOWN_FIRST = 20;
const FIND_FROM = 12;

/** The metrics of the versions beside each other, whole sets before slices. */
export function ComparedMetrics(props: {
  comparison: Comparison;
  showAll: boolean;
}) {
  const { comparison, showAll } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(SHOWN_FIRST);
  const candidates = comparison.metrics
    .filter(({ differs }) => showAll || differs)
    .sort(
      (a, b) =>
        Number(a.slice !== null) - Number(b.slice !== null) ||
        metricRank(a.key) - metricRank(b.key),
    );
  const words = search.trim().toLowerCase();
  const found = candidates.filter(({ key, slice }) =>
    `${key} ${slice ?? ''}`.toLowerCase().includes(words),
  );

  return (
    <Section
      title={t('compare.metrics.title')}
      actions={
        <>
          {candidates.length >= FIND_FROM && (
            <TextField
              size="small"
              value={search}
              onChange={event => setSearch(event.target.value)}
              placeholder={t('compare.metrics.find')}
              inputProps={{ 'aria-label': t('compare.metrics.find') }}
            />
          )}
          <CsvButton
            fileName={t('compare.metrics.csv')}
            rows={() => toRows(comparison)}
          />
        </>
      }
    >
      {comparison.metrics.length === 0 && (
        <Nothing>{t('compare.metrics.empty')}</Nothing>
      )}
      {comparison.metrics.length > 0 && candidates.length === 0 && (
        <Nothing>{t('compare.metrics.noDifference')}</Nothing>
      )}
      {candidates.length > 0 && (
        <ScrollTable caption={t('compare.metrics.table')}>
          <CompareHead
            title={t('compare.metrics.metric')}
            versions={comparison.versions}
            withActions
          />
          <TableBody>
            {found.slice(0, shown).map(metric => (
              <TableRow key={JSON.stringify([metric.key, metric.slice])}>
                <TableCell
                  component="th"
                  scope="row"
                  sx={{ verticalAlign: 'top', overflowWrap: 'anywhere' }}
                >
                  <MetricName metric={metric} />
                </TableCell>
                {metric.values.map((value, place) => (
                  <TableCell key={value.version} sx={{ verticalAlign: 'top' }}>
                    <ComparedMetricCell
                      value={value}
                      direction={metric.direction}
                      isBaseline={place === 0}
                      baseline={metric.values[0]}
                    />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </ScrollTable>
      )}
      {found.length > shown && (
        <Button size="small" onClick={() => setShown(found.length)}>
          {t('compare.metrics.more', {
            number: String(found.length - shown),
          })}
        </Button>
      )}
    </Section>
  );
}

function MetricName(props: { metric: ComparedMetric }) {
  const { key, slice, direction } = props.metric;
  const { t } = useTranslationRef(versionTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  return (
    <>
      {key}
      {slice !== null && (
        <Box sx={{ typography: 'caption' }}>
          {t('compare.metrics.slice', { slice })}
        </Box>
      )}
      {direction && (
        <Box sx={{ typography: 'caption', color: 'text.secondary' }}>
          {tComponent(`direction.${direction}`)}
        </Box>
      )}
    </>
  );
}

function toRows(comparison: Comparison): CsvCell[][] {
  return [
    [
      'metric',
      'slice',
      'direction',
      'version',
      'value',
      'delta',
      'comparability',
      'better',
      'dataset',
      'evaluationSet',
      'n',
      'lower',
      'upper',
      'evidence',
    ],
    ...comparison.metrics.flatMap(metric =>
      metric.values.map(
        ({ version, measurement, delta, comparability, better }): CsvCell[] => [
          metric.key,
          metric.slice,
          metric.direction,
          version,
          measurement?.value,
          delta,
          comparability,
          better,
          measurement?.dataset?.name,
          measurement?.evaluationSet?.id,
          measurement?.n,
          measurement?.lower,
          measurement?.upper,
          measurement?.evidence,
        ],
      ),
    ),
  ];
}
