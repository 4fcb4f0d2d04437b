import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { fromJson } from './modelRow';
import { chunks } from './chunks';
import { nextSequence } from './sequence';

/** Looks owners up in the catalog, so that a model shows only one that exists. */
export class Owners {
  constructor(
    private readonly options: {
      knex: Knex;
      catalog: CatalogService;
      auth: AuthService;
      logger: LoggerService;
    },
  ) {}

  /**
   * Brings every model's owner in line with the catalog. Where the catalog cannot be reached owners stay as they are.
   */
  async reconcile(): Promise<void> {
    const { knex } = this.options;
    const groups: Array<{ owner_candidates: string; owner: string | null }> =
      await knex('models_models')
        .where({ retired_at: null })
        .distinct('owner_candidates', 'owner');
    const candidatesOf = (group: { owner_candidates: string }) =>
      fromJson<string[]>(group.owner_candidates);
    const existing = await this.existing([
      ...new Set(groups.flatMap(candidatesOf)),
    ]);
    if (!existing) {
      return;
    }
    for (const group of groups) {
      const owner =
        candidatesOf(group).find(candidate => existing.has(candidate)) ?? null;
      if (owner !== group.owner) {
        await knex.transaction(async trx => {
          await trx('models_models')
            .where({
              owner_candidates: group.owner_candidates,
              owner: group.owner,
              retired_at: null,
            })
            .update({ owner, seq: await nextSequence(trx) });
        });
      }
    }
  }

  private async existing(refs: string[]): Promise<Set<string> | undefined> {
    const { auth, catalog, logger } = this.options;
    const found = new Set<string>();
    try {
      const credentials = await auth.getOwnServiceCredentials();
      for (const chunk of chunks(refs)) {
        const { items } = await catalog.getEntitiesByRefs(
          {
            entityRefs: chunk,
            fields: ['kind', 'metadata.namespace', 'metadata.name'],
          },
          { credentials },
        );
        for (const entity of items) {
          if (entity) {
            found.add(stringifyEntityRef(entity).toLowerCase());
          }
        }
      }
      return found;
    } catch (error) {
      logger.warn(
        `Owners of models stay as they are, the catalog could not be asked: ${error}`,
      );
      return undefined;
    }
  }
}
