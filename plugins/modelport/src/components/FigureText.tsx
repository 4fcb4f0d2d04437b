import { Figure } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { formatFigure } from './formatFigure';

/** A figure to four digits, in full on hover. */
export function FigureText(props: { figure: Figure; strong?: boolean }) {
  return (
    <Box
      component="span"
      title={String(props.figure)}
      sx={{
        fontVariantNumeric: 'tabular-nums',
        whiteSpace: 'nowrap',
        fontWeight: props.strong ? 'bold' : undefined,
      }}
    >
      {formatFigure(props.figure)}
    </Box>
  );
}
