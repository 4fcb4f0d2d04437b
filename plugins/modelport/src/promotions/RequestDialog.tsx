import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  PromotionPreview,
  RolloutKind,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState, messageOf } from '../components/FailedState';
import { QuietLine } from '../components/Quiet';
import { TableSkeleton } from '../components/TableSkeleton';
import { componentTranslationRef } from '../components/messages';
import { promotionTranslationRef } from './messages';
import { FormDialog } from './FormDialog';
import { GateCounts } from './GateOutcomeText';
import { GatesTable } from './GatesTable';
import { ReasonField } from './ReasonField';
import { QuorumRules } from './QuorumRules';
import { ReachNote } from './ReachNote';
import { Refs } from './Refs';
import { firstPossible, RolloutChoice } from './RolloutChoice';
import { usePromotionPaths } from './usePromotionPaths';

const MOST_FAILED_FIRST = { fail: 0, unknown: 1, pass: 2 };

/** Asks where to and why, with the gates as they would be judged, before anything is sent. */
export function RequestDialog(props: {
  id: ModelId;
  version: string;
  onClose: () => void;
}) {
  const { id, version, onClose } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const navigate = useNavigate();
  const paths = usePromotionPaths();
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState('');
  const [ticket, setTicket] = useState('');
  const [rollout, setRollout] = useState<RolloutKind>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const environments = useLoad(JSON.stringify(id), async () => {
    const { items } = await api.getEnvironments(id, {});
    return items;
  });
  const first = environments.value?.find(one => one.version !== version);
  const environment =
    chosen ?? first?.environment ?? environments.value?.[0]?.environment;
  const preview = useLoad(
    environment && JSON.stringify([id, version, environment]),
    () => api.previewPromotion(id, version, environment ?? ''),
  );
  const { value } = preview;
  const canSend =
    value?.request.allowed &&
    value.problems.length === 0 &&
    value.effect.possible &&
    firstPossible(value.rollouts) !== undefined;
  const send = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const promotion = await api.requestPromotion({
        ...id,
        version,
        environment: environment ?? '',
        reason: reason.trim(),
        ticket: ticket.trim() || null,
        rollout: value?.rollouts.find(
          option => option.kind === rollout && option.possible,
        )?.kind,
      });
      onClose();
      if (paths) {
        navigate(paths.review(promotion.id));
      }
    } catch (error) {
      setFailure(error instanceof Error ? messageOf(error) : String(error));
      setBusy(false);
    }
  };
  const error = environments.error ?? preview.error;
  return (
    <FormDialog
      title={t('request.title', { name: id.name, version })}
      text={t('request.text')}
      send={t('request.send')}
      disabled={busy || !canSend || !reason.trim()}
      error={failure}
      wide
      onClose={onClose}
      onSend={send}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
        <TextField
          select
          label={t('request.environment')}
          value={environment ?? ''}
          onChange={event => setChosen(event.target.value)}
          margin="normal"
          sx={{ flex: '1 1 180px' }}
        >
          {(environments.value ?? []).map(one => (
            <MenuItem key={one.environment} value={one.environment}>
              {one.environment}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          label={t('request.ticket')}
          value={ticket}
          onChange={event => setTicket(event.target.value)}
          margin="normal"
          sx={{ flex: '2 1 220px' }}
          inputProps={{ maxLength: 500 }}
        />
      </Box>
      <ReasonField
        label={t('request.reason')}
        hint={t('request.reasonHint')}
        value={reason}
        onChange={setReason}
      />
      {error && (
        <FailedState
          error={error}
          retry={environments.error ? environments.retry : preview.retry}
        />
      )}
      {!value && !error && <TableSkeleton rows={4} />}
      {value && (
        <>
          <RolloutChoice
            options={value.rollouts}
            version={version}
            chosen={rollout}
            onChoose={setRollout}
          />
          <Preview preview={value} />
        </>
      )}
    </FormDialog>
  );
}

function Preview(props: { preview: PromotionPreview }) {
  const { preview } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const { effect, problems, quorum, request, gates } = preview;
  const { riskTier, riskTierConfirmed } = preview;
  const sorted = [...gates].sort(
    (a, b) => MOST_FAILED_FIRST[a.outcome] - MOST_FAILED_FIRST[b.outcome],
  );
  return (
    <Box sx={{ mt: 1 }}>
      {!request.allowed && request.reason && (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {request.reason}
        </Alert>
      )}
      {problems.map(problem => (
        <Alert key={problem} severity="warning" sx={{ mb: 1 }}>
          {problem}
        </Alert>
      ))}
      <Alert severity={effect.possible ? 'info' : 'warning'} sx={{ mb: 1 }}>
        {effect.message}
      </Alert>
      <Typography component="h3" variant="subtitle1" sx={{ mt: 1 }}>
        {t('request.gates')}
      </Typography>
      <GateCounts gates={gates} />
      {gates.some(gate => gate.outcome !== 'pass' && gate.blocking) && (
        <QuietLine>{t('request.failing')}</QuietLine>
      )}
      {gates.length > 0 && (
        <GatesTable gates={sorted} evidence={preview.evidence} />
      )}
      <QuietLine style={{ marginTop: 8 }}>
        {t('request.tier', {
          tier: riskTierConfirmed
            ? tComponent(`risk.${riskTier}`)
            : tComponent('risk.unconfirmed', {
                tier: tComponent(`risk.${riskTier}`),
              }),
        })}{' '}
        {quorum.required === 0
          ? t('decision.automatic')
          : t('request.decided', {
              number: String(quorum.required),
              who: <Refs refs={quorum.waitingFor} defaultKind="user" />,
            })}
      </QuietLine>
      <QuorumRules quorum={quorum} />
      <ReachNote reach={preview.reach} isPreview />
    </Box>
  );
}
