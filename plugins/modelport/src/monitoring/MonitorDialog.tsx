import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { modelportApiRef, ModelId } from '../api/modelportApi';
import { messageOf } from '../components/FailedState';
import { monitoringTranslationRef } from './messages';

const STARTER = {
  reference: { data: { artefact: 'data/reference.parquet' } },
  current: { artefact: 'data/production*.parquet' },
  time: { column: 'timestamp', zone: 'UTC' },
  window: 'day',
  columns: { probability: { type: 'numeric', role: 'prediction' } },
};

/** Takes the definition of a monitor; what is wrong with it stands beside it. */
export function MonitorDialog(props: {
  id: ModelId;
  definition: Record<string, unknown> | null;
  onEnd: (changed: boolean) => void;
}) {
  const { id, onEnd } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const api = useApi(modelportApiRef);
  const [text, setText] = useState(() =>
    JSON.stringify(props.definition ?? STARTER, null, 2),
  );
  const [failure, setFailure] = useState<string>();
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setFailure(undefined);
    let definition: unknown;
    try {
      definition = JSON.parse(text);
    } catch (error) {
      setFailure(t('computed.noJson', { message: String(error) }));
      return;
    }
    if (!isRecord(definition)) {
      setFailure(t('computed.noJson', { message: '{…}' }));
      return;
    }
    setSaving(true);
    try {
      await api.putMonitor(id, definition);
      onEnd(true);
    } catch (caught) {
      setFailure(
        t('computed.notSaved', {
          message: messageOf(
            caught instanceof Error ? caught : new Error(String(caught)),
          ),
        }),
      );
      setSaving(false);
    }
  };
  return (
    <Dialog open onClose={() => onEnd(false)} fullWidth maxWidth="md">
      <DialogTitle>{t('computed.dialog')}</DialogTitle>
      <DialogContent
        sx={{ display: 'flex', flexDirection: 'column', gap: 2, pt: 1 }}
      >
        <DialogContentText>{t('computed.help')}</DialogContentText>
        {failure !== undefined && <Alert severity="error">{failure}</Alert>}
        <TextField
          multiline
          minRows={14}
          maxRows={28}
          margin="dense"
          label={t('computed.definition')}
          value={text}
          onChange={event => setText(event.target.value)}
          inputProps={{
            spellCheck: false,
            style: { fontFamily: 'monospace' },
          }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={() => onEnd(false)}>{t('computed.cancel')}</Button>
        <Button variant="contained" disabled={saving} onClick={save}>
          {t('computed.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
