import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { z } from 'zod';
import { messageOf } from '../messageOf';

const profile = z.object({
  profile: z.object({ displayName: z.string().min(1) }),
});

/** What the catalog calls people and groups, for what is read outside of the portal. */
export class OwnerNames {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      logger: LoggerService;
    },
  ) {}

  /** Names by entity refs; without those that the catalog does not know, and none where it can't be asked. */
  async of(refs: string[]): Promise<Map<string, string>> {
    const { auth, catalog, logger } = this.options;
    const entityRefs = refs.filter(ref =>
      /^(group|user):[^/]+\/[^/]+$/.test(ref),
    );
    if (entityRefs.length === 0) {
      return new Map();
    }
    try {
      const { items } = await catalog.getEntitiesByRefs(
        {
          entityRefs,
          fields: ['kind', 'metadata', 'spec.profile.displayName'],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      return new Map(
        items.flatMap((entity): Array<[string, string]> => {
          const name =
            profile.safeParse(entity?.spec).data?.profile.displayName ??
            entity?.metadata.title;
          return entity && name ? [[stringifyEntityRef(entity), name]] : [];
        }),
      );
    } catch (error) {
      logger.warn(
        `A card is exported without the names of its owners, with their refs alone; the catalog could not be asked: ${messageOf(
          error,
        )}`,
      );
      return new Map();
    }
  }
}
