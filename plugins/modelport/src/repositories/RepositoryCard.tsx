import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { RepositoryScorecard } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { ExternalLink } from '../components/ExternalLink';
import { FailedState, statusOf } from '../components/FailedState';
import { Nothing, Section } from '../components/Section';
import { ShareBar } from '../components/ShareBar';
import { useModelIdOfEntity } from '../models/useModelOfEntity';
import { FindingsList } from './FindingsList';
import { repositoryTranslationRef } from './messages';
import { TemplateState } from './TemplateState';
import { UnreadState } from './UnreadState';

/** How far the model's repository follows the standard, what mends the rest, and the update of its template. */
export function RepositoryCard() {
  const { t } = useTranslationRef(repositoryTranslationRef);
  const api = useApi(modelportApiRef);
  const of = useModelIdOfEntity();
  const [asked, setAsked] = useState(0);
  const id = of.value;
  const { value, error, loading, retry } = useLoad(
    id && JSON.stringify([id, asked]),
    () =>
      api.getRepository(id ?? { source: '', name: '' }, { again: asked > 0 }),
    { keepPrevious: true },
  );
  const failed = of.error ?? error;
  if (failed && isNotFound(failed)) {
    return (
      <Section title={t('title')}>
        <Nothing>{t('notListed')}</Nothing>
      </Section>
    );
  }
  return (
    <Section
      title={t('title')}
      actions={
        value?.url && (
          <Button
            size="small"
            disabled={loading}
            onClick={() => setAsked(asked + 1)}
          >
            {t('again')}
          </Button>
        )
      }
    >
      {failed && (
        <FailedState
          error={failed}
          retry={of.error ? of.retry : retry}
          hasOldData={value !== undefined}
        />
      )}
      {!value && !failed && <Skeleton variant="rectangular" height={120} />}
      {value && (
        <>
          {value.state === 'read' ? (
            <Scorecard card={value} />
          ) : (
            <UnreadState card={value} name={id?.name ?? ''} />
          )}
          {value.url && (
            <Typography variant="body2" component="p" sx={{ mt: 1.5 }}>
              <ExternalLink
                url={value.cloneUrl ?? value.url}
                title={t('open')}
              />
              {value.readAt && (
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {' · '}
                  {t('readAt')} <Age time={value.readAt} />
                </Box>
              )}
            </Typography>
          )}
        </>
      )}
    </Section>
  );
}

function isNotFound(error: Error): boolean {
  return error.name === 'NotFoundError' || statusOf(error) === 404;
}

function Scorecard(props: { card: RepositoryScorecard }) {
  const { card } = props;
  const { t } = useTranslationRef(repositoryTranslationRef);
  const text = t('score', {
    holds: String(card.checks - card.findings.length),
    checks: String(card.checks),
  });
  return (
    <>
      <Box sx={{ typography: 'body2', mb: 0.5 }}>{text}</Box>
      <ShareBar share={card.score ?? 0} label={text} />
      {card.findings.length === 0 ? (
        <Typography variant="body2" sx={{ mt: 1 }}>
          {t('complete')}
        </Typography>
      ) : (
        <FindingsList findings={card.findings} />
      )}
      <TemplateState card={card} />
    </>
  );
}
