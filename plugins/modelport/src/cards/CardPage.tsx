import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import GlobalStyles from '@mui/material/GlobalStyles';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { lazy, Suspense } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CodeLine } from '../components/CodeLine';
import { FailedState } from '../components/FailedState';
import { cardTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { CardDifference } from './CardDifference';
import { CardFields } from './CardFields';
import { CardOrigins } from './CardOrigins';
import { CardToolbar } from './CardToolbar';
import { CompletenessSection } from './CompletenessSection';
import { ContradictionsAlert } from './ContradictionsAlert';
import { isWritten } from './isWritten';
import { PRINT_STYLES, PRINTED } from './printed';
import { PrintedHead } from './PrintedHead';
import { useCardView } from './useCardView';

const CardExplanations = lazy(() => import('../explanations/CardExplanations'));

/** One version's card with what is missing and contradicted, and its difference to another version's. */
export function CardPage(props: { model: Model; version: string }) {
  const { model, version } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const api = useApi(modelportApiRef);
  const view = useCardView();
  const id = { source: model.source, name: model.name };
  const { value, error, retry } = useLoad(JSON.stringify([id, version]), () =>
    api.getCard(id, version),
  );
  return (
    <Box
      id={PRINTED}
      sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}
    >
      <GlobalStyles styles={PRINT_STYLES} />
      {value && <PrintedHead model={model} version={version} card={value} />}
      <Box
        className="modelport-not-printed"
        sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2 }}
      >
        <Typography
          variant="h5"
          component="h2"
          sx={{ mb: 0, flexGrow: 1, overflowWrap: 'anywhere' }}
        >
          {t('title', { version })}
        </Typography>
        <CardOrigins
          id={id}
          version={version}
          repository={repositoryOf(value?.fields.code?.value)}
        />
      </Box>
      <CardToolbar model={model} version={version} />
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && (
        <Box role="status" aria-label={tComponent('loading')}>
          <Skeleton variant="rectangular" height={140} sx={{ mb: 2 }} />
          <Skeleton variant="rectangular" height={480} />
        </Box>
      )}
      {value && view.baseline !== undefined && view.baseline !== version && (
        <CardDifference
          id={id}
          version={version}
          card={value}
          baseline={view.baseline}
        />
      )}
      {value && (
        <>
          <ContradictionsAlert
            contradictions={value.contradictions}
            version={version}
          />
          {!isWritten(value) && (
            <Alert severity="info" className="modelport-not-printed">
              <AlertTitle>{t('unwritten.title')}</AlertTitle>
              <Box sx={{ mb: 1 }}>{t('unwritten.text')}</Box>
              <CodeLine code='mlflow.log_artifact("MODEL_CARD.md")' />
            </Alert>
          )}
          <CompletenessSection
            model={model}
            version={version}
            card={value}
            onAttested={retry}
          />
          <CardFields
            id={id}
            card={value}
            version={version}
            onWithdrawn={retry}
          />
          <Suspense fallback={null}>
            <CardExplanations
              model={model}
              version={version}
              baseline={view.baseline}
            />
          </Suspense>
        </>
      )}
    </Box>
  );
}

/** The address in what a card says of its code, which may name a commit behind it. */
function repositoryOf(code: unknown): string | undefined {
  return typeof code === 'string' ? code.split(', commit ')[0] : undefined;
}
