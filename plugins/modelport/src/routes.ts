import { createRouteRef } from '@backstage/frontend-plugin-api';

export const modelsRouteRef = createRouteRef();
export const sourcesRouteRef = createRouteRef();
export const versionsRouteRef = createRouteRef();
export const promotionsRouteRef = createRouteRef();
export const alertsRouteRef = createRouteRef();
