import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ExplainableModel } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { explanationTranslationRef } from './messages';
import { PastedRows, readPastedRows } from './readPastedRows';

/** Takes rows over from the clipboard: as JSON, or as a table with its heading. */
export default function PasteRows(props: {
  model: Pick<ExplainableModel, 'features' | 'categories'>;
  onTaken: (rows: PastedRows['rows']) => void;
}) {
  const { model, onTaken } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const [text, setText] = useState('');
  const [taken, setTaken] = useState<PastedRows>();
  const [problem, setProblem] = useState<string>();
  const take = () => {
    try {
      const read = readPastedRows(text, model.features, model.categories);
      setTaken(read);
      setProblem(undefined);
      onTaken(read.rows);
    } catch (cause) {
      setTaken(undefined);
      setProblem(cause instanceof Error ? cause.message : String(cause));
    }
  };
  return (
    <Box sx={{ mb: 2 }}>
      <TextField
        label={t('whatIf.paste.text')}
        placeholder={model.features.slice(0, 3).join(',')}
        InputLabelProps={{ shrink: true }}
        helperText={t('whatIf.paste.hint')}
        multiline
        fullWidth
        minRows={3}
        maxRows={10}
        value={text}
        error={problem !== undefined}
        onChange={event => setText(event.target.value)}
        inputProps={{ spellCheck: false }}
        InputProps={{ sx: { fontFamily: 'monospace', fontSize: 13 } }}
      />
      <Box sx={{ mt: 1, display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button
          size="small"
          variant="outlined"
          disabled={!text.trim()}
          onClick={take}
        >
          {t('whatIf.paste.take')}
        </Button>
        {taken && (
          <Typography role="status" variant="body2" sx={{ flex: '1 1 240px' }}>
            {[
              t('whatIf.paste.taken', { count: taken.rows.length }),
              taken.unknown.length > 0 &&
                t('whatIf.paste.unknown', { names: taken.unknown.join(', ') }),
              taken.absent.length > 0 &&
                t('whatIf.paste.absent', { names: taken.absent.join(', ') }),
            ]
              .filter(Boolean)
              .join(' ')}
          </Typography>
        )}
      </Box>
      {problem !== undefined && (
        <Alert severity="error" role="alert" sx={{ mt: 1 }}>
          {t('whatIf.paste.unreadable', { why: problem })}
        </Alert>
      )}
    </Box>
  );
}
