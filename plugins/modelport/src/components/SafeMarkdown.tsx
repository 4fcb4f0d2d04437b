import { MarkdownContent } from '@backstage/core-components';
import Box from '@mui/material/Box';
import { safeUrl } from './ExternalLink';

/** An address that holds nothing: the browser asks nobody and shows the image's text instead. */
const NO_IMAGE = 'data:,';

/** Leads only to where a registry's text may sensibly lead; every other link becomes the text that it is. */
function safeLink(url: string): string {
  return /^mailto:/i.test(url) ? url : safeUrl(url) ?? '';
}

/**
 * Markdown that strangers wrote. HTML is shown as the text that it is, links lead to http, https and mailto
 * only, and images are not fetched, since their servers would learn who reads.
 */
export function SafeMarkdown(props: { content: string }) {
  return (
    <Box
      sx={{
        overflowWrap: 'anywhere',
        '& > * > :first-of-type': { mt: 0 },
        '& > * > :last-child': { mb: 0 },
        '& h1, & h2, & h3, & h4': { fontSize: '1.1rem', my: 1 },
        '& pre': { overflowX: 'auto' },
      }}
    >
      <MarkdownContent
        content={props.content}
        dialect="common-mark"
        transformLinkUri={safeLink}
        transformImageUri={() => NO_IMAGE}
      />
    </Box>
  );
}
