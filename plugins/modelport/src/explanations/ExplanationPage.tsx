import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { lazy, Suspense } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CodeLine } from '../components/CodeLine';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { EmptyUnlessUnread } from '../evidence/EmptyUnlessUnread';
import { findExplanation, findReasonCodes } from './findExplanation';
import { explanationTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { comparedVersion } from './comparedVersion';
import { CompareSection } from './CompareSection';
import { ExplanationFacts } from './ExplanationFacts';
import { ExplanationToolbar } from './ExplanationToolbar';
import { ImportanceSection } from './ImportanceSection';
import { RowsSections } from './RowsSections';
import { useExplanationView } from './useExplanationView';
import { WhatIfSection } from './WhatIfSection';

const DictionarySection = lazy(() => import('./DictionarySection'));
const TraceSection = lazy(() => import('./TraceSection'));

/** What a version without an explanation has of one. */
const UNEXPLAINED = { classes: [], features: [], groups: [] };

/** Tasks whose models give a probability, which is what is explained of them. */
const WITH_PROBABILITY: ReadonlyArray<string | null> = ['binary', 'multiclass'];

/** One version's explanation: what drives it, row by row where that may be read, and what if. */
export function ExplanationPage(props: { model: Model; version: string }) {
  const { model, version } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const api = useApi(modelportApiRef);
  const { view } = useExplanationView();
  const id = { source: model.source, name: model.name };
  const { value, error, retry } = useLoad(
    JSON.stringify([id, version, view.class]),
    () => findExplanation(api, id, version, view.class),
    { keepPrevious: true },
  );
  const trace = useLoad(
    JSON.stringify([id, view.class]),
    () => api.traceExplanations(id, view.class),
    { keepPrevious: true },
  );
  const explainable = useLoad(JSON.stringify([id, version]), () =>
    api.getExplainableModel(id, version),
  );
  const dictionary = useLoad(JSON.stringify([id, version]), () =>
    findReasonCodes(api, id, version),
  );
  const compared = comparedVersion({
    chosen: view.compare,
    version,
    environments: model.environments,
    explained: trace.value?.versions,
  });
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
      <Typography
        variant="h5"
        component="h2"
        sx={{ mb: 0, overflowWrap: 'anywhere' }}
      >
        {t('title', { version })}
      </Typography>
      <ExplanationToolbar
        model={model}
        version={version}
        compared={compared}
        classes={value?.classes ?? []}
      />
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {value === undefined && !error && (
        <Box role="status" aria-label={tComponent('loading')}>
          <Skeleton variant="rectangular" height={110} sx={{ mb: 2 }} />
          <Skeleton variant="rectangular" height={320} />
        </Box>
      )}
      {value === null && (
        <EmptyUnlessUnread id={id} version={version} onRead={retry}>
          <EmptyState
            title={t('none.title', { version })}
            text={t('none.text')}
          >
            <CodeLine
              code={`mlflow.shap.log_explanation(model.${
                WITH_PROBABILITY.includes(model.task)
                  ? 'predict_proba'
                  : 'predict'
              }, background)`}
            />
            {explainable.value?.computable && (
              <Typography variant="body2" sx={{ mt: 1 }}>
                {t('none.computable')}
              </Typography>
            )}
          </EmptyState>
        </EmptyUnlessUnread>
      )}
      {value && (
        <>
          <ExplanationFacts explanation={value} />
          {value.additivity.ok === false && (
            <Alert severity="error">{t('notAdditive')}</Alert>
          )}
          {value.warnings.map(warning => (
            <Alert severity="info" key={warning}>
              {warning}
            </Alert>
          ))}
          <ImportanceSection explanation={value} />
          {compared && (
            <CompareSection id={id} version={version} baseline={compared} />
          )}
          {value.hasRows && (
            <RowsSections
              id={id}
              version={version}
              explanation={value}
              dictionary={dictionary}
            />
          )}
        </>
      )}
      <Suspense fallback={<Skeleton variant="rectangular" height={120} />}>
        <TraceSection trace={trace} />
        <DictionarySection id={id} version={version} current={dictionary} />
      </Suspense>
      <WhatIfSection
        id={id}
        version={version}
        explainable={explainable}
        rowsAreShown={!!view.row}
        explanation={value ?? UNEXPLAINED}
        dictionary={dictionary}
      />
    </Box>
  );
}
