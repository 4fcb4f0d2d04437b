import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ComparedEvidence,
  ComparedMetric,
  Comparison,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { CsvCell } from '../components/csv';
import { CsvButton } from '../components/CsvButton';
import { Nothing, Section } from '../components/Section';
import { versionTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { ComparedMetricCell } from './ComparedMetricCell';
import { callOf } from './callOf';
import { CompareHead } from './CompareHead';
import { CompareTable } from './CompareTable';
import { DataWarnings } from './DataWarnings';
import { differenceOf } from './differenceOf';
import { metricRank } from './metricKeys';
import { withRowMetrics } from './withRowMetrics';

const SHOWN_FIRST = 20;
const FIND_FROM = 12;

/** The metrics of the versions beside each other, whole sets before slices. */
export function ComparedMetrics(props: {
  comparison: Comparison;
  /** What rows say of the differences; undefined where that is not known. */
  evidence: ComparedEvidence | undefined;
  /** Whether what rows say is still to come. */
  isPending: boolean;
  showAll: boolean;
  /** Shown first. */
  mainKey: string | undefined;
}) {
  const { comparison, evidence, isPending, showAll, mainKey } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(SHOWN_FIRST);
  const metrics = withRowMetrics(comparison, evidence);
  const candidates = metrics
    .filter(
      metric =>
        showAll ||
        metric.differs ||
        // What the rows tell apart is shown, though the figures recorded are the same.
        differenceOf(evidence, metric) !== undefined,
    )
    .sort(
      (a, b) =>
        Number(a.slice !== null) - Number(b.slice !== null) ||
        Number(b.key === mainKey) - Number(a.key === mainKey) ||
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
            rows={() => toRows(comparison, evidence)}
          />
        </>
      }
    >
      {metrics.length === 0 && <Nothing>{t('compare.metrics.empty')}</Nothing>}
      {metrics.length > 0 && candidates.length === 0 && (
        <Nothing>{t('compare.metrics.noDifference')}</Nothing>
      )}
      {candidates.length > 0 && (
        <CompareTable
          caption={t('compare.metrics.table')}
          versions={comparison.versions.length}
        >
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
                      onRows={
                        isPending
                          ? 'pending'
                          : differenceOf(
                              evidence,
                              metric,
                              // What rows alone know of the baseline lies beside the version that has them.
                              place === 0 && !value.measurement
                                ? undefined
                                : value.version,
                            )
                      }
                    />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </CompareTable>
      )}
      {found.length > shown && (
        <Button size="small" onClick={() => setShown(found.length)}>
          {t('compare.metrics.more', {
            number: String(found.length - shown),
          })}
        </Button>
      )}
      {evidence && evidence.remarks.length > 0 && (
        <Alert severity="warning" sx={{ mt: 1, overflowWrap: 'anywhere' }}>
          {evidence.remarks.map(text => (
            <Box key={text}>{text}</Box>
          ))}
        </Alert>
      )}
      {evidence && candidates.length > 0 && <WithoutRows evidence={evidence} />}
      <DataWarnings comparison={comparison} />
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

/** Why differences have no interval, version by version, and what would give them one. */
function WithoutRows(props: { evidence: ComparedEvidence }) {
  const { withoutRows } = props.evidence;
  const { t } = useTranslationRef(versionTranslationRef);
  return withoutRows.length === 0 ? null : (
    <Box sx={{ mt: 1 }}>
      {withoutRows.map(({ version, why }) => (
        <Nothing key={version}>
          {t('compare.metrics.withoutRows', { version, why })}
        </Nothing>
      ))}
      <Nothing>
        {t('compare.metrics.noCall')}
        {withoutRows.some(({ rowsAtHand }) => !rowsAtHand) &&
          ` ${t('compare.metrics.pushRows')}`}
      </Nothing>
    </Box>
  );
}

function toRows(
  comparison: Comparison,
  evidence: ComparedEvidence | undefined,
): CsvCell[][] {
  return [
    [
      'metric',
      'slice',
      'direction',
      'version',
      'value',
      'delta',
      'comparability',
      'call',
      'dataset',
      'evaluationSet',
      'n',
      'lower',
      'upper',
      'evidence',
      'rowsDifference',
      'rowsLower',
      'rowsUpper',
      'rowsN',
      'rowsMethod',
    ],
    ...withRowMetrics(comparison, evidence).flatMap(metric =>
      metric.values.map((value, place): CsvCell[] => {
        const { version, measurement, delta, comparability } = value;
        const rows = differenceOf(evidence, metric, version);
        return [
          metric.key,
          metric.slice,
          metric.direction,
          version,
          measurement?.value,
          delta,
          comparability,
          place === 0 || (delta === null && !rows)
            ? null
            : callOf(value, metric.direction, rows),
          measurement?.dataset?.name,
          measurement?.evaluationSet?.id,
          measurement?.n,
          measurement?.lower,
          measurement?.upper,
          measurement?.evidence,
          rows?.difference,
          rows?.lower,
          rows?.upper,
          rows?.n,
          rows?.method,
        ];
      }),
    ),
  ];
}
