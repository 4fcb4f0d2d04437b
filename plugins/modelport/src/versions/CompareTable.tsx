import Box from '@mui/material/Box';
import { ReactNode } from 'react';
import { ScrollTable } from '../components/ScrollTable';

/** Pixels below which the values of a version are not readable any more. */
const NARROWEST = 130;

/**
 * A table of versions beside each other. In a narrow window the name of a row stands above its values, so that two
 * versions are seen whole; of more the rest can be scrolled to.
 */
export function CompareTable(props: {
  caption: string;
  versions: number;
  children: ReactNode;
}) {
  const { caption, versions, children } = props;
  return (
    <Box
      sx={theme => ({
        [theme.breakpoints.down('sm')]: {
          '& table, & thead, & tbody': { display: 'block' },
          '& table': { minWidth: versions * NARROWEST },
          '& tr': {
            display: 'grid',
            gridTemplateColumns: `repeat(${versions}, minmax(0, 1fr))`,
          },
          '& td, & th': {
            minWidth: 0,
            width: 'auto',
            borderBottom: 0,
            overflowWrap: 'anywhere',
          },
          '& thead th:first-of-type, & tbody th': {
            gridColumn: '1 / -1',
            borderTop: 1,
            borderColor: 'divider',
            pb: 0,
          },
        },
      })}
    >
      <ScrollTable caption={caption}>{children}</ScrollTable>
    </Box>
  );
}
