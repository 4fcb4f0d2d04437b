import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { RollbackTarget } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { FailedState, messageOf } from '../components/FailedState';
import { QuietLine } from '../components/Quiet';
import { Nothing } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { AffectedBy } from './AffectedBy';
import { promotionTranslationRef } from './messages';
import { FormDialog } from './FormDialog';
import { GateOutcomeText } from './GateOutcomeText';
import { ReasonField } from './ReasonField';
import { RollbackAlerts } from './RollbackAlerts';
import { usePromotionPaths } from './usePromotionPaths';

/** Chooses what was live before, with what was checked of it, and brings it back. */
export function RollbackDialog(props: {
  id: ModelId;
  environment: string;
  onClose: () => void;
}) {
  const { id, environment, onClose } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const navigate = useNavigate();
  const paths = usePromotionPaths();
  const targets = useLoad(JSON.stringify([id, environment]), () =>
    api.getRollbackTargets(id, environment),
  );
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { value, error, retry } = targets;
  const toVersion =
    chosen ?? value?.items.find(({ possible }) => possible)?.version;
  const target = value?.items.find(({ version }) => version === toVersion);
  const isPossible = value?.items.length !== 0;
  const send = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const promotion = await api.rollBack(id, environment, {
        toVersion: toVersion ?? '',
        reason: reason.trim(),
      });
      onClose();
      if (paths) {
        navigate(paths.review(promotion.id));
      }
    } catch (cause) {
      setFailure(cause instanceof Error ? messageOf(cause) : String(cause));
      setBusy(false);
    }
  };
  return (
    <FormDialog
      title={t('rollback.title', { name: id.name, environment })}
      text={
        value &&
        target &&
        t(`rollback.decision.${target.because ?? 'one'}`, {
          live: value.version ?? t('live.nothing'),
          version: target.version,
        })
      }
      send={t('rollback.send')}
      colour="warning"
      disabled={
        busy || !target?.possible || !value?.rollback.allowed || !reason.trim()
      }
      error={failure}
      onClose={onClose}
      onSend={send}
    >
      {error && <FailedState error={error} retry={retry} />}
      {!value && !error && <TableSkeleton rows={3} />}
      {value && !value.rollback.allowed && value.rollback.reason && (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {value.rollback.reason}
        </Alert>
      )}
      {value?.version && (
        <RollbackAlerts version={value.version} alerts={value.alerts} isLive />
      )}
      {!isPossible && <Nothing>{t('rollback.none')}</Nothing>}
      {value && isPossible && (
        <RadioGroup
          aria-label={t('rollback.target')}
          value={toVersion ?? ''}
          onChange={(_event, version) => setChosen(version)}
        >
          {value.items.map(item => (
            <Target key={item.version} target={item} />
          ))}
        </RadioGroup>
      )}
      {value?.version && isPossible && (
        <AffectedBy id={id} version={value.version} environment={environment} />
      )}
      {isPossible && (
        <ReasonField
          label={t('rollback.reason')}
          value={reason}
          onChange={setReason}
        />
      )}
    </FormDialog>
  );
}

function Target(props: { target: RollbackTarget }) {
  const { version, lastLiveAt, possible, checks, alerts, monitoredAt } =
    props.target;
  const { t } = useTranslationRef(promotionTranslationRef);
  return (
    <Box sx={{ mb: 1 }}>
      <FormControlLabel
        value={version}
        disabled={!possible}
        control={<Radio size="small" />}
        label={
          <>
            {t('review.version', { version })}
            {lastLiveAt && (
              <>
                {', '}
                {t('rollback.lastLive', {
                  time: <Age time={lastLiveAt} />,
                })}
              </>
            )}
          </>
        }
      />
      {checks.map(({ id, outcome, message }) => (
        <Box key={id} sx={{ pl: 4, typography: 'body2' }}>
          <GateOutcomeText gate={{ outcome, waiver: null }} />{' '}
          {t(`rollback.checks.${id}`)}
          <QuietLine>{message}</QuietLine>
        </Box>
      ))}
      <Box sx={{ pl: 4 }}>
        <RollbackAlerts version={version} alerts={alerts} />
        <QuietLine>
          {monitoredAt
            ? t('rollback.monitored', { time: <Age time={monitoredAt} /> })
            : t('rollback.notMonitored')}
        </QuietLine>
      </Box>
    </Box>
  );
}
