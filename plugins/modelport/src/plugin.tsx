import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { askAhead } from './ahead/extensions';
import {
  modelportAheadApi,
  modelportApi,
  sharedReading,
} from './api/extensions';
import { cardEntityContent } from './cards/extensions';
import {
  entityTabRow,
  modelEntityLayout,
  modelOverviewCard,
  modelSearchResultListItem,
  modelSearchResultType,
  modelsPage,
} from './models/extensions';
import { explanationsEntityContent } from './explanations/extensions';
import { lineageEntityContent } from './lineage/extensions';
import { alertsPage, monitoringEntityContent } from './monitoring/extensions';
import {
  promotionsEntityContent,
  promotionsPage,
} from './promotions/extensions';
import { repositoryEntityCard } from './repositories/extensions';
import {
  alertsRouteRef,
  modelsRouteRef,
  promotionsRouteRef,
  selectedTemplateRouteRef,
  sourcesRouteRef,
  versionsRouteRef,
} from './routes';
import { sourcesPage } from './sources/extensions';
import { versionsEntityContent } from './versions/extensions';

/**
 * The pages of Modelport: models, their versions, and the sources that they come from.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'modelport',
  title: 'Models',
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: modelsRouteRef,
    alerts: alertsRouteRef,
    promotions: promotionsRouteRef,
    sources: sourcesRouteRef,
    versions: versionsRouteRef,
  },
  externalRoutes: { selectedTemplate: selectedTemplateRouteRef },
  extensions: [
    sharedReading,
    modelportApi,
    modelportAheadApi,
    askAhead,
    modelsPage,
    promotionsPage,
    sourcesPage,
    modelOverviewCard,
    repositoryEntityCard,
    modelEntityLayout,
    entityTabRow,
    versionsEntityContent,
    lineageEntityContent,
    cardEntityContent,
    explanationsEntityContent,
    monitoringEntityContent,
    alertsPage,
    promotionsEntityContent,
    modelSearchResultListItem,
    modelSearchResultType,
  ],
});
