import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import PromotionsIcon from '@mui/icons-material/RuleOutlined';
import { isModelEntity } from '../models/isModelEntity';
import { promotionsRouteRef } from '../routes';

export const promotionsPage = PageBlueprint.make({
  name: 'promotions',
  params: {
    path: '/models/promotions',
    title: 'Promotions',
    icon: <PromotionsIcon fontSize="inherit" />,
    routeRef: promotionsRouteRef,
    loader: () => import('./PromotionsPage').then(m => <m.PromotionsPage />),
  },
});

export const promotionsEntityContent = EntityContentBlueprint.make({
  name: 'promotions',
  params: {
    path: '/promotions',
    title: 'Promotions',
    filter: isModelEntity,
    loader: () =>
      import('./PromotionsContent').then(m => <m.PromotionsContent />),
  },
});
