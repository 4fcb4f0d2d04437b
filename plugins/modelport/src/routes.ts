import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

export const modelsRouteRef = createRouteRef();
export const sourcesRouteRef = createRouteRef();
export const versionsRouteRef = createRouteRef();
export const promotionsRouteRef = createRouteRef();
export const alertsRouteRef = createRouteRef();

/** The form of a template, where the portal has any. */
export const selectedTemplateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});
