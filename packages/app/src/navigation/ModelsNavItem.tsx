import { SidebarItem } from '@backstage/core-components';
import { NavContentNavItem } from '@backstage/plugin-app-react';
import { useLocation } from 'react-router-dom';

/** Leads to the models. Promotions lie below their address, and have an item of their own that is marked there. */
export function ModelsNavItem({ icon, href, title }: NavContentNavItem) {
  const { pathname } = useLocation();
  return (
    <SidebarItem
      icon={() => icon}
      to={href}
      text={title}
      end={pathname.startsWith(`${href}/promotions`)}
    />
  );
}
