import Table from '@mui/material/Table';
import { alpha, Theme } from '@mui/material/styles';
import TableContainer from '@mui/material/TableContainer';

import { ReactNode } from 'react';
import { visuallyHidden } from './visuallyHidden';

/** Class of plain cells of long tables, which cost a fraction of Material UI's and look the same. */
export const PLAIN_CELL = 'modelport-plain-cell';

/** Class of their rows. */
export const PLAIN_ROW = 'modelport-plain-row';

/** Class of buttons in them that hold a small icon. */
export const PLAIN_BUTTON = 'modelport-plain-button';

/** Cells that break between words and not within them, and leave room for many columns. */
const CELLS = {
  '& td, & th': {
    wordBreak: 'normal',
    overflowWrap: 'break-word',
    lineHeight: 1.45,
    px: 0.75,
    py: 1,
  },
  [`& .${PLAIN_CELL}`]: {
    typography: 'body2',
    lineHeight: 1.45,
    verticalAlign: 'top',
    borderBottom: 1,
    borderColor: 'divider',
  },
  [`& .${PLAIN_ROW}:hover`]: { backgroundColor: 'action.hover' },
  [`& .${PLAIN_BUTTON}`]: {
    display: 'inline-flex',
    flexShrink: 0,
    p: '5px',
    border: 0,
    borderRadius: '50%',
    background: 'none',
    cursor: 'pointer',
    '&:hover': { backgroundColor: 'action.hover' },
  },
  // See-through, so that the shade of the sides is not broken by every other row.
  '& tbody tr:nth-of-type(odd):not(:hover):not(.Mui-selected)': {
    backgroundColor: 'action.hover',
  },
} as const;

/**
 * A shade on each side on which more can be scrolled to: it stays with the frame, and a cover that moves with the table
 * hides it at the end. Positioned, so that words for screen readers widen the table and not the page.
 */
function shadedWhereItGoesOn(theme: Theme) {
  const { paper } = theme.palette.background;
  const shade = alpha(theme.palette.text.primary, 0.25);
  const layer = (side: 'left' | 'right', colour: string, size: string) =>
    `linear-gradient(to ${
      side === 'left' ? 'right' : 'left'
    }, ${colour}, ${colour} ${colour === paper ? '40%' : '0%'}, ${alpha(
      colour,
      0,
    )}) ${side} / ${size} 100% no-repeat`;
  return {
    position: 'relative',
    background: [
      `${layer('left', paper, '32px')} local`,
      `${layer('right', paper, '32px')} local`,
      `${layer('left', shade, '10px')} scroll`,
      `${layer('right', shade, '10px')} scroll`,
    ].join(', '),
  } as const;
}

/** A table with its caption for screen readers, that scrolls sideways by mouse and keyboard where it is too wide. */
export function ScrollTable(props: {
  caption: string;
  size?: 'small' | 'medium';
  busy?: boolean;
  children: ReactNode;
}) {
  return (
    <TableContainer
      role="region"
      aria-label={props.caption}
      aria-busy={props.busy}
      tabIndex={0}
      sx={shadedWhereItGoesOn}
    >
      <Table size={props.size ?? 'small'} sx={CELLS}>
        <caption style={visuallyHidden}>{props.caption}</caption>
        {props.children}
      </Table>
    </TableContainer>
  );
}
