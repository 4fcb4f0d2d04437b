import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { z } from 'zod';
import { refusalOf } from '../refusalOf';

const page = z.object({
  items: z.array(z.object({ name: z.string(), source: z.string() })),
  nextCursor: z.string().nullish(),
});

/**
 * Makes sure that neither the catalog nor a registry has a model of a name.
 *
 * @throws `ConflictError` that says who has it
 */
export async function checkNameIsFree(
  name: string,
  credentials: BackstageCredentials,
  deps: {
    auth: AuthService;
    catalog: CatalogService;
    discovery: DiscoveryService;
  },
): Promise<void> {
  const entityRef = `resource:default/${name}`;
  const taken = await deps.catalog.getEntityByRef(entityRef, { credentials });
  if (taken) {
    throw new ConflictError(
      `The name '${name}' is taken: the catalog has ${entityRef}, owned by ${taken.spec?.owner}`,
    );
  }
  const { token } = await deps.auth.getPluginRequestToken({
    onBehalfOf: credentials,
    targetPluginId: 'modelport',
  });
  const url = await deps.discovery.getBaseUrl('modelport');
  // names that have this one in them come too, on as many pages as there are
  let cursor: string | null | undefined;
  do {
    const query = new URLSearchParams({ q: name, limit: '500' });
    if (cursor) {
      query.set('cursor', cursor);
    }
    const answer = await fetch(`${url}/v1/models?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) {
      throw await refusalOf('The list of models', answer);
    }
    const { items, nextCursor } = page.parse(await answer.json());
    const registered = items.find(model => model.name === name);
    if (registered) {
      throw new ConflictError(
        `The name '${name}' is taken: there is such a model in ${registered.source}`,
      );
    }
    cursor = nextCursor;
  } while (cursor);
}
