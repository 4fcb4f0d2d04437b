import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { messageOf } from '../components/FailedState';
import { saveFile } from '../components/saveFile';
import { promotionTranslationRef } from './messages';

const SHORT_DIGEST = 12;

/** A document by its kind and digest; its bytes behind one click. */
export function EvidenceLink(props: { digest: string; kind?: string }) {
  const { digest, kind } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const [failure, setFailure] = useState<string>();
  const short = digest.slice(0, SHORT_DIGEST);
  const name = kind ?? t('evidence.document');
  const download = async () => {
    setFailure(undefined);
    try {
      saveFile(await api.readEvidence(digest), `${name}-${short}`);
    } catch (error) {
      setFailure(error instanceof Error ? messageOf(error) : String(error));
    }
  };
  return (
    <>
      <Link
        component="button"
        type="button"
        variant="body2"
        title={t('evidence.digest', { digest })}
        aria-label={t('evidence.download', { kind: name, short })}
        onClick={download}
        sx={{ textAlign: 'start' }}
      >
        {name} <code>{short}</code>
      </Link>
      {failure && (
        <Box
          role="alert"
          sx={{ color: 'error.main', overflowWrap: 'anywhere' }}
        >
          {t('evidence.failed', { message: failure })}
        </Box>
      )}
    </>
  );
}
