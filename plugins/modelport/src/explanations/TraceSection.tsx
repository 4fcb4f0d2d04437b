import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ExplanationTrace } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Skeleton from '@mui/material/Skeleton';
import { lazy, Suspense } from 'react';
import { Loaded } from '../api/useLoad';
import { ChartFigure } from '../components/ChartFigure';
import { FailedState } from '../components/FailedState';
import { formatFigure } from '../components/formatFigure';
import { Section } from '../components/Section';
import { explanationTranslationRef } from './messages';

const TracePlot = lazy(() => import('../charts/TracePlot'));

/** Lines that can be told apart; the table and the CSV hold all. */
const MOST_LINES = 6;

/** The importance of each feature across all versions. */
export default function TraceSection(props: {
  trace: Loaded<ExplanationTrace>;
}) {
  const { value, error, retry } = props.trace;
  const { t } = useTranslationRef(explanationTranslationRef);
  if (value && value.versions.length < 2) {
    return null;
  }
  const versions = value?.versions.map(({ version }) => version) ?? [];
  const shown = value?.features.slice(0, MOST_LINES) ?? [];
  const title = t('trace.title');
  return (
    <Section title={title}>
      {error && <FailedState error={error} retry={retry} />}
      {!value && !error && <Skeleton variant="rectangular" height={280} />}
      {value?.warnings.map(warning => (
        <Alert severity="warning" key={warning} sx={{ mb: 1 }}>
          {warning}
        </Alert>
      ))}
      {value && (
        <ChartFigure
          title={title}
          summary={t('trace.summary', {
            versions: String(versions.length),
            first: versions[0],
            last: versions[versions.length - 1],
            features: shown.map(({ name }) => name).join(', '),
          })}
          columns={[
            t('importance.feature'),
            ...versions.flatMap(version => [
              t('compare.rankOf', { version }),
              t('compare.meanOf', { version }),
            ]),
          ]}
          rows={() =>
            value.features.map(feature => [
              feature.name,
              ...versions.flatMap((_version, place) => [
                feature.ranks[place],
                feature.meanAbs[place],
              ]),
            ])
          }
        >
          <Suspense fallback={<Skeleton variant="rectangular" height={280} />}>
            <TracePlot
              steps={versions}
              lines={shown.map(({ name, meanAbs }) => ({
                name,
                values: meanAbs,
              }))}
              xLabel={t('version')}
              yLabel={t('importance.meanAbs')}
              format={formatFigure}
            />
          </Suspense>
        </ChartFigure>
      )}
    </Section>
  );
}
