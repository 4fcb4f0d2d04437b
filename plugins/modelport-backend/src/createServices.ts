import {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { CardsService } from './cards/CardsService';
import { ModelportConfig } from './config';
import { ArtefactEvidence } from './evidence/ArtefactEvidence';
import { EvidenceIntake } from './evidence/EvidenceIntake';
import { evidenceMeasurements } from './evidence/evidenceMeasurements';
import { EvidenceReaders } from './evidence/EvidenceReaders';
import { EvidenceService } from './evidence/EvidenceService';
import { EvidenceStore } from './evidence/EvidenceStore';
import { ModelListeners } from './evidence/ModelListeners';
import { PushTokens } from './evidence/PushTokens';
import { SealedRows } from './evidence/SealedRows';
import { Consumers } from './lineage/Consumers';
import { LineageGraphStore } from './lineage/LineageGraphStore';
import { LineageProjector } from './lineage/LineageProjector';
import { LineageService } from './lineage/LineageService';
import { LineageStore } from './lineage/LineageStore';
import { OpenLineageService } from './lineage/OpenLineageService';
import { createIngest } from './models/createIngest';
import { ModelFactsReader } from './models/ModelFacts';
import { ModelsService } from './models/ModelsService';
import { ModelsStore } from './models/ModelsStore';
import { ModelsSyncStore } from './models/ModelsSyncStore';
import { DriftWorkers } from './monitoring/DriftWorkers';
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
  readers: EvidenceReaders;
  scheduler: SchedulerService;
  /** Ids of the tasks that go on from what a pass listed. */
  followers: string[];
}): {
  artefacts: ArtefactEvidence;
  cards: CardsService;
  driftWorkers: DriftWorkers;
  evidence: EvidenceService;
  lineage: LineageService;
  lineageProjector: LineageProjector;
  models: ModelsService;
  openLineage: OpenLineageService;
  tokens: PushTokens;
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
  const lineageStore = new LineageStore(knex);
  const modelsStore = new ModelsStore(knex, config.entityNamespace);
  const lineageProjector = new LineageProjector({
    store: lineageStore,
    facts: new ModelFactsReader(knex, modelsStore, config.entityNamespace),
    consumers: new Consumers(options),
  });
  const ingest = createIngest({ knex, config, owners });
  const shared = { store: sourcesStore, providers, scheduler, logger, metrics };
  const discovery = new SourceDiscovery({ ...shared, ingest });
  const sync = new SourceSync({
    ...shared,
    ...config.sync,
    ingest,
    discovery,
    followers: options.followers,
  });
  const evidenceStore = new EvidenceStore(knex);
  const models = new ModelsService({
    store: modelsStore,
    versions: new VersionsStore(knex),
    config,
    freshness: () => sources.freshness(),
    findSource: (id, find) => discovery.find(id, find),
    measurements: of => evidenceMeasurements(evidenceStore, of),
  });
  const rows = new SealedRows({ knex, secret: config.evidence.rowSecret });
  const listeners = new ModelListeners();
  const intake = new EvidenceIntake({
    store: evidenceStore,
    readers: options.readers,
    rows,
    listeners,
  });
  const artefacts = new ArtefactEvidence({
    store: evidenceStore,
    intake,
    readers: options.readers,
    models,
    unasked: config.evidence.artefacts,
    listeners,
    logger,
  });
  const evidence = new EvidenceService({
    store: evidenceStore,
    intake,
    artefacts,
    rows,
    models,
  });
  const cards = new CardsService({
    models,
    documents: { of: (version, ask) => evidence.cardsOf(version, ask) },
    templates: config.cards.templates,
  });
  listeners.add(model => cards.refresh(model));
  const tokens = new PushTokens(knex);
  const lineage = new LineageService({
    store: new LineageGraphStore(knex),
    models,
  });
  const openLineage = new OpenLineageService({ store: lineageStore });
  const webhooks = new Webhooks({ ...shared, discovery });
  return {
    lineage,
    lineageProjector,
    openLineage,
    artefacts,
    cards,
    driftWorkers: new DriftWorkers(),
    evidence,
    tokens,
    models,
    owners,
    sources,
    sync,
    webhooks,
  };
}
