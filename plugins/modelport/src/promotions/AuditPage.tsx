import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { AuditVerification } from '@modelport/plugin-modelport-common';
import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { LinkButton } from '../components/LinkButton';
import { PageTitle } from '../components/Page';
import { Pager } from '../components/Pager';
import { TableSkeleton } from '../components/TableSkeleton';
import { promotionTranslationRef } from './messages';
import { modelTranslationRef } from '../models/messages';
import { AuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';
import {
  auditParams,
  auditQuery,
  AuditView,
  auditViewOf,
  isFiltered,
} from './auditView';
import { STEPPED, useStepBack } from './useStepBack';
import { usePromotionPaths } from './usePromotionPaths';
import { VerifyChain } from './VerifyChain';

const PAGE_SIZE = 50;

/** The audit chain: who did what when, and whether it was changed since. */
export function AuditPage() {
  const { t } = useTranslationRef(promotionTranslationRef);
  const { t: tModel } = useTranslationRef(modelTranslationRef);
  const api = useApi(modelportApiRef);
  const paths = usePromotionPaths();
  const [params, setParams] = useSearchParams();
  const stepBack = useStepBack();
  const [found, setFound] = useState<AuditVerification>();
  const address = params.toString();
  const view = useMemo(
    () => auditViewOf(new URLSearchParams(address)),
    [address],
  );
  const query = {
    ...auditQuery(view),
    cursor: params.get('cursor') ?? undefined,
    limit: PAGE_SIZE,
  };
  const { value, error, loading, retry } = useLoad(
    JSON.stringify(query),
    () => api.listAudit(query),
    { keepPrevious: true },
  );
  const toPage = useCallback(
    (part: AuditView, cursor?: string) =>
      setParams(
        before => ({
          ...auditParams({ ...auditViewOf(before), ...part }),
          ...(cursor && { cursor }),
        }),
        cursor ? { state: STEPPED } : { replace: true },
      ),
    [setParams],
  );
  const next = value?.nextCursor;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pb: 3 }}>
      <PageTitle title={t('audit.title')} />
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
      >
        {paths && (
          <LinkButton size="small" to={paths.list} startIcon={<BackIcon />}>
            {t('review.back')}
          </LinkButton>
        )}
        <Typography variant="h5" component="h1" sx={{ mb: 0, flexGrow: 1 }}>
          {t('audit.title')}
        </Typography>
      </Box>
      <Typography color="text.secondary">{t('audit.intro')}</Typography>
      <VerifyChain onVerified={setFound} />
      <AuditFilters view={view} change={toPage} />
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && <TableSkeleton rows={10} />}
      {value?.items.length === 0 && (
        <EmptyState
          title={t('audit.emptyTitle')}
          text={t(isFiltered(view) ? 'audit.filters.nothing' : 'audit.empty')}
        />
      )}
      {value && value.items.length > 0 && (
        <Paper variant="outlined">
          <AuditTable
            entries={value.items}
            broken={found?.firstBroken}
            busy={loading}
          />
          <Box sx={{ px: 2 }}>
            <Pager
              labels={{
                first: tModel('page.first'),
                previous: tModel('page.previous'),
                next: tModel('page.next'),
              }}
              toFirst={query.cursor ? () => toPage({}) : undefined}
              toPrevious={query.cursor ? stepBack : undefined}
              toNext={next ? () => toPage({}, next) : undefined}
            >
              <span aria-live="polite">
                {t('audit.total', { count: value.totalItems })}
              </span>
            </Pager>
          </Box>
        </Paper>
      )}
    </Box>
  );
}
