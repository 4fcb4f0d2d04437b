import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';

/** The aliases of a version. */
export function AliasChips(props: { aliases: string[] }) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
      {props.aliases.map(alias => (
        <Chip
          key={alias}
          size="small"
          color="primary"
          variant="outlined"
          label={alias}
          sx={{ m: 0 }}
        />
      ))}
    </Box>
  );
}
