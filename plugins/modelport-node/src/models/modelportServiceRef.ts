import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  Card,
  ChangePage,
  createModelportClient,
  EntityClaim,
} from '@modelport/plugin-modelport-common';

/**
 * The registry as other backend plugins see it, in the name of the calling plugin.
 *
 * @public
 */
export interface ModelportService {
  /**
   * Models that changed since a cursor, retired ones included, in the order of change.
   *
   * @param options - without a cursor it starts at the first change ever.
   */
  getChanges(options: { cursor?: string; limit?: number }): Promise<ChangePage>;
  /** Replaces the list of hand-written entities that stand for a model. */
  putEntityClaims(claims: EntityClaim[]): Promise<void>;
  /**
   * The card of a version.
   *
   * @throws `ResponseError` where there is none, or the registry can't be asked.
   */
  getCard(of: { source: string; name: string; version: string }): Promise<Card>;
}

/**
 * Reads the registry from another backend plugin.
 *
 * @public
 */
export const modelportServiceRef = createServiceRef<ModelportService>({
  id: 'modelport.service',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory({ auth, discovery }) {
        const client = createModelportClient({ discoveryApi: discovery });
        const options = async () =>
          auth.getPluginRequestToken({
            onBehalfOf: await auth.getOwnServiceCredentials(),
            targetPluginId: 'modelport',
          });
        return {
          async getChanges(query) {
            const response = await client.getChanges(
              { query },
              await options(),
            );
            if (!response.ok) {
              throw await ResponseError.fromResponse(response);
            }
            return response.json();
          },
          async putEntityClaims(items) {
            const response = await client.putEntityClaims(
              { body: { items } },
              await options(),
            );
            if (!response.ok) {
              throw await ResponseError.fromResponse(response);
            }
          },
          async getCard(path) {
            const response = await client.getCard({ path }, await options());
            if (!response.ok) {
              throw await ResponseError.fromResponse(response);
            }
            return response.json();
          },
        };
      },
    }),
});
