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
import { searchExcerpt } from './searchExcerpt';

const factsSchema = z.object({
  owner: z.string(),
  task: z.string(),
  framework: z.string(),
  source: z.string(),
});

/** What is not in an index that was made before it held cards. */
const readableSchema = z.object({
  description: z.string(),
  keywords: z.string(),
  cardVersion: z.string(),
  isCardInProduction: z.boolean(),
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
  const readable = readableSchema.safeParse(result).data;
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
  const { title, text: marked } = highlight?.fields ?? {};
  const found =
    marked === undefined
      ? undefined
      : searchExcerpt(marked, marks, {
          text: result.text,
          unread: readable?.keywords.length ?? 0,
        });
  const quoted =
    readable?.cardVersion &&
    found?.at !== undefined &&
    found.at >= readable.description.length &&
    t(readable.isCardInProduction ? 'search.cardInProduction' : 'search.card', {
      version: readable.cardVersion,
    });
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
              {found ? (
                <HighlightedSearchResultText text={found.excerpt} {...marks} />
              ) : (
                readable?.description ?? result.text
              )}
            </Box>
            {known && (
              <Box>{[...known, quoted].filter(Boolean).join(' · ')}</Box>
            )}
          </Box>
        }
      />
    </>
  );
}
