import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isModelEntity } from '../models/isModelEntity';

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
