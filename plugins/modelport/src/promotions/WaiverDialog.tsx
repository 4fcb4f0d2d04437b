import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Gate, GateWaiverRequest } from '@modelport/plugin-modelport-common';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { promotionTranslationRef } from './messages';
import { endOfDay } from './endOfDay';
import { FormDialog } from './FormDialog';
import { ReasonField } from './ReasonField';
import { Refusal } from './usePromotion';

/** Asks why a gate may be passed over, what makes up for it, and until when. */
export function WaiverDialog(props: {
  gate: Gate;
  busy: boolean;
  refusal: Refusal | undefined;
  onClose: () => void;
  onWaive: (
    request: Pick<GateWaiverRequest, 'reason' | 'control' | 'expiresAt'>,
  ) => void;
}) {
  const { gate, busy, refusal, onClose, onWaive } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const [reason, setReason] = useState('');
  const [control, setControl] = useState('');
  const [day, setDay] = useState('');
  const expiresAt = endOfDay(day);
  const isComplete = reason.trim() && control.trim() && expiresAt;
  return (
    <FormDialog
      title={t('waiver.title', { gate: gate.title })}
      text={t('waiver.text')}
      send={t('waiver.send')}
      disabled={busy || !isComplete}
      error={refusal?.message}
      onClose={onClose}
      onSend={() =>
        expiresAt &&
        onWaive({
          reason: reason.trim(),
          control: control.trim(),
          expiresAt,
        })
      }
    >
      <ReasonField
        label={t('waiver.reason')}
        value={reason}
        onChange={setReason}
      />
      <ReasonField
        label={t('waiver.control')}
        hint={t('waiver.controlHint')}
        value={control}
        onChange={setControl}
      />
      <TextField
        label={t('waiver.expires')}
        type="date"
        value={day}
        onChange={event => setDay(event.target.value)}
        required
        margin="normal"
        InputLabelProps={{ shrink: true }}
        inputProps={{ min: new Date().toISOString().slice(0, 10) }}
      />
    </FormDialog>
  );
}
