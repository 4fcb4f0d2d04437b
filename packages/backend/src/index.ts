import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { embeddedSearchModule } from './embeddedSearch';
import { endOnFirstSignal } from './endOnFirstSignal';
import { gitHostsModule } from './gitHosts';
import { serveCompressed } from './serveCompressed';

const backend = createBackend();

backend.add(
  rootHttpRouterServiceFactory({
    configure({ app, middleware, applyDefaults }) {
      app.use('/static', middleware.helmet(), serveCompressed());
      applyDefaults();
      // The demo runs as development; its answers are as in production all the same, a third shorter than indented ones.
      app.set('json spaces', 0);
    },
  }),
);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(import('@modelport/plugin-auth-backend-module-modelport-demo'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@modelport/plugin-permission-backend-module-modelport'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@modelport/plugin-catalog-backend-module-modelport'));

backend.add(import('@modelport/plugin-modelport-backend'));
backend.add(import('@modelport/plugin-modelport-backend-module-files'));
backend.add(import('@modelport/plugin-modelport-backend-module-mlflow'));
backend.add(import('@modelport/plugin-modelport-backend-module-githost'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@modelport/plugin-scaffolder-backend-module-modelport'));
backend.add(gitHostsModule);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(embeddedSearchModule);
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@modelport/plugin-search-backend-module-modelport'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

endOnFirstSignal(process);
backend.start();
