import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ComparedEvidence,
  Comparison,
  Promotion,
  Version,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { ReactNode, useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { FailedState } from '../components/FailedState';
import { LongText } from '../components/LongText';
import { Quiet } from '../components/Quiet';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { VersionLink } from '../models/VersionLink';
import { promotionTranslationRef } from './messages';
import { ComparedMetricCell } from '../versions/ComparedMetricCell';
import { differenceOf } from '../versions/differenceOf';
import { metricRank } from '../versions/metricKeys';
import { OPEN_STATES } from './inboxView';
import { SignatureChanges } from '../versions/SignatureChanges';

const SHOWN_FIRST = 8;

/** Of a parameter, such as a list of features, is shown at first. */
const PARAM_LENGTH = 120;

const FACTS: ReadonlyArray<{
  name: 'created' | 'author' | 'commit' | 'data' | 'framework';
  of: (version: Version) => ReactNode;
}> = [
  {
    name: 'created',
    of: ({ createdAt }) => createdAt && <Age time={createdAt} />,
  },
  { name: 'author', of: ({ author }) => author },
  { name: 'commit', of: ({ sourceCode }) => sourceCode?.commit },
  {
    name: 'data',
    of: ({ datasets }) =>
      datasets.length > 0 &&
      datasets.map(({ name, context }) => (
        <Box key={`${name} ${context}`}>
          {[name, context && `(${context})`].filter(Boolean).join(' ')}
        </Box>
      )),
  },
  { name: 'framework', of: ({ framework }) => framework },
];

/** The candidate beside the version that it would replace. */
export function SideBySideSection(props: {
  promotion: Promotion;
  entityRef: string | undefined;
  /** Shown first. */
  mainMetric: string | undefined;
}) {
  const { promotion, entityRef, mainMetric } = props;
  const { source, name, version, fromVersion } = promotion;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const versions =
    fromVersion === null || fromVersion === version
      ? undefined
      : [fromVersion, version];
  const { value, error, retry } = useLoad(
    versions && JSON.stringify([source, name, versions]),
    () => api.compareVersions({ source, name }, versions ?? []),
  );
  const evidence = useLoad(
    versions && JSON.stringify(['evidence', source, name, versions]),
    () => api.compareEvidence({ source, name }, versions ?? []),
  );
  return (
    <>
      <Section title={t('compare.title')}>
        {!versions && (
          <Nothing>
            {t('compare.alone')}{' '}
            {entityRef && (
              <VersionLink entityRef={entityRef} version={version}>
                {t('compare.toVersion', { version })}
              </VersionLink>
            )}
          </Nothing>
        )}
        {error && <FailedState error={error} retry={retry} />}
        {versions && !value && !error && <TableSkeleton rows={6} />}
        {value && (
          <Compared
            comparison={value}
            evidence={evidence.error ? undefined : evidence.value ?? 'pending'}
            entityRef={entityRef}
            mainMetric={mainMetric}
            isOpen={OPEN_STATES.includes(promotion.state)}
          />
        )}
      </Section>
      {value && <SignatureChanges comparison={value} />}
    </>
  );
}

function Compared(props: {
  comparison: Comparison;
  /** What rows say of the differences; undefined where that is not known. */
  evidence: ComparedEvidence | 'pending' | undefined;
  entityRef: string | undefined;
  mainMetric: string | undefined;
  /** Whether it is still to be decided. */
  isOpen: boolean;
}) {
  const { comparison, evidence, entityRef, mainMetric, isOpen } = props;
  // What is decided may have taken its place.
  const first = isOpen ? 'compare.live' : 'compare.replaced';
  const { t } = useTranslationRef(promotionTranslationRef);
  const { versions, warnings } = comparison;
  const metrics = comparison.metrics
    .filter(({ slice, values }) => !slice && values.some(v => v.measurement))
    .sort(
      (a, b) =>
        Number(b.key === mainMetric) - Number(a.key === mainMetric) ||
        metricRank(a.key) - metricRank(b.key),
    );
  const [shown, setShown] = useState(SHOWN_FIRST);
  // What a warning names has to be seen.
  const shownMetrics = metrics.filter(
    ({ key }, place) =>
      place < shown || warnings.some(warning => warning.includes(key)),
  );
  const params = comparison.params.filter(({ differs }) => differs);
  return (
    <>
      {warnings.map(warning => (
        <Alert key={warning} severity="warning" sx={{ mb: 1 }}>
          {warning}
        </Alert>
      ))}
      <ScrollTable caption={t('compare.table')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('compare.what')}</TableCell>
            {versions.map(({ version }, place) => (
              <TableCell key={version}>
                {t(place === 0 ? first : 'compare.candidate')}{' '}
                {entityRef ? (
                  <VersionLink entityRef={entityRef} version={version} />
                ) : (
                  version
                )}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {FACTS.map(({ name, of }) => (
            <Row key={name} title={t(`compare.facts.${name}`)}>
              {versions.map(version => (
                <TableCell
                  key={version.version}
                  sx={{ overflowWrap: 'anywhere' }}
                >
                  {of(version) ?? <Quiet>–</Quiet>}
                </TableCell>
              ))}
            </Row>
          ))}
          {shownMetrics.map(metric => (
            <Row key={`metric ${metric.key}`} title={metric.key}>
              {metric.values.map((value, place) => (
                <TableCell key={value.version} sx={{ verticalAlign: 'top' }}>
                  <ComparedMetricCell
                    value={value}
                    direction={metric.direction}
                    isBaseline={place === 0}
                    baseline={metric.values[0]}
                    onRows={
                      evidence === 'pending'
                        ? 'pending'
                        : differenceOf(evidence, metric, value.version)
                    }
                  />
                </TableCell>
              ))}
            </Row>
          ))}
          {params.slice(0, shown).map(({ key, values }) => (
            <Row key={`param ${key}`} title={t('compare.param', { key })}>
              {values.map((value, place) => (
                <TableCell
                  key={versions[place].version}
                  sx={{ verticalAlign: 'top', minWidth: 120 }}
                >
                  {value === null ? (
                    <Quiet>–</Quiet>
                  ) : (
                    <LongText text={value} limit={PARAM_LENGTH} />
                  )}
                </TableCell>
              ))}
            </Row>
          ))}
        </TableBody>
      </ScrollTable>
      {Math.max(metrics.length, params.length) > shown && (
        <Button size="small" onClick={() => setShown(Infinity)}>
          {t('compare.more')}
        </Button>
      )}
    </>
  );
}

function Row(props: { title: string; children: ReactNode }) {
  return (
    <TableRow>
      <TableCell
        component="th"
        scope="row"
        sx={{ verticalAlign: 'top', overflowWrap: 'anywhere' }}
      >
        {props.title}
      </TableCell>
      {props.children}
    </TableRow>
  );
}
