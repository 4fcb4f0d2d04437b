import {
  LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { readModelportConfig } from '../config';
import { ModelsIngest } from '../models/ModelsIngest';
import { ModelsStore } from '../models/ModelsStore';
import { ModelsSyncStore } from '../models/ModelsSyncStore';
import { ModelSummaries } from '../models/ModelSummaries';
import { Owners } from '../models/Owners';
import { VersionsStore } from '../models/VersionsStore';

/** The parts of the registry that tests write and read through. */
export interface TestRegistry {
  knex: Knex;
  store: ModelsStore;
  ingest: ModelsIngest;
}

/** An empty registry on a database, with a catalog that knows the group `team-x`. */
export async function createTestRegistry(
  knex: Knex,
  options: { logger: LoggerService },
): Promise<TestRegistry> {
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@modelport/plugin-modelport-backend',
      'migrations',
    ),
  });
  const config = readModelportConfig(new ConfigReader({}));
  return {
    knex,
    store: new ModelsStore(knex, config.entityNamespace),
    ingest: new ModelsIngest({
      store: new ModelsSyncStore(knex),
      versions: new VersionsStore(knex),
      summaries: new ModelSummaries(knex, config),
      owners: new Owners({
        knex,
        auth: mockServices.auth(),
        catalog: catalogServiceMock({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Group',
              metadata: { name: 'team-x' },
              spec: {},
            },
          ],
        }),
        logger: options.logger,
      }),
      config,
    }),
  };
}
