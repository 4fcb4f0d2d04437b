import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isModelEntity } from '../models/isModelEntity';

export const cardEntityContent = EntityContentBlueprint.make({
  name: 'card',
  params: {
    path: '/card',
    title: 'Card',
    filter: isModelEntity,
    loader: () => import('./CardContent').then(m => <m.CardContent />),
  },
});
