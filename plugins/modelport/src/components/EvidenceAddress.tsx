import Box from '@mui/material/Box';

/** Where evidence of a version is sent to, as the API's documentation writes it. */
export function EvidenceAddress(props: {
  source: string;
  name: string;
  version: string | null;
}) {
  const path = [
    'models',
    encodeURIComponent(props.source),
    encodeURIComponent(props.name),
    'versions',
    props.version === null ? '…' : encodeURIComponent(props.version),
    'evidence',
  ].join('/');
  return (
    <Box component="code" sx={{ overflowWrap: 'anywhere', fontSize: '0.9em' }}>
      POST /api/modelport/v1/{path}
    </Box>
  );
}
