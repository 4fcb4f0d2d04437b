import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { PushToken } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import { FormEvent, useId, useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { CodeLine } from '../components/CodeLine';
import { FailedState, messageOf } from '../components/FailedState';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { evidenceTranslationRef } from './messages';

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
  const [secret, setSecret] = useState<string>();
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
      const made = await api.createPushToken(id, { name: name.trim() });
      setSecret(made.secret);
      setName('');
    });
  };

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
        {secret && (
          <Alert severity="success" sx={{ mb: 2 }}>
            <Box sx={{ mb: 1 }}>{t('tokens.secret')}</Box>
            <CodeLine code={secret} />
          </Alert>
        )}
        {error && <FailedState error={error} retry={retry} />}
        {!value && !error && <TableSkeleton rows={1} rowHeight={36} />}
        {value?.length === 0 && <Nothing>{t('tokens.empty')}</Nothing>}
        {value && value.length > 0 && (
          <TokensTable
            tokens={value}
            revoke={token => attempt(() => api.revokePushToken(id, token.id))}
          />
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

function TokensTable(props: {
  tokens: PushToken[];
  revoke: (token: PushToken) => void;
}) {
  const { t } = useTranslationRef(evidenceTranslationRef);
  return (
    <ScrollTable caption={t('tokens.table')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('tokens.name')}</TableCell>
          <TableCell>{t('tokens.created')}</TableCell>
          <TableCell>{t('tokens.used')}</TableCell>
          <TableCell />
        </TableRow>
      </TableHead>
      <TableBody>
        {props.tokens.map(token => (
          <TableRow key={token.id}>
            <TableCell component="th" scope="row">
              {token.name}
            </TableCell>
            <TableCell>
              {t('tokens.by', {
                time: <Age time={token.createdAt} />,
                who: <EntityRefLink entityRef={token.createdBy} hideIcon />,
              })}
            </TableCell>
            <TableCell>
              {token.lastUsedAt ? (
                <Age time={token.lastUsedAt} />
              ) : (
                t('tokens.never')
              )}
            </TableCell>
            <TableCell align="right">
              <Button
                size="small"
                color="error"
                onClick={() => props.revoke(token)}
                aria-label={t('tokens.revokeOf', { name: token.name })}
              >
                {t('tokens.revoke')}
              </Button>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}
