import {
  createFrontendFeatureLoader,
  createFrontendPlugin,
  createRouteRef,
  createSubRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import AddCircleOutlineIcon from '@mui/icons-material/AddCircleOutline';

const PATH = '/create';
const rootRouteRef = createRouteRef();
const selectedTemplateRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/templates/:namespace/:templateName',
});

/** Stands for Create on all other pages: its item in the navigation, and a page that loads the app anew. */
const doorToCreate = createFrontendPlugin({
  pluginId: 'scaffolder',
  title: 'Create',
  icon: <AddCircleOutlineIcon fontSize="inherit" />,
  routes: { root: rootRouteRef, selectedTemplate: selectedTemplateRouteRef },
  extensions: [
    PageBlueprint.make({
      params: {
        path: PATH,
        routeRef: rootRouteRef,
        title: 'Create',
        icon: <AddCircleOutlineIcon fontSize="inherit" />,
        async loader() {
          window.location.reload();
          return <></>;
        },
      },
    }),
  ],
});

/** Whether the app was opened on a page of Create, at whatever address the portal lies. */
export function isCreate(pathname: string): boolean {
  return `${pathname}/`.includes(`${PATH}/`);
}

/**
 * Backstage's scaffolder with Modelport's fields, loaded where the app is opened on Create. Its validators of entities
 * alone cost every other page 65 ms; so there a door stands in its place, which opens the app anew.
 */
export const createLoader = createFrontendFeatureLoader({
  async loader() {
    if (!isCreate(window.location.pathname)) {
      return [doorToCreate];
    }
    const [scaffolder, fields] = await Promise.all([
      import('@backstage/plugin-scaffolder/alpha'),
      import('@modelport/plugin-modelport/scaffolder'),
    ]);
    return [scaffolder.default, fields.default];
  },
});
