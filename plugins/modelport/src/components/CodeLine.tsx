import { useTranslationRef } from '@backstage/frontend-plugin-api';
import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { Fragment, useState } from 'react';
import { componentTranslationRef } from './messages';

/** Lines to copy, as they are; comments of Python and the shell are quieter than what runs. */
export function CodeLine(props: {
  code: string;
  label?: string;
  /** As wide as what it stands in. */
  wide?: boolean;
}) {
  const { t } = useTranslationRef(componentTranslationRef);
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(props.code).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Box
      sx={{
        display: props.wide ? 'flex' : 'inline-flex',
        alignItems: 'flex-start',
        maxWidth: '100%',
        textAlign: 'left',
        bgcolor: 'action.hover',
        borderRadius: 1,
      }}
    >
      <Box
        component="pre"
        tabIndex={0}
        aria-label={props.label}
        sx={{
          flexGrow: 1,
          minWidth: 0,
          m: 0,
          py: 1.5,
          px: 2,
          overflowX: 'auto',
          fontSize: 13,
        }}
      >
        <code>
          {props.code.split('\n').map((line, place) => (
            <Fragment key={place}>
              {place > 0 && '\n'}
              <Box
                component="span"
                sx={line.startsWith('#') ? { color: 'text.secondary' } : {}}
              >
                {line}
              </Box>
            </Fragment>
          ))}
        </code>
      </Box>
      <IconButton
        size="small"
        onClick={copy}
        onBlur={() => setCopied(false)}
        aria-label={copied ? t('copied') : t('copy')}
        title={copied ? t('copied') : t('copy')}
        sx={{ m: 0.75, flexShrink: 0 }}
      >
        {copied ? (
          <CheckIcon fontSize="small" />
        ) : (
          <CopyIcon fontSize="small" />
        )}
      </IconButton>
    </Box>
  );
}
