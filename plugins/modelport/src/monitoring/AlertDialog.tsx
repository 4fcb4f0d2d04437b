import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@modelport/plugin-modelport-common';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MuiAlert from '@mui/material/Alert';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { messageOf } from '../components/FailedState';
import { monitoringTranslationRef } from './messages';

/** Asks for the reason of an acknowledgement, or for cause and follow-up of an end. */
export function AlertDialog(props: {
  alert: Alert;
  kind: 'acknowledge' | 'close';
  onEnd: (changed: boolean) => void;
}) {
  const { alert, kind, onEnd } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const api = useApi(modelportApiRef);
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [error, setError] = useState<Error>();
  const [saving, setSaving] = useState(false);
  const isAcknowledgement = kind === 'acknowledge';
  const save = async () => {
    setSaving(true);
    setError(undefined);
    try {
      await (isAcknowledgement
        ? api.acknowledgeAlert(alert.id, {
            reason: first,
            incident: second || null,
          })
        : api.closeAlert(alert.id, { cause: first, followUp: second }));
      onEnd(true);
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
      setSaving(false);
    }
  };
  const isReady = first.trim() && (isAcknowledgement || second.trim());
  return (
    <Dialog open onClose={() => onEnd(false)} fullWidth maxWidth="sm">
      <DialogTitle>{t(`alerts.dialog.${kind}`)}</DialogTitle>
      <DialogContent
        sx={{ display: 'flex', flexDirection: 'column', gap: 2, pt: 1 }}
      >
        {error && (
          <MuiAlert severity="error">
            {t('alerts.failed', { message: messageOf(error) })}
          </MuiAlert>
        )}
        <TextField
          multiline
          minRows={2}
          required
          margin="dense"
          label={isAcknowledgement ? t('alerts.reason') : t('alerts.cause')}
          value={first}
          onChange={event => setFirst(event.target.value)}
        />
        <TextField
          required={!isAcknowledgement}
          label={
            isAcknowledgement
              ? t('alerts.incidentLink')
              : t('alerts.followUpLabel')
          }
          value={second}
          onChange={event => setSecond(event.target.value)}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={() => onEnd(false)}>{t('alerts.cancel')}</Button>
        <Button
          variant="contained"
          disabled={!isReady || saving}
          onClick={save}
        >
          {isAcknowledgement ? t('alerts.acknowledge') : t('alerts.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
