import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isModelEntity } from '../models/isModelEntity';

export const lineageEntityContent = EntityContentBlueprint.make({
  name: 'lineage',
  params: {
    path: '/lineage',
    title: 'Lineage',
    filter: isModelEntity,
    loader: () => import('./LineageContent').then(m => <m.LineageContent />),
  },
});
