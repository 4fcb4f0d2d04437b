import {
  appLanguageApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  PromotionRollout,
  RolloutOption,
  RolloutStep,
} from '@modelport/plugin-modelport-common';
import DoneIcon from '@mui/icons-material/CheckCircleOutline';
import CurrentIcon from '@mui/icons-material/RadioButtonChecked';
import PendingIcon from '@mui/icons-material/RadioButtonUnchecked';
import Box from '@mui/material/Box';
import { ReactNode } from 'react';
import { Age } from '../components/Age';
import { formatDuration } from '../components/formatTime';
import { Quiet, QuietLine } from '../components/Quiet';
import { promotionTranslationRef } from './messages';

const ICONS = {
  done: [DoneIcon, 'success.main'],
  current: [CurrentIcon, 'primary.main'],
  pending: [PendingIcon, 'text.secondary'],
} as const;

/** The steps by which a version comes to have everything, and what would take it back. */
export function RolloutPlan(props: {
  plan: Pick<RolloutOption, 'next' | 'steps' | 'abortOn'>;
  version: string;
  /** How far it is; absent where it has not begun. */
  progress?: Pick<PromotionRollout, 'step' | 'since' | 'abort'>;
  isLive?: boolean;
}) {
  const { plan, version, progress, isLive = false } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const reached = progress?.step ?? 0;
  const isUnderWay = !isLive && !progress?.abort;
  return (
    <Box sx={{ typography: 'body2' }}>
      <Box
        component="ol"
        aria-label={t('rollout.steps')}
        sx={{ listStyle: 'none', p: 0, m: 0 }}
      >
        {plan.steps.map((step, index) => {
          const isCurrent = isUnderWay && index + 1 === reached;
          const done = index < reached ? 'done' : 'pending';
          return (
            <Line
              key={`${step.mode} ${step.percent}`}
              state={isCurrent ? 'current' : done}
            >
              <StepText step={step} number={index + 1} version={version} />
              {isCurrent && progress?.since && (
                <>
                  {', '}
                  {t('rollout.since', { time: <Age time={progress.since} /> })}
                </>
              )}
            </Line>
          );
        })}
        <Line state={isLive ? 'done' : 'pending'}>
          {t('rollout.last', { version })}
        </Line>
      </Box>
      <QuietLine>{t(`rollout.next.${plan.next}`)}</QuietLine>
      {plan.abortOn.length > 0 && (
        <>
          <QuietLine>{t('rollout.abortOn')}</QuietLine>
          <Box component="ul" sx={{ my: 0, pl: 2.5 }}>
            {plan.abortOn.map(condition => (
              <li key={condition}>{condition}</li>
            ))}
          </Box>
        </>
      )}
    </Box>
  );
}

function Line(props: { state: keyof typeof ICONS; children: ReactNode }) {
  const { state, children } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const [Icon, color] = ICONS[state];
  return (
    <Box
      component="li"
      aria-current={state === 'current' ? 'step' : undefined}
      sx={{
        display: 'flex',
        gap: 1,
        py: 0.25,
        fontWeight: state === 'current' ? 'bold' : undefined,
      }}
    >
      <Icon
        titleAccess={t(`rollout.state.${state}`)}
        sx={{ fontSize: 18, color, mt: '1px' }}
      />
      <Box sx={{ minWidth: 0 }}>{children}</Box>
    </Box>
  );
}

function StepText(props: {
  step: RolloutStep;
  number: number;
  version: string;
}) {
  const { step, number, version } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const { language } = useApi(appLanguageApiRef).getLanguage();
  return (
    <>
      {t(`rollout.step.${step.mode}`, {
        number: String(number),
        percent: String(step.percent),
        version,
      })}
      {step.holdSeconds > 0 && (
        <>
          {' '}
          <Quiet>
            (
            {t('rollout.holds', {
              time: formatDuration(step.holdSeconds, language),
            })}
            )
          </Quiet>
        </>
      )}
    </>
  );
}
