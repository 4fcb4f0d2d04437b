import { SidebarItem } from '@backstage/core-components';
import { usePromotionsWaiting } from '@modelport/plugin-modelport';
import { NavContentNavItem } from '@backstage/plugin-app-react';
import Badge from '@mui/material/Badge';

/** Leads to the promotions, with how many of them wait for who is signed in. */
export function PromotionsNavItem({ icon, href, title }: NavContentNavItem) {
  const waiting = usePromotionsWaiting() ?? 0;
  return (
    <SidebarItem
      icon={() => (
        <Badge badgeContent={waiting} color="error" max={99} aria-hidden>
          {icon}
        </Badge>
      )}
      to={href}
      text={waiting > 0 ? `${title} (${waiting})` : title}
    />
  );
}
