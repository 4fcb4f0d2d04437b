import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { messageOf } from '../components/FailedState';
import { FieldProps } from './FieldProps';
import { answersOf, formApiRef, Preview } from './formApi';
import { formTranslationRef } from './messages';

const BOX = { border: 1, borderColor: 'divider', borderRadius: 1, p: 1.5 };
const SCROLLS = { maxHeight: 320, overflow: 'auto', fontFamily: 'monospace' };

/** The files that the answers make, before anything is made; each can be looked into. */
export function RepositoryPreview(props: FieldProps<string>) {
  const { formContext, schema } = props;
  const api = useApi(formApiRef);
  const { t } = useTranslationRef(formTranslationRef);
  const [found, setFound] = useState<Preview & { path?: string }>();
  const [problem, setProblem] = useState<string>();
  const latest = useRef(0);

  const show = (path?: string) => {
    const answers = answersOf(formContext?.formData);
    latest.current += 1;
    const mine = latest.current;
    api.preview(answers, path).then(
      answer => {
        if (mine === latest.current) {
          setFound({ ...answer, path });
          setProblem(undefined);
        }
      },
      error => mine === latest.current && setProblem(messageOf(error)),
    );
  };
  return (
    <Box component="section" aria-label={schema.title}>
      <Button variant="outlined" onClick={() => show()}>
        {found ? t('preview.again') : t('preview.show')}
      </Button>
      <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
        {found
          ? t('preview.found', { number: String(found.files.length) })
          : schema.description}
      </Typography>
      {problem !== undefined && (
        <Alert severity="error" sx={{ mt: 1 }}>
          {problem}
        </Alert>
      )}
      {found && (
        <Box
          component="ul"
          tabIndex={0}
          aria-label={t('preview.files')}
          sx={{ ...BOX, ...SCROLLS, listStyle: 'none', m: 0, mt: 1 }}
        >
          {found.files.map(({ path }) => (
            <li key={path}>
              <Link
                component="button"
                type="button"
                align="left"
                onClick={() => show(path)}
                sx={{ fontFamily: 'inherit', overflowWrap: 'anywhere' }}
              >
                {path}
              </Link>
            </li>
          ))}
        </Box>
      )}
      {found?.path !== undefined && found.content !== null && (
        <Box
          component="pre"
          tabIndex={0}
          aria-label={found.path}
          sx={{ ...BOX, ...SCROLLS, fontSize: '0.8rem' }}
        >
          {found.content}
        </Box>
      )}
    </Box>
  );
}
