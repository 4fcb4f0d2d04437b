import { Entity } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { ReactElement } from 'react';
import { useLocation } from 'react-router-dom';
import { SWRConfig } from 'swr';
import { ModelportApi, modelportApiRef } from '../api/modelportApi';
import {
  modelsRouteRef,
  promotionsRouteRef,
  selectedTemplateRouteRef,
  sourcesRouteRef,
} from '../routes';

/** The entity of the model of the tests. */
export function testEntity(annotations?: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'car-loan-default',
      namespace: 'default',
      annotations: annotations ?? {
        'modelport.io/source': 'demo',
        'modelport.io/name': 'car-loan-default',
      },
    },
    spec: { type: 'ml-model', owner: 'group:default/risk-analytics' },
  };
}

/** Who is in the catalog of the tests. */
const PEOPLE: Entity[] = [
  ['User', 'ada'],
  ['User', 'rosa'],
  ['Group', 'model-risk'],
].map(([kind, name]) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: {},
}));

/** An error as the client makes it of a bad answer. */
export function testResponseError(
  statusCode: number,
  message: string,
): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'Error', message },
        response: { statusCode },
      }),
      {
        status: statusCode,
        headers: { 'content-type': 'application/json' },
      },
    ),
  );
}

function Address() {
  const { pathname, search } = useLocation();
  return <div data-testid="address">{`${pathname}${search}`}</div>;
}

/** Renders a page with an API of which only the given methods answer. */
export function renderPage(
  page: ReactElement,
  options: {
    api: Partial<ModelportApi>;
    address?: string;
    mountPath?: string;
    entity?: Entity;
    /** Whether the reader may do what permissions ask for; everything by default. */
    allowed?: boolean;
    config?: NonNullable<Parameters<typeof renderInTestApp>[1]>['config'];
  },
) {
  const {
    api,
    address = '/models',
    mountPath,
    entity,
    allowed = true,
  } = options;
  const element = entity ? (
    <EntityProvider entity={entity}>{page}</EntityProvider>
  ) : (
    page
  );
  return renderInTestApp(
    <SWRConfig value={{ provider: () => new Map() }}>
      {element}
      <Address />
    </SWRConfig>,
    {
      initialRouteEntries: [address],
      mountPath,
      config: options.config,
      mountedRoutes: {
        '/models': modelsRouteRef,
        '/models/promotions': promotionsRouteRef,
        '/models/sources': sourcesRouteRef,
        '/create/templates/:namespace/:templateName': selectedTemplateRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        [modelportApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: PEOPLE })],
        [starredEntitiesApiRef, new MockStarredEntitiesApi()],
        [
          permissionApiRef,
          {
            authorize: async () => ({
              result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
            }),
          },
        ],
        mockApis.storage(),
      ],
    },
  );
}
