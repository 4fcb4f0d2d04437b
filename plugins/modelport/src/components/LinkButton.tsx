import { Link } from '@backstage/core-components';
import Button, { ButtonProps } from '@mui/material/Button';

/** A button that leads somewhere within the portal; it keeps a button's colours, which the portal's links would take. */
export function LinkButton(
  props: Pick<
    ButtonProps,
    'variant' | 'size' | 'startIcon' | 'children' | 'aria-label' | 'sx'
  > & { to: string },
) {
  const { to, variant, sx, ...others } = props;
  return (
    <Button
      {...others}
      variant={variant}
      component={Link}
      to={to}
      underline="none"
      sx={[
        variant === 'contained' && {
          '&&, &&:hover': { color: 'primary.contrastText' },
        },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    />
  );
}
