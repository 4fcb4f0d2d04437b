import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Promotion } from '@modelport/plugin-modelport-common';
import BackIcon from '@mui/icons-material/ArrowBack';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { LinkButton } from '../components/LinkButton';
import { promotionTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { AuditSection } from './AuditSection';
import { ChangedBanner } from './ChangedBanner';
import { ConditionsSection } from './ConditionsSection';
import { ConversationSection } from './ConversationSection';
import { DecisionSection } from './DecisionSection';
import { ExecutionSection } from './ExecutionSection';
import { FrozenSection } from './FrozenSection';
import { GatesSection } from './GatesSection';
import { ReviewHead } from './ReviewHead';
import { RolloutSection } from './RolloutSection';
import { SideBySideSection } from './SideBySideSection';
import { PromotionControl, usePromotion } from './usePromotion';
import { usePromotionPaths } from './usePromotionPaths';

/** Everything that is needed to decide on a promotion, and what became of it. */
export function ReviewPage(props: { id: string }) {
  const { t } = useTranslationRef(promotionTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const paths = usePromotionPaths();
  const control = usePromotion(props.id);
  const { value, error, retry } = control.loaded;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pb: 3 }}>
      {paths && (
        <Box>
          <LinkButton size="small" to={paths.list} startIcon={<BackIcon />}>
            {t('review.back')}
          </LinkButton>
        </Box>
      )}
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && (
        <Box role="status" aria-label={tComponent('loading')}>
          <Skeleton variant="rectangular" height={140} sx={{ mb: 2 }} />
          <Skeleton variant="rectangular" height={420} />
        </Box>
      )}
      {value && <Loaded promotion={value} control={control} />}
    </Box>
  );
}

function Loaded(props: { promotion: Promotion; control: PromotionControl }) {
  const { promotion, control } = props;
  const { looked, isNew, look, refusal } = control;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const { source, name } = promotion;
  const model = useLoad(JSON.stringify([source, name]), () =>
    api.getModel({ source, name }),
  );
  return (
    <>
      {isNew && looked && (
        <ChangedBanner
          before={looked}
          after={promotion}
          refusal={refusal}
          onLook={look}
        />
      )}
      {refusal && !isNew && (
        <Alert severity="error" role="alert">
          {t(refusal.isConflict ? 'review.conflict' : 'review.refused', {
            message: refusal.message,
          })}
        </Alert>
      )}
      <ReviewHead
        promotion={promotion}
        entityRef={model.value?.entityRef}
        control={control}
      />
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            lg: 'minmax(0, 5fr) minmax(300px, 2fr)',
          },
          alignItems: 'start',
        }}
      >
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            minWidth: 0,
            gridColumn: { lg: 2 },
            gridRow: { lg: '1 / span 2' },
          }}
        >
          <DecisionSection promotion={promotion} control={control} />
          <RolloutSection promotion={promotion} control={control} />
          <ExecutionSection promotion={promotion} control={control} />
          <ConditionsSection promotion={promotion} control={control} />
        </Box>
        <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
          <GatesSection promotion={promotion} control={control} />
          <SideBySideSection
            promotion={promotion}
            entityRef={model.value?.entityRef}
            mainMetric={model.value?.mainMetric?.key}
          />
          <FrozenSection
            promotion={promotion}
            entityRef={model.value?.entityRef}
          />
          <ConversationSection promotion={promotion} control={control} />
          <AuditSection promotion={promotion} />
        </Box>
      </Box>
    </>
  );
}
