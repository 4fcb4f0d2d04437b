import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  ConcreteLunrQuery,
  LunrSearchEngine,
} from '@backstage/plugin-search-backend-node';
import { searchEngineRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { SearchQuery } from '@backstage/plugin-search-common';
import lunr from 'lunr';

const PAGE_SIZE = 25;

/** A word as long as this is found with one letter amiss; shorter ones would be found in everything. */
const MISTAKES_FROM = 6;

/** What people don't read is not searched: every page's address holds "catalog" and "default". */
const NOT_SEARCHED = ['location', 'entityRef', 'authorization'];

/**
 * Makes of words what the embedded engine looks for: the word, its beginnings and one slip in a long word. Backstage's
 * own default finds "load" and "order" where "loan" is looked for, two letters amiss in any word.
 */
export function translate(query: SearchQuery): ConcreteLunrQuery {
  const words = wordsOf(query.term);
  return {
    documentTypes: query.types,
    pageSize: query.pageLimit || PAGE_SIZE,
    lunrQueryBuilder(q) {
      const fields = q.allFields.filter(field => !NOT_SEARCHED.includes(field));
      for (const word of words) {
        q.term(word, { fields, boost: 100 });
        q.term(word, {
          fields,
          boost: 10,
          usePipeline: false,
          wildcard: lunr.Query.wildcard.TRAILING,
        });
        if (word.length >= MISTAKES_FROM) {
          q.term(word, { fields, usePipeline: false, editDistance: 1 });
        }
      }
      for (const [field, value] of Object.entries(query.filters ?? {})) {
        if (!q.allFields.includes(field)) {
          // The engine takes this for an index that has nothing to find.
          throw new Error(`unrecognised field ${field}`);
        }
        const values = [value].flat();
        q.term(
          values.flatMap(one => wordsOf(String(one))),
          {
            fields: [field],
            presence:
              values.length === 1
                ? lunr.Query.presence.REQUIRED
                : lunr.Query.presence.OPTIONAL,
          },
        );
      }
    },
  };
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** Search where the database is the embedded one; on PostgreSQL its own engine searches. */
export const embeddedSearchModule = createBackendModule({
  pluginId: 'search',
  moduleId: 'embedded-engine',
  register(reg) {
    reg.registerInit({
      deps: {
        database: coreServices.database,
        engines: searchEngineRegistryExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ database, engines, logger }) {
        const knex = await database.getClient();
        if (knex.client.config.client === 'pg') {
          return;
        }
        const engine = new LunrSearchEngine({ logger });
        engine.setTranslator(translate);
        engines.setSearchEngine(engine);
      },
    });
  },
});
