import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { Nothing } from '../components/Section';
import { evidenceTranslationRef } from './messages';

const LINES_FIRST = 120;
/** More of it makes the page slow; the bytes hold all. */
const MOST_LINES = 5_000;

/** What was read of a document, as JSON. */
export function EvidenceBody(props: { body: unknown }) {
  const { body } = props;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const [open, setOpen] = useState(false);
  const lines = useMemo(
    () => (JSON.stringify(body, undefined, 2) ?? 'null').split('\n'),
    [body],
  );
  if (body === null || body === undefined) {
    return <Nothing>{t('page.noBody')}</Nothing>;
  }
  const shown = open ? MOST_LINES : LINES_FIRST;
  return (
    <>
      <Box
        component="pre"
        tabIndex={0}
        role="region"
        aria-label={t('page.json')}
        sx={{
          m: 0,
          p: 1.5,
          fontSize: 13,
          maxHeight: open ? '70vh' : undefined,
          overflow: 'auto',
          bgcolor: 'action.hover',
          borderRadius: 1,
        }}
      >
        {lines.slice(0, shown).join('\n')}
      </Box>
      {!open && lines.length > LINES_FIRST && (
        <Button size="small" onClick={() => setOpen(true)}>
          {t('page.more', {
            count: Math.min(lines.length, MOST_LINES) - LINES_FIRST,
          })}
        </Button>
      )}
      {open && lines.length > MOST_LINES && (
        <Nothing>
          {t('page.cut', {
            shown: MOST_LINES.toLocaleString('en'),
            all: lines.length.toLocaleString('en'),
          })}
        </Nothing>
      )}
    </>
  );
}
