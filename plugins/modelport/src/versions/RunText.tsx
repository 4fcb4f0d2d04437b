import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Version } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { ExternalLink } from '../components/ExternalLink';
import { versionTranslationRef } from './messages';

const SHORT = 8;

/** The run that made a version, linked where the source gives an address, and whether it still exists. */
export function RunText(props: { version: Version; full?: boolean }) {
  const { runId, runStatus, links } = props.version;
  const { t } = useTranslationRef(versionTranslationRef);
  if (!runId) {
    return <>–</>;
  }
  const link = links.find(({ url }) => url.includes(runId));
  const text =
    props.full || runId.length <= SHORT + 2
      ? runId
      : `${runId.slice(0, SHORT)}…`;
  const isGone = runStatus === 'DELETED' || runStatus === 'MISSING';
  return (
    <Box component="span" title={runId}>
      {link && !isGone ? <ExternalLink url={link.url} title={text} /> : text}
      {isGone && (
        <Box sx={{ typography: 'caption', color: 'text.secondary' }}>
          {t(`list.runState.${runStatus}`)}
        </Box>
      )}
    </Box>
  );
}
