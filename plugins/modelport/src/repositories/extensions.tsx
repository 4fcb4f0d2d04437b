import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isModelEntity } from '../models/isModelEntity';

export const repositoryEntityCard = EntityCardBlueprint.make({
  name: 'repository',
  params: {
    type: 'info',
    filter: isModelEntity,
    loader: () => import('./RepositoryCard').then(m => <m.RepositoryCard />),
  },
});
