import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  lintReasonCodes,
  readReasonCodes,
  writeReasonCodes,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { FormEvent, useMemo, useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { messageOf } from '../components/FailedState';
import { DictionaryProblems } from './DictionaryProblems';
import { findExplanation } from './findExplanation';
import { explanationTranslationRef } from './messages';

/** What a new dictionary starts with. */
const EMPTY = {
  version: '1',
  adverse: 'increase',
  baseline: 'base value',
  codes: [
    {
      feature: '',
      code: 'R01',
      internal: '',
      consumer: { en: '' },
      source: '',
    },
  ],
};

/** Writes a dictionary as YAML, checked while it is written, and proposes it to another person. */
export default function DictionaryEditor(props: {
  id: ModelId;
  version: string;
  start: object | null;
  onCancel: () => void;
  onProposed: () => void;
}) {
  const { id, version, start, onCancel, onProposed } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const [text, setText] = useState(() => writeReasonCodes(start ?? EMPTY));
  const [comment, setComment] = useState('');
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { value: explanation } = useLoad(JSON.stringify([id, version]), () =>
    findExplanation(api, id, version),
  );
  const { dictionary, error } = useMemo(() => {
    try {
      return { dictionary: readReasonCodes(text), error: undefined };
    } catch (cause) {
      return { dictionary: undefined, error: whyOf(cause) };
    }
  }, [text]);
  const problems = useMemo(
    () =>
      dictionary
        ? lintReasonCodes(
            dictionary,
            explanation?.features.map(({ name }) => name) ?? null,
          )
        : [],
    [dictionary, explanation],
  );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!dictionary) {
      return;
    }
    setSending(true);
    setFailure(undefined);
    try {
      await api.proposeReasonCodes(id, { dictionary, comment: comment.trim() });
      onProposed();
    } catch (cause) {
      setFailure(cause instanceof Error ? messageOf(cause) : String(cause));
      setSending(false);
    }
  };
  return (
    <Box component="form" onSubmit={send} sx={{ mt: 2 }}>
      <Typography variant="subtitle1" component="h3" sx={{ mb: 1 }}>
        {t('dictionary.editTitle')}
      </Typography>
      <TextField
        label={t('dictionary.text')}
        multiline
        fullWidth
        minRows={10}
        maxRows={24}
        value={text}
        error={error !== undefined}
        onChange={event => setText(event.target.value)}
        inputProps={{ spellCheck: false }}
        InputProps={{ sx: { fontFamily: 'monospace', fontSize: 13 } }}
      />
      <Box role="status">
        {error ? (
          <Alert severity="error" sx={{ mt: 1 }}>
            {t('dictionary.invalid', { why: error })}
          </Alert>
        ) : (
          <DictionaryProblems problems={problems} open />
        )}
      </Box>
      <TextField
        label={t('dictionary.comment')}
        required
        fullWidth
        size="small"
        value={comment}
        onChange={event => setComment(event.target.value)}
        inputProps={{ maxLength: 2000 }}
        sx={{ my: 1.5 }}
      />
      {failure && (
        <Alert severity="error" role="alert" sx={{ mb: 1 }}>
          {failure}
        </Alert>
      )}
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button
          type="submit"
          variant="contained"
          disabled={!dictionary || !comment.trim() || sending}
        >
          {t('dictionary.propose')}
        </Button>
        <Button onClick={onCancel}>{t('dictionary.cancel')}</Button>
      </Box>
    </Box>
  );
}

/** The first thing that is wrong, with where it stands. */
function whyOf(cause: unknown): string {
  if (cause instanceof Error && 'issues' in cause) {
    const { issues } = cause;
    const [issue] = Array.isArray(issues) ? issues : [];
    return issue ? `${issue.path.join('.')}: ${issue.message}` : cause.message;
  }
  return cause instanceof Error ? cause.message : String(cause);
}
