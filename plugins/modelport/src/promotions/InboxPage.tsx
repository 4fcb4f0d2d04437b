import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { LinkButton } from '../components/LinkButton';
import { Pager } from '../components/Pager';
import { TableSkeleton } from '../components/TableSkeleton';
import { promotionTranslationRef } from './messages';
import { modelTranslationRef } from '../models/messages';
import { InboxFilters } from './InboxFilters';
import { InboxTable } from './InboxTable';
import { InboxView, toInboxQuery, useInboxView } from './inboxView';
import { STEPPED, useStepBack } from './useStepBack';
import { usePromotionPaths } from './usePromotionPaths';
import { usePromotionSignal } from './usePromotionSignal';

/** Promotions that wait for the reader, and all others. */
export function InboxPage() {
  const { t } = useTranslationRef(promotionTranslationRef);
  const { t: tModel } = useTranslationRef(modelTranslationRef);
  const api = useApi(modelportApiRef);
  const paths = usePromotionPaths();
  const { view, change, search } = useInboxView();
  const stepBack = useStepBack();
  const query = toInboxQuery(view);
  const page = useLoad(JSON.stringify(query), () => api.listPromotions(query), {
    keepPrevious: true,
  });
  const counts = useLoad('counts', () => api.countPromotions());
  usePromotionSignal(() => {
    page.retry();
    counts.retry();
  });
  const { value, error } = page;
  const next = value?.nextCursor;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pb: 3 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Typography color="text.secondary" sx={{ flexGrow: 1 }}>
          {t('inbox.intro')}
        </Typography>
        {paths && (
          <LinkButton size="small" to={paths.audit}>
            {t('inbox.toAudit')}
          </LinkButton>
        )}
      </Box>
      <InboxFilters
        view={view}
        change={change}
        search={search}
        counts={counts.value}
        environments={value?.items.map(({ environment }) => environment) ?? []}
      />
      {error && (
        <FailedState error={error} retry={page.retry} hasOldData={!!value} />
      )}
      {!value && !error && <TableSkeleton rows={8} rowHeight={64} />}
      {value && value.items.length > 0 && (
        <Paper variant="outlined">
          <InboxTable promotions={value.items} busy={page.loading} />
          <Box sx={{ px: 2 }}>
            <Pager
              labels={{
                first: tModel('page.first'),
                previous: tModel('page.previous'),
                next: tModel('page.next'),
              }}
              toFirst={view.cursor ? () => change({}) : undefined}
              toPrevious={view.cursor ? stepBack : undefined}
              toNext={
                next
                  ? () => change({ cursor: next }, { state: STEPPED })
                  : undefined
              }
            >
              <span aria-live="polite">
                {t('inbox.total', { count: value.totalItems })}
              </span>
            </Pager>
          </Box>
        </Paper>
      )}
      {value?.items.length === 0 && <NothingHere view={view} change={change} />}
    </Box>
  );
}

function NothingHere(props: {
  view: InboxView;
  change: (part: Partial<InboxView>) => void;
}) {
  const { view, change } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const isNarrowed =
    view.states.length > 0 || view.environments.length > 0 || view.model !== '';
  if (isNarrowed) {
    return (
      <EmptyState
        title={t('inbox.nothingFound.title')}
        text={t('inbox.nothingFound.text')}
      >
        <Button
          variant="outlined"
          onClick={() => change({ states: [], environments: [], model: '' })}
        >
          {t('inbox.nothingFound.reset')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t(`inbox.empty.${view.scope}`)}
      text={t('inbox.empty.text')}
    >
      {view.scope !== 'all' && (
        <Button variant="outlined" onClick={() => change({ scope: 'all' })}>
          {t('inbox.empty.showAll')}
        </Button>
      )}
    </EmptyState>
  );
}
