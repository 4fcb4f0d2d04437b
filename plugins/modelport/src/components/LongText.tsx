import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useState } from 'react';
import { Breakable } from './Breakable';
import { componentTranslationRef } from './messages';

const SHORT = 200;

/** Text that may be thousands of characters long: its beginning, and the rest on demand. */
export function LongText(props: { text: string; limit?: number }) {
  const { text, limit = SHORT } = props;
  const { t } = useTranslationRef(componentTranslationRef);
  const [open, setOpen] = useState(false);
  const isLong = text.length > limit;
  return (
    <Box
      component="span"
      sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
    >
      <Breakable text={isLong && !open ? `${text.slice(0, limit)}…` : text} />
      {isLong && (
        <>
          {' '}
          <Link
            component="button"
            type="button"
            variant="body2"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? t('showLess') : t('showMore')}
          </Link>
        </>
      )}
    </Box>
  );
}
