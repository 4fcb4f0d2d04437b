import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import { ResultHighlight } from '@backstage/plugin-search-common';
import Box from '@mui/material/Box';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import { ReactElement } from 'react';
import { z } from 'zod';
import { modelTranslationRef } from './messages';

/** Characters before the first mark of a text that is shown from there. */
const BEFORE_MARK = 60;

const factsSchema = z.object({
  owner: z.string(),
  task: z.string(),
  framework: z.string(),
  source: z.string(),
});

/** A model among the results of the portal's search: where the words stand, and what it is. */
export function ModelSearchResultItem(props: {
  result?: { title: string; text: string; location: string };
  highlight?: ResultHighlight;
  icon?: ReactElement;
}) {
  const { result, highlight, icon } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  if (!result) {
    return null;
  }
  const facts = factsSchema.safeParse(result).data;
  const known = facts && [
    t('search.type'),
    facts.owner.replace(/^group:(default\/)?/, ''),
    facts.task,
    facts.framework,
    facts.source,
  ];
  const marks = {
    preTag: highlight?.preTag ?? '',
    postTag: highlight?.postTag ?? '',
  };
  const { title, text } = highlight?.fields ?? {};
  return (
    <>
      {icon && <ListItemIcon>{icon}</ListItemIcon>}
      <ListItemText
        disableTypography
        sx={{ overflowWrap: 'anywhere' }}
        primary={
          <Box sx={{ typography: 'h6' }}>
            <Link noTrack to={result.location}>
              {title ? (
                <HighlightedSearchResultText text={title} {...marks} />
              ) : (
                result.title
              )}
            </Link>
          </Box>
        }
        secondary={
          <Box sx={{ typography: 'body2', color: 'text.secondary' }}>
            <Box
              sx={{
                display: '-webkit-box',
                WebkitBoxOrient: 'vertical',
                WebkitLineClamp: 3,
                overflow: 'hidden',
              }}
            >
              {text ? (
                <HighlightedSearchResultText
                  text={fromFirstMark(text, marks.preTag)}
                  {...marks}
                />
              ) : (
                result.text
              )}
            </Box>
            {known && <Box>{known.filter(Boolean).join(' · ')}</Box>}
          </Box>
        }
      />
    </>
  );
}

/** What stands around the first mark, where that is not near the beginning. */
function fromFirstMark(text: string, preTag: string): string {
  const start = preTag === '' ? -1 : text.indexOf(preTag) - BEFORE_MARK;
  if (start <= 0) {
    return text;
  }
  const word = text.indexOf(' ', start);
  return `…${text.slice(
    word < 0 || word > start + BEFORE_MARK ? start : word,
  )}`;
}
