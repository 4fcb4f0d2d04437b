import {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { ModelportConfig } from './config';
import { ModelsIngest } from './models/ModelsIngest';
import { ModelsService } from './models/ModelsService';
import { ModelsStore } from './models/ModelsStore';
import { ModelsSyncStore } from './models/ModelsSyncStore';
import { ModelSummaries } from './models/ModelSummaries';
import { Owners } from './models/Owners';
import { VersionsStore } from './models/VersionsStore';
import { SourceProviders } from './sources/SourceProviders';
import { SourcesService } from './sources/SourcesService';
import { SourcesStore } from './sources/SourcesStore';
import { SourceSync } from './sources/SourceSync';
import { SyncMetrics } from './sources/SyncMetrics';

/** Puts the services together. */
export function createServices(options: {
  auth: AuthService;
  catalog: CatalogService;
  config: ModelportConfig;
  knex: Knex;
  logger: LoggerService;
  providers: SourceProviders;
  scheduler: SchedulerService;
}): {
  models: ModelsService;
  owners: Owners;
  sources: SourcesService;
  sync: SourceSync;
} {
  const { config, knex, logger, providers, scheduler } = options;
  const sourcesStore = new SourcesStore(knex);
  const syncStore = new ModelsSyncStore(knex);
  const versions = new VersionsStore(knex);
  const owners = new Owners(options);
  const metrics = new SyncMetrics();
  const sources = new SourcesService({
    store: sourcesStore,
    providers,
    scheduler,
    logger,
    frequency: config.sync.frequency,
    counts: () => syncStore.counts(),
  });
  metrics.observeLag(() => sources.freshness());
  const sync = new SourceSync({
    store: sourcesStore,
    ingest: new ModelsIngest({
      store: syncStore,
      versions,
      summaries: new ModelSummaries(knex, config),
      owners,
      config,
    }),
    providers,
    scheduler,
    logger,
    metrics,
    frequency: config.sync.frequency,
    timeout: config.sync.timeout,
  });
  const models = new ModelsService({
    store: new ModelsStore(knex, config.entityNamespace),
    versions,
    config,
    freshness: () => sources.freshness(),
    findSource: (id, find) => sync.find(id, find),
  });
  return { models, owners, sources, sync };
}
