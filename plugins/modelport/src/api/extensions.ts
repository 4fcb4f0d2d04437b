import {
  ApiBlueprint,
  createApiRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { createModelportClient } from '@modelport/plugin-modelport-common';
import { ModelportApi, modelportApiRef } from './modelportApi';
import { ModelportApiClient } from './ModelportApiClient';
import { SharedReading, shareReading } from './shareReading';

const sharedReadingRef = createApiRef<SharedReading>({
  id: 'plugin.modelport.reading',
});

/** The same API, whose answers wait for the page that asks for them. */
export const modelportAheadApiRef = createApiRef<ModelportApi>({
  id: 'plugin.modelport.ahead',
});

export const sharedReading = ApiBlueprint.make({
  name: 'reading',
  params: define =>
    define({
      api: sharedReadingRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => shareReading(fetchApi.fetch),
    }),
});

export const modelportApi = ApiBlueprint.make({
  params: define =>
    define({
      api: modelportApiRef,
      deps: { discoveryApi: discoveryApiRef, reading: sharedReadingRef },
      factory: ({ discoveryApi, reading: { fetch } }) =>
        new ModelportApiClient(
          createModelportClient({ discoveryApi, fetchApi: { fetch } }),
        ),
    }),
});

export const modelportAheadApi = ApiBlueprint.make({
  name: 'ahead',
  params: define =>
    define({
      api: modelportAheadApiRef,
      deps: { discoveryApi: discoveryApiRef, reading: sharedReadingRef },
      factory: ({ discoveryApi, reading }) =>
        new ModelportApiClient(
          createModelportClient({
            discoveryApi,
            fetchApi: { fetch: reading.fetchAhead },
          }),
        ),
    }),
});
