import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { AuditVerification } from '@modelport/plugin-modelport-common';
import VerifyIcon from '@mui/icons-material/VerifiedUserOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Age } from '../components/Age';
import { messageOf } from '../components/FailedState';
import { promotionTranslationRef } from './messages';

/** Checks the whole chain on demand, and says what was found. */
export function VerifyChain(props: {
  onVerified?: (verification: AuditVerification) => void;
}) {
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<AuditVerification>();
  const [failure, setFailure] = useState<string>();
  const verify = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const verification = await api.verifyAudit();
      setFound(verification);
      props.onVerified?.(verification);
    } catch (error) {
      setFailure(error instanceof Error ? messageOf(error) : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Box sx={{ mb: 1 }}>
      <Button
        size="small"
        startIcon={<VerifyIcon />}
        disabled={busy}
        onClick={verify}
      >
        {t('audit.verify')}
      </Button>
      <Box role="status">
        {failure && (
          <Alert severity="error">
            {t('audit.verifyFailed', { message: failure })}
          </Alert>
        )}
        {found && (
          <Alert severity={severityOf(found)}>
            {found.ok
              ? t('audit.holds', { count: found.entries })
              : t('audit.doesNotHold', {
                  number: String(found.firstBroken ?? ''),
                  message: found.message ?? '',
                })}{' '}
            <Heads heads={found.heads} />
          </Alert>
        )}
      </Box>
    </Box>
  );
}

/** A chain that holds is no success where it is not known what heads once proved. */
function severityOf({ ok, heads }: AuditVerification) {
  if (!ok) {
    return 'error';
  }
  return heads.enabled && heads.message !== null ? 'warning' : 'success';
}

function Heads(props: { heads: AuditVerification['heads'] }) {
  const { enabled, checked, latestAt, latestSeq, message } = props.heads;
  const { t } = useTranslationRef(promotionTranslationRef);
  if (!enabled) {
    return <>{t('audit.noHeads')}</>;
  }
  return (
    <>
      {t('audit.heads', { count: checked })}{' '}
      {latestAt && (
        <>
          {t('audit.latestHead', {
            number: String(latestSeq ?? ''),
            time: <Age time={latestAt} />,
          })}{' '}
        </>
      )}
      {message}
    </>
  );
}
