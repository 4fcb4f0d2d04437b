import { navigationModule } from './navigation/navigationModule';
import { signInModule } from './signIn/signInModule';

/** What the portal adds itself. Every plugin is found by `app.packages: all`, among this package's dependencies. */
export const features = [navigationModule, signInModule];
