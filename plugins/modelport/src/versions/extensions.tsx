import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isModelEntity } from '../models/isModelEntity';
import { versionsRouteRef } from '../routes';

export const versionsEntityContent = EntityContentBlueprint.make({
  name: 'versions',
  params: {
    path: '/versions',
    title: 'Versions',
    routeRef: versionsRouteRef,
    filter: isModelEntity,
    loader: () =>
      import(/* webpackPrefetch: true */ './VersionsContent').then(m => (
        <m.VersionsContent />
      )),
  },
});
