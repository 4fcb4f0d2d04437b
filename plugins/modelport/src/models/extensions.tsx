import {
  AppRootElementBlueprint,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentLayoutBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import ModelsIcon from '@mui/icons-material/HubOutlined';
import { loadAhead } from '../ahead/loadAhead';
import { modelsRouteRef } from '../routes';
import { isModelEntity } from './isModelEntity';

/** Type of Modelport's documents in Backstage's search. */
export const MODEL_DOCUMENT_TYPE = 'modelport-models';

const loadModels = loadAhead(
  /\/models\/?$/,
  () => import(/* webpackPrefetch: true */ './ModelsPage'),
);

export const modelsPage = PageBlueprint.make({
  params: {
    path: '/models',
    title: 'Models',
    icon: <ModelsIcon fontSize="inherit" />,
    routeRef: modelsRouteRef,
    loader: () => loadModels().then(m => <m.ModelsPage />),
  },
});

export const modelOverviewCard = EntityCardBlueprint.make({
  name: 'overview',
  params: {
    type: 'content',
    filter: isModelEntity,
    loader: () => import('./OverviewCard').then(m => <m.OverviewCard />),
  },
});

export const modelEntityLayout = EntityContentLayoutBlueprint.make({
  params: {
    filter: isModelEntity,
    loader: () => import('./ModelEntityLayout').then(m => m.ModelEntityLayout),
  },
});

/** Backstage's row of tabs makes an entity's page as wide as all of them together; in a narrow window it scrolls by itself. */
export const entityTabRow = AppRootElementBlueprint.make({
  name: 'entity-tab-row',
  params: {
    element: (
      <style>
        {'.bui-HeaderTabsWrapper { overflow-x: auto; padding-bottom: 1px; }'}
      </style>
    ),
  },
});

export const modelSearchResultListItem = SearchResultListItemBlueprint.make({
  params: {
    predicate: result => result.type === MODEL_DOCUMENT_TYPE,
    icon: <ModelsIcon />,
    component: () =>
      import('./ModelSearchResultItem').then(m => m.ModelSearchResultItem),
  },
});

export const modelSearchResultType = SearchFilterResultTypeBlueprint.make({
  params: {
    value: MODEL_DOCUMENT_TYPE,
    name: 'ML models',
    icon: <ModelsIcon />,
  },
});
