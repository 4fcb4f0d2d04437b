import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { messageOf } from '../components/FailedState';
import { cardTranslationRef } from './messages';
import { useFieldName } from './useFieldName';

/** Takes back what the reader attested of a field. It can be attested again, so that nothing is asked before. */
export function WithdrawButton(props: {
  id: ModelId;
  version: string;
  path: string;
  onWithdrawn: () => void;
}) {
  const { id, version, path, onWithdrawn } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const api = useApi(modelportApiRef);
  const field = useFieldName()(path);
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<string>();
  const withdraw = async () => {
    setIsSending(true);
    setError(undefined);
    try {
      await api.withdrawAttestations(
        { source: id.source, name: id.name },
        version,
        { paths: [path] },
      );
      onWithdrawn();
    } catch (cause) {
      setError(cause instanceof Error ? messageOf(cause) : String(cause));
    }
    setIsSending(false);
  };
  return (
    <Box component="span" className="modelport-not-printed">
      <Button
        size="small"
        color="inherit"
        disabled={isSending}
        onClick={withdraw}
        aria-label={t('withdrawing.label', { field })}
        sx={{ py: 0, minWidth: 0, typography: 'caption' }}
      >
        {t('withdrawing.button')}
      </Button>
      {error && (
        <Box
          component="span"
          role="alert"
          sx={{ typography: 'caption', color: 'error.main' }}
        >
          {t('withdrawing.failed', { message: error })}
        </Box>
      )}
    </Box>
  );
}
