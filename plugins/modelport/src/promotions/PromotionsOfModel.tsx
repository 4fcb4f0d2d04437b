import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { LinkButton } from '../components/LinkButton';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { promotionTranslationRef } from './messages';
import { EnvironmentsTimeline } from './EnvironmentsTimeline';
import { InboxTable } from './InboxTable';
import { ReachOfOpen } from './ReachOfOpen';
import { usePromotionPaths } from './usePromotionPaths';
import { usePromotionSignal } from './usePromotionSignal';

const SHOWN = 20;

/** What is and was live of a model, and every promotion of it. */
export function PromotionsOfModel(props: { id: ModelId }) {
  const { id } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const paths = usePromotionPaths();
  const model = `${id.source}/${id.name}`;
  const { value, error, loading, retry } = useLoad(
    model,
    () => api.listPromotions({ model, limit: SHOWN }),
    { keepPrevious: true },
  );
  usePromotionSignal(retry);
  const newest = value?.items[0]?.updatedAt;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
      <EnvironmentsTimeline id={id} changed={newest} />
      <Section
        title={t('ofModel.title')}
        actions={
          paths &&
          value &&
          value.totalItems > value.items.length && (
            <LinkButton
              size="small"
              to={`${paths.list}?${new URLSearchParams({
                show: 'all',
                model,
              })}`}
            >
              {t('ofModel.all', { count: value.totalItems })}
            </LinkButton>
          )
        }
      >
        {error && (
          <FailedState error={error} retry={retry} hasOldData={!!value} />
        )}
        {!value && !error && <TableSkeleton rows={4} />}
        {value?.items.length === 0 && <Nothing>{t('ofModel.empty')}</Nothing>}
        {value && value.items.length > 0 && (
          <>
            <ReachOfOpen promotions={value.items} />
            <InboxTable promotions={value.items} busy={loading} ofOneModel />
          </>
        )}
      </Section>
    </Box>
  );
}
