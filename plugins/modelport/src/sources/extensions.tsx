import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { sourcesRouteRef } from '../routes';

/** Reached from Models; without an icon it takes no place in the portal's navigation. */
export const sourcesPage = PageBlueprint.make({
  name: 'sources',
  params: {
    path: '/models/sources',
    title: 'Sources',
    routeRef: sourcesRouteRef,
    loader: () => import('./SourcesPage').then(m => <m.SourcesPage />),
  },
});
