import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { createModelportClient } from '@modelport/plugin-modelport-common';
import { modelportApiRef } from './modelportApi';
import { ModelportApiClient } from './ModelportApiClient';
import { shareReading } from './shareReading';

export const modelportApi = ApiBlueprint.make({
  params: define =>
    define({
      api: modelportApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new ModelportApiClient(
          createModelportClient({
            discoveryApi,
            fetchApi: { fetch: shareReading(fetchApi.fetch) },
          }),
        ),
    }),
});
