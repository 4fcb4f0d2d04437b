import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isModelEntity } from '../models/isModelEntity';
import { alertsRouteRef } from '../routes';

export const monitoringEntityContent = EntityContentBlueprint.make({
  name: 'monitoring',
  params: {
    path: '/monitoring',
    title: 'Monitoring',
    filter: isModelEntity,
    loader: () =>
      import('./MonitoringContent').then(m => <m.MonitoringContent />),
  },
});

/** Reached from Models; without an icon it takes no place in the portal's navigation. */
export const alertsPage = PageBlueprint.make({
  name: 'alerts',
  params: {
    path: '/models/alerts',
    title: 'Alerts',
    routeRef: alertsRouteRef,
    loader: () => import('./AlertsPage').then(m => <m.AlertsPage />),
  },
});
