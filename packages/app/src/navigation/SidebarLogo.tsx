import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import Box from '@mui/material/Box';
import { Logo } from './Logo';

/** The mark, with the name beside it where the sidebar is open. */
export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Box
      sx={{
        height: 2 * sidebarConfig.logoHeight,
        pl: 2.5,
        display: 'flex',
        alignItems: 'center',
        '& a': { color: 'inherit' },
        color: theme => theme.palette.common.white,
      }}
    >
      <Link to="/" underline="none" aria-label="Modelport, to the models">
        <Box
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1.5,
            fontSize: 20,
            fontWeight: 600,
            color: 'common.white',
          }}
        >
          <Logo size={30} />
          {isOpen && <span>Modelport</span>}
        </Box>
      </Link>
    </Box>
  );
}
