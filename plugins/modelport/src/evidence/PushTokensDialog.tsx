import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { CreatedPushToken } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { FormEvent, useId, useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CodeLine } from '../components/CodeLine';
import { FailedState, messageOf } from '../components/FailedState';
import { Nothing } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { evidenceTranslationRef } from './messages';
import { PushTokensTable } from './PushTokensTable';

/** The tokens with which pipelines push evidence of a model: makes, shows once and revokes them. */
export function PushTokensDialog(props: { id: ModelId; onClose: () => void }) {
  const { id, onClose } = props;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const api = useApi(modelportApiRef);
  const titleId = useId();
  const { value, error, retry } = useLoad(JSON.stringify(id), () =>
    api.listPushTokens(id),
  );
  const [name, setName] = useState('');
  const [made, setMade] = useState<CreatedPushToken>();
  const [failure, setFailure] = useState<string>();

  const attempt = async (action: () => Promise<void>) => {
    setFailure(undefined);
    try {
      await action();
      retry();
    } catch (cause) {
      setFailure(cause instanceof Error ? messageOf(cause) : String(cause));
    }
  };
  const create = (event: FormEvent) => {
    event.preventDefault();
    return attempt(async () => {
      setMade(await api.createPushToken(id, { name: name.trim() }));
      setName('');
    });
  };

  const revoke = (tokenId: string) =>
    attempt(async () => {
      await api.revokePushToken(id, tokenId);
      // A secret that does not hold any more is nothing to copy.
      setMade(shown => (shown?.token.id === tokenId ? undefined : shown));
    });

  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={titleId}
      fullWidth
      maxWidth="md"
    >
      <DialogTitle id={titleId}>
        {t('tokens.title', { name: id.name })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{t('tokens.text')}</DialogContentText>
        {failure && (
          <Alert severity="error" role="alert" sx={{ mb: 2 }}>
            {t('tokens.failed', { message: failure })}
          </Alert>
        )}
        {made && (
          <Alert severity="success" sx={{ mb: 2 }}>
            <Box sx={{ mb: 1 }}>{t('tokens.secret')}</Box>
            <CodeLine code={made.secret} />
          </Alert>
        )}
        {error && <FailedState error={error} retry={retry} />}
        {!value && !error && <TableSkeleton rows={1} rowHeight={36} />}
        {value?.length === 0 && <Nothing>{t('tokens.empty')}</Nothing>}
        {value && value.length > 0 && (
          <PushTokensTable tokens={value} revoke={revoke} />
        )}
        <Box
          component="form"
          onSubmit={create}
          sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mt: 3 }}
        >
          <TextField
            label={t('tokens.name')}
            helperText={t('tokens.nameHint')}
            value={name}
            onChange={event => setName(event.target.value)}
            size="small"
            inputProps={{ maxLength: 100 }}
            sx={{ flexGrow: 1 }}
          />
          <Box>
            <Button type="submit" variant="outlined" disabled={!name.trim()}>
              {t('tokens.create')}
            </Button>
          </Box>
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('tokens.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
