import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { ChangeEvent, useId, useRef, useState } from 'react';
import { visuallyHidden } from '../../components/visuallyHidden';
import { formTranslationRef } from '../messages';
import { SampleAnswers } from './answersOfRoles';
import { profileFile } from './profileFile';
import { SampleProfile } from './profileSample';
import { SampleReview } from './SampleReview';

type State =
  | { is: 'empty' }
  | { is: 'reading'; name: string }
  | { is: 'failed'; name: string; message: string }
  | { is: 'read'; name: string; profile: SampleProfile };

/** Takes a sample of the data, tells what it seems to hold, and fills in what the person takes of it. */
export function SamplePanel(props: {
  task: string;
  onFill: (answers: SampleAnswers & { task?: string }) => void;
  /** Reads a file; tests give another. */
  profile?: (file: Blob) => Promise<SampleProfile>;
}) {
  const { task, onFill, profile = profileFile } = props;
  const { t } = useTranslationRef(formTranslationRef);
  const titleId = useId();
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef<File>();
  const [state, setState] = useState<State>({ is: 'empty' });

  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    // the same file may be chosen again after it was mended
    event.target.value = '';
    if (!file) {
      return;
    }
    latest.current = file;
    const { name } = file;
    setState({ is: 'reading', name });
    const next = await profile(file).then(
      (found): State => ({ is: 'read', name, profile: found }),
      (error): State => ({ is: 'failed', name, message: error.message }),
    );
    if (latest.current === file) {
      setState(next);
    }
  };
  return (
    <Box
      component="section"
      aria-labelledby={titleId}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 2, mb: 3 }}
    >
      <Typography id={titleId} variant="subtitle1" component="h3">
        {t('sample.title')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {t('sample.text')}
      </Typography>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.parquet"
        aria-label={t('sample.choose')}
        tabIndex={-1}
        style={visuallyHidden}
        onChange={take}
      />
      <Button
        variant="outlined"
        size="small"
        disabled={state.is === 'reading'}
        onClick={() => input.current?.click()}
      >
        {state.is === 'empty' ? t('sample.choose') : t('sample.another')}
      </Button>
      {state.is === 'reading' && (
        <Box role="status" sx={{ mt: 1.5, typography: 'body2' }}>
          {t('sample.reading', { name: state.name })}
          <LinearProgress sx={{ mt: 0.5 }} />
        </Box>
      )}
      {state.is === 'failed' && (
        <Alert severity="error" sx={{ mt: 1.5, overflowWrap: 'anywhere' }}>
          {t('sample.failed', {
            name: state.name,
            message: state.message.replace(/\.$/, ''),
          })}
        </Alert>
      )}
      {state.is === 'read' && (
        <SampleReview
          key={`${state.name} ${state.profile.rows}`}
          name={state.name}
          profile={state.profile}
          task={task}
          onFill={onFill}
        />
      )}
    </Box>
  );
}
