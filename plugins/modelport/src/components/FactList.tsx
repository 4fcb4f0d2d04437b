import Box from '@mui/material/Box';
import { ReactNode } from 'react';

/** Names and values under each other, as a description list. */
export function FactList(props: {
  facts: ReadonlyArray<{ name: string; value: ReactNode }>;
}) {
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))',
        gap: 2,
        m: 0,
      }}
    >
      {props.facts.map(({ name, value }) => (
        <Box key={name} sx={{ minWidth: 0 }}>
          <Box
            component="dt"
            sx={{ typography: 'caption', color: 'text.secondary' }}
          >
            {name}
          </Box>
          <Box
            component="dd"
            sx={{ m: 0, typography: 'body2', overflowWrap: 'anywhere' }}
          >
            {value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
