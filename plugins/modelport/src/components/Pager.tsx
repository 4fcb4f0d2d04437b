import FirstIcon from '@mui/icons-material/FirstPage';
import NextIcon from '@mui/icons-material/NavigateNext';
import PreviousIcon from '@mui/icons-material/NavigateBefore';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { ReactNode } from 'react';

/** Steps through the pages of a list; a step that cannot be made is switched off. */
export function Pager(props: {
  labels: { first: string; previous: string; next: string };
  toFirst?: () => void;
  toPrevious?: () => void;
  toNext?: () => void;
  children?: ReactNode;
}) {
  const { labels, toFirst, toPrevious, toNext, children } = props;
  const steps = [
    { label: labels.first, go: toFirst, Icon: FirstIcon },
    { label: labels.previous, go: toPrevious, Icon: PreviousIcon },
    { label: labels.next, go: toNext, Icon: NextIcon },
  ];
  return (
    <Box
      component="nav"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        justifyContent: 'flex-end',
        gap: 1,
        py: 1,
        typography: 'body2',
      }}
    >
      {children}
      <Box sx={{ display: 'flex' }}>
        {steps.map(({ label, go, Icon }) => (
          <IconButton
            key={label}
            size="small"
            aria-label={label}
            title={label}
            disabled={!go}
            onClick={go}
          >
            <Icon />
          </IconButton>
        ))}
      </Box>
    </Box>
  );
}
