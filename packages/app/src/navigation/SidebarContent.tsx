import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import MenuIcon from '@mui/icons-material/Menu';
import SearchIcon from '@mui/icons-material/Search';
import { ModelsNavItem } from './ModelsNavItem';
import { PromotionsNavItem } from './PromotionsNavItem';
import { SearchModalContent } from './SearchModalContent';
import { SidebarLogo } from './SidebarLogo';

const MODELS = 'page:modelport';
const PROMOTIONS = 'page:modelport/promotions';

function NavItem(item: NavContentNavItem) {
  const { icon, href, title, node } = item;
  switch (node.spec.id) {
    case MODELS:
      return <ModelsNavItem {...item} />;
    case PROMOTIONS:
      return <PromotionsNavItem {...item} />;
    default:
      return <SidebarItem icon={() => icon} to={href} text={title} />;
  }
}

/** Models come first, whatever pages the plugin has; then the catalog. */
export function SidebarContent({ navItems }: NavContentComponentProps) {
  const nav = navItems.withComponent(NavItem);
  const models = navItems
    .rest()
    .filter(item => item.node.spec.plugin.pluginId === 'modelport')
    .map(item => item.node.spec.id)
    .map(id => nav.take(id));
  // These have items of their own below, or are reached from an entity.
  nav.take('page:search');
  nav.take('page:notifications');
  nav.take('page:catalog-graph');
  const settings = nav.take('page:user-settings');

  return (
    <Sidebar>
      <SidebarLogo />
      <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
        <SidebarSearchModal>
          {({ toggleModal }) => (
            <SearchModalContent toggleModal={toggleModal} />
          )}
        </SidebarSearchModal>
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        {models}
        {nav.take('page:catalog')}
        <SidebarScrollWrapper>
          {nav.rest({ sortBy: 'title' })}
        </SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem />
      <SidebarDivider />
      <SidebarGroup
        label="Settings"
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        {settings}
      </SidebarGroup>
    </Sidebar>
  );
}
