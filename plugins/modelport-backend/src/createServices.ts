import {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { ModelportConfig } from './config';
import { createIngest } from './models/createIngest';
import { ModelsService } from './models/ModelsService';
import { ModelsStore } from './models/ModelsStore';
import { ModelsSyncStore } from './models/ModelsSyncStore';
import { Owners } from './models/Owners';
import { VersionsStore } from './models/VersionsStore';
import { SourceDiscovery } from './sources/SourceDiscovery';
import { SourceProviders } from './sources/SourceProviders';
import { SourcesService } from './sources/SourcesService';
import { SourcesStore } from './sources/SourcesStore';
import { SourceSync } from './sources/SourceSync';
import { SyncMetrics } from './sources/SyncMetrics';
import { Webhooks } from './sources/Webhooks';

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
  webhooks: Webhooks;
} {
  const { config, knex, logger, providers, scheduler } = options;
  const sourcesStore = new SourcesStore(knex);
  const syncStore = new ModelsSyncStore(knex);
  const owners = new Owners(options);
  const metrics = new SyncMetrics();
  const sources = new SourcesService({
    store: sourcesStore,
    providers,
    scheduler,
    logger,
    frequency: config.sync.frequency,
    counts: visibility => syncStore.counts(visibility),
  });
  metrics.observeLag(() => sources.freshness());
  const ingest = createIngest({ knex, config, owners });
  const shared = { store: sourcesStore, providers, scheduler, logger, metrics };
  const discovery = new SourceDiscovery({ ...shared, ingest });
  const sync = new SourceSync({
    ...shared,
    ...config.sync,
    ingest,
    discovery,
  });
  const models = new ModelsService({
    store: new ModelsStore(knex, config.entityNamespace),
    versions: new VersionsStore(knex),
    config,
    freshness: () => sources.freshness(),
    findSource: (id, find) => discovery.find(id, find),
  });
  const webhooks = new Webhooks({ ...shared, discovery });
  return { models, owners, sources, sync, webhooks };
}
