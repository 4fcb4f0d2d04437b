import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RepositoryFinding } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { repositoryTranslationRef } from './messages';

/** Findings that are shown at once. */
const SHOWN = 4;

/** What does not follow the standard, in which file, and what mends it. */
export function FindingsList(props: { findings: RepositoryFinding[] }) {
  const { findings } = props;
  const { t } = useTranslationRef(repositoryTranslationRef);
  const [all, setAll] = useState(false);
  const hidden = findings.length - SHOWN;
  return (
    <>
      <Box
        component="ul"
        aria-label={t('findings')}
        sx={{ m: 0, mt: 1, pl: 2.5, typography: 'body2' }}
      >
        {(all ? findings : findings.slice(0, SHOWN)).map(
          ({ check, file, message, fix }) => (
            <Box
              component="li"
              key={check}
              sx={{ overflowWrap: 'anywhere', mb: 0.5 }}
            >
              {t('finding', { file, message })}
              <Box sx={{ color: 'text.secondary' }}>{fix}</Box>
            </Box>
          ),
        )}
      </Box>
      {hidden > 0 && (
        <Button size="small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('less') : t('more', { number: String(hidden) })}
        </Button>
      )}
    </>
  );
}
