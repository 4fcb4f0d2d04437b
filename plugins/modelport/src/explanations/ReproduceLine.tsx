import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ReproducedReasons } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { messageOf } from '../components/FailedState';
import { explanationTranslationRef } from './messages';

/** Runs a recorded decision again and says whether it comes out the same. */
export function ReproduceLine(props: {
  id: ModelId;
  version: string;
  recordId: string;
}) {
  const { id, version, recordId } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const [answer, setAnswer] = useState<ReproducedReasons>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    setAnswer(undefined);
    setFailure(undefined);
  }, [recordId]);
  const run = async () => {
    try {
      setAnswer(await api.reproduceReasons(id, version, recordId));
      setFailure(undefined);
    } catch (cause) {
      setFailure(cause instanceof Error ? messageOf(cause) : String(cause));
    }
  };
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1,
        mt: 1,
      }}
    >
      <Button size="small" variant="outlined" onClick={run}>
        {t('reasons.again')}
      </Button>
      <Typography variant="body2" role="status">
        {failure ?? answer?.message ?? t('reasons.againHint')}
      </Typography>
    </Box>
  );
}
