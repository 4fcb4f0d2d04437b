import {
  LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { readModelportConfig } from '../config';
import { createIngest, Ingest } from '../models/createIngest';
import { ModelsStore } from '../models/ModelsStore';
import { Owners } from '../models/Owners';

/** The parts of the registry that tests write and read through. */
export interface TestRegistry {
  knex: Knex;
  store: ModelsStore;
  ingest: Ingest;
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
    ingest: createIngest({
      knex,
      config,
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
    }),
  };
}
