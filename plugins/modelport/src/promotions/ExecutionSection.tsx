import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ExecutionStep, Promotion } from '@modelport/plugin-modelport-common';
import DoneIcon from '@mui/icons-material/CheckCircleOutline';
import FailedIcon from '@mui/icons-material/ErrorOutline';
import PendingIcon from '@mui/icons-material/RadioButtonUnchecked';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Age } from '../components/Age';
import { LongText } from '../components/LongText';
import { QuietLine } from '../components/Quiet';
import { Nothing, Section } from '../components/Section';
import { promotionTranslationRef } from './messages';
import { LiveNow } from './LiveNow';
import { RollbackDialog } from './RollbackDialog';
import { PromotionControl } from './usePromotion';
import { useReadAgain } from '../api/useReadAgain';

const POLL_MS = 2_000;

const ICONS = {
  done: [DoneIcon, 'success.main'],
  failed: [FailedIcon, 'error.main'],
  pending: [PendingIcon, 'text.secondary'],
} as const;

/** How far the registry was changed, what it says since, and the ways to try again and back. */
export function ExecutionSection(props: {
  promotion: Promotion;
  control: PromotionControl;
}) {
  const { promotion, control } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const [rollingBack, setRollingBack] = useState(false);
  const { id, state, execution, actions, environment, source, name } =
    promotion;
  const { waitsFor } = promotion.rollout ?? {};
  // What waits at a step changes nothing, maybe for days.
  const isHeld = waitsFor === 'time' || waitsFor === 'person';
  const isMoving = !isHeld && (state === 'approved' || state === 'executing');
  useReadAgain(isMoving, { loaded: control.loaded, milliseconds: POLL_MS });
  const isNotYet = execution.state === 'waiting' && !isMoving && !isHeld;
  return (
    <Section title={t('execution.title')}>
      {isNotYet && <Nothing>{t('execution.notYet')}</Nothing>}
      {isMoving && (
        <LinearProgress aria-label={t('execution.running')} sx={{ mb: 1 }} />
      )}
      {execution.message && (
        <Alert
          severity={execution.state === 'failed' ? 'error' : 'info'}
          sx={{ mb: 1, overflowWrap: 'anywhere' }}
        >
          {execution.finishedAt && state !== 'live'
            ? t('execution.then', {
                message: execution.message,
                time: <Age time={execution.finishedAt} />,
              })
            : execution.message}
        </Alert>
      )}
      <Box component="ol" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {execution.steps.map(step => (
          <Step key={step.name} step={step} />
        ))}
      </Box>
      {actions?.execute.allowed && (
        <Button
          size="small"
          variant="contained"
          sx={{ mt: 1 }}
          disabled={control.busy}
          onClick={() => control.act(() => api.executePromotion(id))}
        >
          {t('execution.again')}
        </Button>
      )}
      {state === 'failed' && actions?.execute.reason && (
        <QuietLine>{actions.execute.reason}</QuietLine>
      )}
      {state === 'live' && (
        <>
          <LiveNow
            id={{ source, name }}
            environment={environment}
            revision={promotion.revision}
          />
          <Button
            size="small"
            color="warning"
            sx={{ mt: 1 }}
            onClick={() => setRollingBack(true)}
          >
            {t('rollback.button', { environment })}
          </Button>
        </>
      )}
      {rollingBack && (
        <RollbackDialog
          id={{ source, name }}
          environment={environment}
          onClose={() => setRollingBack(false)}
        />
      )}
    </Section>
  );
}

function Step(props: { step: ExecutionStep }) {
  const { name, state, message, at } = props.step;
  const { t } = useTranslationRef(promotionTranslationRef);
  const [Icon, color] = ICONS[state];
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, py: 0.5 }}>
      <Icon
        titleAccess={t(`execution.states.${state}`)}
        sx={{ fontSize: 18, color, mt: '2px' }}
      />
      <Box sx={{ minWidth: 0, typography: 'body2' }}>
        {name}
        {at && (
          <>
            {', '}
            <Age time={at} />
          </>
        )}
        {message && (
          <QuietLine>
            <LongText text={message} />
          </QuietLine>
        )}
      </Box>
    </Box>
  );
}
