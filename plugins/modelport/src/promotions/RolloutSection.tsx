import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Promotion,
  PromotionRollout,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { ReactNode, useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { QuietLine } from '../components/Quiet';
import { Section } from '../components/Section';
import { FormDialog } from './FormDialog';
import { promotionTranslationRef } from './messages';
import { ReasonField } from './ReasonField';
import { RolloutPlan } from './RolloutPlan';
import { Shares } from './Shares';
import { PromotionControl } from './usePromotion';
import { useReadAgain } from '../api/useReadAgain';

const POLL_MS = 10_000;

/** How a version comes to have everything that comes to its environment, and the ways on and back. */
export function RolloutSection(props: {
  promotion: Promotion;
  control: PromotionControl;
}) {
  const { promotion, control } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const { rollout, source, name, environment, revision } = promotion;
  const environments = useLoad(
    JSON.stringify([source, name, revision]),
    () => api.getEnvironments({ source, name }, {}),
    { keepPrevious: true },
  );
  const traffic = environments.value?.traffic;
  const observed =
    environments.value?.items.find(one => one.environment === environment)
      ?.observed ?? [];
  if (['refused', 'withdrawn', 'expired'].includes(promotion.state)) {
    return null;
  }
  return (
    <Section title={t('rollout.title')}>
      {rollout ? (
        <ByRollout promotion={promotion} rollout={rollout} control={control}>
          {rollout.shares.length > 0 && (
            <Shares shares={rollout.shares} observed={observed} />
          )}
        </ByRollout>
      ) : (
        <>
          <Box sx={{ typography: 'body2' }}>
            {t('rollout.direct', { environment })}
          </Box>
          {traffic && !traffic.possible && (
            <QuietLine>{traffic.message}</QuietLine>
          )}
        </>
      )}
    </Section>
  );
}

function ByRollout(props: {
  promotion: Promotion;
  rollout: PromotionRollout;
  control: PromotionControl;
  children: ReactNode;
}) {
  const { promotion, rollout, control, children } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const { version, state, environment } = promotion;
  const { abort, problem, waitsFor, heldUntil, step } = rollout;
  // Time alone lets it go on, and monitoring back.
  useReadAgain(waitsFor !== null, {
    loaded: control.loaded,
    milliseconds: POLL_MS,
  });
  return (
    <>
      <QuietLine>{t(`rollout.kinds.${rollout.kind}`)}</QuietLine>
      <RolloutPlan
        plan={rollout}
        version={version}
        progress={rollout}
        isLive={['live', 'superseded'].includes(state)}
      />
      {children}
      {waitsFor === 'time' && heldUntil && (
        <Box sx={{ typography: 'body2', mt: 1 }}>
          {t('rollout.waitsFor.time', { time: <Age time={heldUntil} /> })}
        </Box>
      )}
      {(waitsFor === 'person' || waitsFor === 'registry') && (
        <Box sx={{ typography: 'body2', mt: 1 }}>
          {t(`rollout.waitsFor.${waitsFor}`)}
        </Box>
      )}
      {problem && (
        <Alert severity="warning" sx={{ mt: 1 }}>
          {t('rollout.problem', { reason: problem })}
        </Alert>
      )}
      {state === 'failed' && step > 0 && !abort && (
        <Alert severity="warning" sx={{ mt: 1 }}>
          {t('rollout.left', { environment })}
        </Alert>
      )}
      {abort && (
        <Alert severity="warning" sx={{ mt: 1, overflowWrap: 'anywhere' }}>
          {t('rollout.aborted', {
            by: <EntityText text={abort.by} defaultKind="user" />,
            time: <Age time={abort.at} />,
            reason: abort.reason,
          })}
        </Alert>
      )}
      <RolloutButtons
        promotion={promotion}
        rollout={rollout}
        control={control}
      />
    </>
  );
}

function RolloutButtons(props: {
  promotion: Promotion;
  rollout: PromotionRollout;
  control: PromotionControl;
}) {
  const { promotion, rollout, control } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const [aborting, setAborting] = useState(false);
  const [reason, setReason] = useState('');
  const { id, revision, actions, fromVersion } = promotion;
  const { steps, step } = rollout;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}>
      {actions?.next.allowed && (
        <Button
          size="small"
          variant="contained"
          disabled={control.busy}
          onClick={() =>
            control.act(() => api.goOnWithPromotion(id, { revision }))
          }
        >
          {step < steps.length
            ? t('rollout.goOn.step', { number: String(step + 1) })
            : t('rollout.goOn.last')}
        </Button>
      )}
      {actions?.abort.allowed && (
        <Button
          size="small"
          color="warning"
          variant="outlined"
          disabled={control.busy}
          onClick={() => setAborting(true)}
        >
          {t('rollout.abort.button')}
        </Button>
      )}
      {aborting && (
        <FormDialog
          title={t('rollout.abort.title', { version: fromVersion ?? '' })}
          text={t('rollout.abort.text')}
          send={t('rollout.abort.send')}
          colour="warning"
          disabled={control.busy || !reason.trim()}
          error={control.refusal?.message}
          onClose={() => setAborting(false)}
          onSend={async () => {
            const isDone = await control.act(() =>
              api.abortPromotion(id, { reason: reason.trim() }),
            );
            if (isDone) {
              setAborting(false);
            }
          }}
        >
          <ReasonField
            label={t('rollout.abort.reason')}
            value={reason}
            onChange={setReason}
          />
        </FormDialog>
      )}
    </Box>
  );
}
