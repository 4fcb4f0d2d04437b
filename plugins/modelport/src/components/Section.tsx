import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import Typography from '@mui/material/Typography';
import { ReactNode, useId } from 'react';

/** A part of a page, with its heading and what can be done with it. */
export function Section(props: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Card
      component="section"
      aria-labelledby={id}
      variant="outlined"
      sx={{ minWidth: 0 }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: 1,
          px: 2,
          pt: 1.5,
          minHeight: 44,
        }}
      >
        <Typography
          id={id}
          variant="h6"
          component="h2"
          sx={{ flexGrow: 1, fontSize: '1.05rem', mb: 0 }}
        >
          {props.title}
        </Typography>
        {props.actions}
      </Box>
      <CardContent sx={{ pt: 1, '&:last-child': { pb: 2 } }}>
        {props.children}
      </CardContent>
    </Card>
  );
}

/** A section's sentence where there is nothing to show. */
export function Nothing(props: { children: ReactNode }) {
  return (
    <Typography variant="body2" color="text.secondary">
      {props.children}
    </Typography>
  );
}
