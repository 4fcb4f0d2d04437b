import { createLoader } from './create/createLoader';
import { navigationModule } from './navigation/navigationModule';
import { signInModule } from './signIn/signInModule';

/** What the portal adds itself. Other plugins are found by `app.packages`, among this package's dependencies. */
export const features = [navigationModule, signInModule, createLoader];
