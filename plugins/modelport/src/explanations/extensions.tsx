import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isModelEntity } from '../models/isModelEntity';

export const explanationsEntityContent = EntityContentBlueprint.make({
  name: 'explanations',
  params: {
    path: '/explanations',
    title: 'Explanations',
    filter: isModelEntity,
    loader: () =>
      import('./ExplanationsContent').then(m => <m.ExplanationsContent />),
  },
});
