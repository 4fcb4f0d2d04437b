import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';
import { readModelportConfig } from '../../config';
import { ModelsService } from '../../models/ModelsService';
import { ModelsStore } from '../../models/ModelsStore';
import { VersionsStore } from '../../models/VersionsStore';

/** Models of a database, of which no source can be asked. */
export function createTestModels(knex: Knex): ModelsService {
  const config = readModelportConfig(new ConfigReader({}));
  return new ModelsService({
    store: new ModelsStore(knex, config.entityNamespace),
    versions: new VersionsStore(knex),
    config,
    freshness: async () => new Map(),
    findSource: async () => undefined,
  });
}
