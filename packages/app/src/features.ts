import userSettingsModule from '@backstage/plugin-app-module-user-settings';
import authPlugin from '@backstage/plugin-auth';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import catalogGraphPlugin from '@backstage/plugin-catalog-graph/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import modelportPlugin from '@modelport/plugin-modelport';
import { navigationModule } from './navigation/navigationModule';
import { signInModule } from './signIn/signInModule';

/**
 * Everything in the portal. They are named here, as finding them by `app.packages: all` bundles all that a plugin
 * exports, for its old frontend system too, into what every visit loads first.
 */
export const features = [
  authPlugin,
  catalogPlugin,
  catalogGraphPlugin,
  modelportPlugin,
  notificationsPlugin,
  orgPlugin,
  searchPlugin,
  signalsPlugin,
  userSettingsModule,
  userSettingsPlugin,
  navigationModule,
  signInModule,
];
