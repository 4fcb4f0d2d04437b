import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ReasonFinding } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { messageOf } from '../components/FailedState';
import { explanationTranslationRef } from './messages';

/** That decisions rested on a prohibited factor, which blocks promotions until another person closes it. */
export function FindingAlert(props: {
  id: ModelId;
  version: string;
  finding: ReasonFinding;
  mayClose: boolean;
  onClosed: () => void;
}) {
  const { id, version, finding, mayClose, onClosed } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const [why, setWhy] = useState('');
  const [failure, setFailure] = useState<string>();
  const close = async () => {
    setFailure(undefined);
    try {
      await api.closeReasonFinding(id, version, why.trim());
      onClosed();
    } catch (cause) {
      setFailure(cause instanceof Error ? messageOf(cause) : String(cause));
    }
  };
  if (finding.closed) {
    return (
      <Alert severity="info" sx={{ mb: 1 }}>
        {t('dictionary.findingClosed', {
          count: finding.decisions,
          features: finding.features.join(', '),
          by: finding.closed.by,
          why: finding.closed.why,
        })}
      </Alert>
    );
  }
  return (
    <Alert severity="error" role="alert" sx={{ mb: 1 }}>
      {t('dictionary.finding', {
        count: finding.decisions,
        features: finding.features.join(', '),
      })}
      {mayClose && (
        <Box sx={{ mt: 1, display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          <TextField
            label={t('dictionary.findingWhy')}
            size="small"
            value={why}
            onChange={event => setWhy(event.target.value)}
            inputProps={{ maxLength: 2000 }}
            sx={{ flex: '1 1 240px' }}
          />
          <Button
            variant="outlined"
            color="inherit"
            disabled={!why.trim()}
            onClick={close}
          >
            {t('dictionary.findingClose')}
          </Button>
        </Box>
      )}
      {failure && <Box sx={{ mt: 1 }}>{failure}</Box>}
    </Alert>
  );
}
