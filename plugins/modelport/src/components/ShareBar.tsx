import LinearProgress from '@mui/material/LinearProgress';

/**
 * A share from 0 to 1 as a bar. What is left is grey: Material UI's own track is a paler shade of the bar, and looks full
 * where nothing is.
 */
export function ShareBar(props: { share: number; label: string }) {
  return (
    <LinearProgress
      variant="determinate"
      value={props.share * 100}
      aria-label={props.label}
      sx={{ bgcolor: 'action.selected', height: 6, borderRadius: 3 }}
    />
  );
}
