import Table from '@mui/material/Table';
import TableContainer from '@mui/material/TableContainer';

import { ReactNode } from 'react';
import { visuallyHidden } from './visuallyHidden';

/** Cells that break between words and not within them, and leave room for many columns. */
const CELLS = {
  '& td, & th': {
    wordBreak: 'normal',
    overflowWrap: 'break-word',
    lineHeight: 1.45,
    px: 1.25,
    py: 1,
  },
} as const;

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
    >
      <Table size={props.size ?? 'small'} sx={CELLS}>
        <caption style={visuallyHidden}>{props.caption}</caption>
        {props.children}
      </Table>
    </TableContainer>
  );
}
