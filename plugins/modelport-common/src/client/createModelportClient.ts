import crossFetch from 'cross-fetch';
import { DefaultApiClient } from '../schema/openapi';
import { wellFormedFetch } from './wellFormedFetch';

/** Path of the API's first version below the plugin's base URL. */
const API_VERSION_PATH = '/v1';

/**
 * The typed client of the Modelport API; its methods answer `TypedResponse`s and do not throw on 4xx or 5xx,
 * so that callers turn a failed answer into `ResponseError.fromResponse`.
 *
 * @public
 */
export type ModelportClient = DefaultApiClient;

/**
 * Creates the typed client.
 *
 * @param options - `discoveryApi` finds the backend; `fetchApi` carries the caller's credentials where given.
 * @public
 */
export function createModelportClient(options: {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi?: { fetch: typeof fetch };
}): ModelportClient {
  return new DefaultApiClient({
    discoveryApi: {
      getBaseUrl: async pluginId =>
        `${await options.discoveryApi.getBaseUrl(pluginId)}${API_VERSION_PATH}`,
    },
    fetchApi: {
      fetch: wellFormedFetch(options.fetchApi?.fetch ?? crossFetch),
    },
  });
}
