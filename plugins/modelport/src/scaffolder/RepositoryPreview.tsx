import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { FieldProps } from './FieldProps';
import { formApiRef, Preview } from './formApi';

const BOX = { border: 1, borderColor: 'divider', borderRadius: 1, p: 1.5 };
const SCROLLS = { maxHeight: 320, overflow: 'auto', fontFamily: 'monospace' };

/** The files that the answers make, before anything is made; each can be looked into. */
export function RepositoryPreview(props: FieldProps<string>) {
  const { formContext, schema } = props;
  const api = useApi(formApiRef);
  const [found, setFound] = useState<Preview & { path?: string }>();
  const [problem, setProblem] = useState<string>();
  const latest = useRef(0);

  const show = (path?: string) => {
    const { preview: _, ...answers } = formContext?.formData ?? {};
    latest.current += 1;
    const mine = latest.current;
    api.preview(answers, path).then(
      answer => {
        if (mine === latest.current) {
          setFound({ ...answer, path });
          setProblem(undefined);
        }
      },
      error => mine === latest.current && setProblem(error.message),
    );
  };
  return (
    <Box component="section" aria-label={schema.title}>
      <Button variant="outlined" onClick={() => show()}>
        {found ? 'Show again' : 'Show the files'}
      </Button>
      <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
        {found
          ? `${found.files.length} files. Nothing has been made yet.`
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
          aria-label="Files"
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
