import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';

/** Says that there is nothing, what would fill it, and how. */
export function EmptyState(props: {
  title: string;
  text: ReactNode;
  children?: ReactNode;
}) {
  return (
    <Box sx={{ py: 6, px: 2, textAlign: 'center' }} role="status">
      <Typography variant="h5" component="h2" gutterBottom>
        {props.title}
      </Typography>
      <Typography
        color="text.secondary"
        sx={{ maxWidth: 640, mx: 'auto', mb: 2, overflowWrap: 'anywhere' }}
      >
        {props.text}
      </Typography>
      {props.children}
    </Box>
  );
}
