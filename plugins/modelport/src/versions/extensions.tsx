import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { loadAhead } from '../ahead/loadAhead';
import { isModelEntity } from '../models/isModelEntity';
import { versionsRouteRef } from '../routes';

const loadVersions = loadAhead(
  /\/versions\/?$/,
  () => import(/* webpackPrefetch: true */ './VersionsContent'),
);

export const versionsEntityContent = EntityContentBlueprint.make({
  name: 'versions',
  params: {
    path: '/versions',
    title: 'Versions',
    routeRef: versionsRouteRef,
    filter: isModelEntity,
    loader: () => loadVersions().then(m => <m.VersionsContent />),
  },
});
