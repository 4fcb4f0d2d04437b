import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { PushToken } from '@modelport/plugin-modelport-common';
import Button from '@mui/material/Button';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Age } from '../components/Age';
import { ScrollTable } from '../components/ScrollTable';
import { evidenceTranslationRef } from './messages';

/** The push tokens of a model: who made them, when they were used last, and who revoked them. */
export function PushTokensTable(props: {
  tokens: PushToken[];
  revoke: (id: string) => Promise<void>;
}) {
  const { tokens, revoke } = props;
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
        {tokens.map(token => (
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
              {token.revokedAt && token.revokedBy ? (
                t('tokens.revoked', {
                  time: <Age time={token.revokedAt} />,
                  who: <EntityRefLink entityRef={token.revokedBy} hideIcon />,
                })
              ) : (
                <RevokeControl token={token} revoke={revoke} />
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}

/** Revokes a token on the second click: a pipeline that still has it fails from then on. */
function RevokeControl(props: {
  token: PushToken;
  revoke: (id: string) => Promise<void>;
}) {
  const { token, revoke } = props;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    await revoke(token.id);
    setBusy(false);
    setAsks(false);
  };
  return (
    <>
      {asks && (
        <>
          <Typography variant="body2" role="status">
            {t('tokens.revokeSure')}
          </Typography>
          <Button
            size="small"
            onClick={() => setAsks(false)}
            disabled={busy}
            aria-label={t('tokens.keepOf', { name: token.name })}
          >
            {t('tokens.keep')}
          </Button>
        </>
      )}
      <Button
        size="small"
        color="error"
        variant={asks ? 'contained' : 'text'}
        disabled={busy}
        onClick={asks ? confirm : () => setAsks(true)}
        aria-label={t('tokens.revokeOf', { name: token.name })}
      >
        {t('tokens.revoke')}
      </Button>
    </>
  );
}
