import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ReasonCodeDictionary,
  ReasonCodeRevision,
  reasonCodesBody,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { Loaded, useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { formatFigure } from '../components/formatFigure';
import { Nothing, Section } from '../components/Section';
import { DictionaryHistory } from './DictionaryHistory';
import { DictionaryProblems } from './DictionaryProblems';
import { DictionaryProposal } from './DictionaryProposal';
import { DictionaryTable } from './DictionaryTable';
import { FindingAlert } from './FindingAlert';
import { explanationTranslationRef } from './messages';

const DictionaryEditor = lazy(() => import('./DictionaryEditor'));

/** The dictionary of reason codes that counts, what is proposed in its place, and how it came about. */
export default function DictionarySection(props: {
  id: ModelId;
  version: string;
  current: Loaded<ReasonCodeDictionary | null>;
}) {
  const { id, version, current } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const [editing, setEditing] = useState(false);
  const revisions = useLoad(JSON.stringify(id), () =>
    api.listReasonCodeRevisions(id),
  );
  const read = reasonCodesBody.safeParse(current.value?.dictionary);
  const proposals =
    revisions.value?.items.filter(({ state }) => state === 'proposed') ?? [];
  const changed = () => {
    setEditing(false);
    current.retry();
    revisions.retry();
  };
  const title = t('dictionary.title');
  return (
    <Section
      title={title}
      actions={
        revisions.value?.mayPropose &&
        !editing && (
          <Button size="small" onClick={() => setEditing(true)}>
            {t('dictionary.edit')}
          </Button>
        )
      }
    >
      {current.error && (
        <FailedState error={current.error} retry={current.retry} />
      )}
      {revisions.error && (
        <FailedState error={revisions.error} retry={revisions.retry} />
      )}
      {current.value === undefined && !current.error && (
        <Skeleton variant="rectangular" height={120} />
      )}
      {current.value === null && <Nothing>{t('dictionary.none')}</Nothing>}
      {current.value?.finding && (
        <FindingAlert
          id={id}
          version={version}
          finding={current.value.finding}
          mayClose={revisions.value?.mayConfirm ?? false}
          onClosed={current.retry}
        />
      )}
      {current.value && read.success && (
        <>
          <Typography variant="body2" sx={{ mb: 1 }}>
            {current.value.revision === null
              ? t('dictionary.fromFile', { version: current.value.version })
              : t('dictionary.fromPortal', {
                  version: current.value.version,
                  revision: String(current.value.revision),
                })}{' '}
            {t('dictionary.measured', {
              baseline: read.data.baseline,
              adverse: t(`dictionary.adverse.${read.data.adverse}`),
            })}{' '}
            {typeof read.data.cutoff === 'number' &&
              t('dictionary.cutoff', {
                cutoff: formatFigure(read.data.cutoff),
              })}
          </Typography>
          <Typography variant="body2" sx={{ mb: 1, overflowWrap: 'anywhere' }}>
            {read.data.why
              ? t('dictionary.why', { why: read.data.why })
              : t('dictionary.whyNotSaid')}
          </Typography>
          <DictionaryTable dictionary={read.data} />
        </>
      )}
      {current.value && (
        <DictionaryProblems problems={current.value.problems} />
      )}
      {editing && (
        <Suspense fallback={<Skeleton variant="rectangular" height={320} />}>
          <DictionaryEditor
            id={id}
            version={version}
            start={current.value?.dictionary ?? null}
            onCancel={() => setEditing(false)}
            onProposed={changed}
          />
        </Suspense>
      )}
      {proposals.map((proposal: ReasonCodeRevision) => (
        <DictionaryProposal
          key={proposal.revision}
          id={id}
          proposal={proposal}
          current={read.success ? read.data : null}
          mayConfirm={revisions.value?.mayConfirm ?? false}
          onDecided={changed}
        />
      ))}
      {(revisions.value?.items.length ?? 0) > 0 && (
        <Box sx={{ mt: 2 }}>
          <DictionaryHistory items={revisions.value?.items ?? []} />
        </Box>
      )}
    </Section>
  );
}
