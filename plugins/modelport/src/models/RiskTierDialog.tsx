import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model, RiskTier } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import { FormEvent, useId, useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { messageOf } from '../components/FailedState';
import { modelTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';

const TIERS: readonly RiskTier[] = ['low', 'medium', 'high'];

/** Asks for the tier and why, and records it; stays open with what was written where that fails. */
export function RiskTierDialog(props: {
  model: Model;
  onClose: () => void;
  onConfirmed: (model: Model) => void;
}) {
  const { model, onClose, onConfirmed } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const api = useApi(modelportApiRef);
  const titleId = useId();
  const tierId = useId();
  const [tier, setTier] = useState<RiskTier>(
    model.riskTierConfirmed?.tier ?? model.riskTierProposed ?? 'high',
  );
  const [comment, setComment] = useState('');
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string>();

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setError(undefined);
    try {
      onConfirmed(
        await api.confirmRiskTier(
          { source: model.source, name: model.name },
          { tier, comment: comment.trim() },
        ),
      );
    } catch (cause) {
      setError(cause instanceof Error ? messageOf(cause) : String(cause));
      setSending(false);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={titleId}
      fullWidth
      maxWidth="sm"
    >
      <form onSubmit={send}>
        <DialogTitle id={titleId}>
          {t('overview.risk.dialogTitle', { name: model.name })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>
            {t('overview.risk.dialogText')}
          </DialogContentText>
          <FormControl>
            <FormLabel id={tierId}>{t('overview.risk.tier')}</FormLabel>
            <RadioGroup
              row
              aria-labelledby={tierId}
              value={tier}
              onChange={(_, value) =>
                setTier(TIERS.find(known => known === value) ?? tier)
              }
            >
              {TIERS.map(known => (
                <FormControlLabel
                  key={known}
                  value={known}
                  control={<Radio />}
                  label={tComponent(`risk.${known}`)}
                />
              ))}
            </RadioGroup>
          </FormControl>
          <TextField
            label={t('overview.risk.comment')}
            helperText={t('overview.risk.commentHint')}
            value={comment}
            onChange={event => setComment(event.target.value)}
            required
            fullWidth
            multiline
            minRows={3}
            margin="normal"
            inputProps={{ maxLength: 5000 }}
          />
          {error && (
            <Alert severity="error" role="alert">
              {t('overview.risk.failed', { message: error })}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('overview.risk.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            disabled={sending || !comment.trim()}
          >
            {t('overview.risk.send')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
