import {
  AuditorService,
  AuthService,
  LoggerService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { Knex } from 'knex';
import { AuditSinks } from './audit/AuditHeads';
import { AuditLog } from './audit/AuditLog';
import { recordSettings } from './audit/recordSettings';
import { tellAuditor } from './audit/tellAuditor';
import { CardAttestations } from './cards/CardAttestations';
import { CardsService } from './cards/CardsService';
import { OwnerNames } from './cards/OwnerNames';
import { ModelportConfig } from './config';
import { ArtefactCache } from './evidence/ArtefactCache';
import { ArtefactEvidence } from './evidence/ArtefactEvidence';
import { EvidenceIntake } from './evidence/EvidenceIntake';
import { EvidenceMeasurements } from './evidence/EvidenceMeasurements';
import { EvidenceReaders } from './evidence/EvidenceReaders';
import { EvidenceComparison } from './evidence/EvidenceComparison';
import { EvidenceContents } from './evidence/EvidenceContents';
import { EvidenceService } from './evidence/EvidenceService';
import { EvidenceStore } from './evidence/EvidenceStore';
import {
  createExplanations,
  Explanations,
} from './explanations/createExplanations';
import { maskRows } from './explanations/maskRows';
import { ReasonFindings } from './explanations/ReasonFindings';
import { SummaryFigures } from './explanations/SummaryFigures';
import { ModelListeners } from './evidence/ModelListeners';
import { PushTokens } from './evidence/PushTokens';
import { SealedRows } from './evidence/SealedRows';
import { SubjectKeys } from './evidence/SubjectKeys';
import { vacuumErased } from './evidence/vacuumErased';
import { Consumers } from './lineage/Consumers';
import { LineageDocuments } from './lineage/LineageDocuments';
import { LineageGraphStore } from './lineage/LineageGraphStore';
import { LineageProjector } from './lineage/LineageProjector';
import { LineageService } from './lineage/LineageService';
import { LineageStore } from './lineage/LineageStore';
import { OpenLineageService } from './lineage/OpenLineageService';
import { OpenLineageStore } from './lineage/OpenLineageStore';
import { createIngest } from './models/createIngest';
import { ModelFactsReader } from './models/ModelFacts';
import { ModelRows } from './models/ModelRows';
import { ModelsService } from './models/ModelsService';
import { ModelStandings } from './models/ModelStandings';
import { FindSource, SourceReadings } from './models/SourceReadings';
import { ModelsList } from './models/ModelsList';
import { ModelsStore } from './models/ModelsStore';
import { ModelsSyncStore } from './models/ModelsSyncStore';
import {
  createMonitoring,
  MonitoringServices,
} from './monitoring/createMonitoring';
import { MonitorEngines } from './monitoring/computed/MonitorEngines';
import { Owners } from './models/Owners';
import { VersionsStore } from './models/VersionsStore';
import { createPromotions, Promotions } from './promotions/createPromotions';
import { CustomGates } from './promotions/CustomGates';
import { PromotionTickets } from './promotions/PromotionTickets';
import { RepositoriesService } from './repositories/RepositoriesService';
import { checkCopies } from './sources/checkCopies';
import { passOverModel } from './sources/passOverModel';
import { SourceDiscovery } from './sources/SourceDiscovery';
import { SourceProviders } from './sources/SourceProviders';
import { SourcesService } from './sources/SourcesService';
import { SourcesStore } from './sources/SourcesStore';
import { SourceSync } from './sources/SourceSync';
import { SyncMetrics } from './sources/SyncMetrics';
import { Webhooks } from './sources/Webhooks';

/** Reading one model again after it was promoted takes no longer. */
const REFRESH_MS = 30_000;

/** Puts the services together. */
export function createServices(options: {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: ModelportConfig;
  engines: MonitorEngines;
  events: EventsService;
  gates: CustomGates;
  tickets: PromotionTickets;
  knex: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  providers: SourceProviders;
  readers: EvidenceReaders;
  scheduler: SchedulerService;
  signals: SignalsService;
  sinks: AuditSinks;
  urlReader: UrlReaderService;
  /** Ids of the tasks that go on from what a pass listed. */
  followers: string[];
  /** The time of promotions and the audit chain; the clock's unless given. */
  now?: () => Date;
  /** Names this backend among others that execute promotions; made up unless given. */
  holder?: string;
}): Promotions &
  MonitoringServices & {
    /** Records policy and sources in the audit chain where they are others than before. */
    recordSettings(): Promise<void>;
    artefactCache: ArtefactCache;
    artefacts: ArtefactEvidence;
    listeners: ModelListeners;
    cards: CardsService;
    compute: Explanations['compute'];
    evidence: EvidenceService;
    evidenceComparison: EvidenceComparison;
    evidenceContents: EvidenceContents;
    explainWorkers: Explanations['explainWorkers'];
    dictionaries: Explanations['dictionaries'];
    explanations: Explanations['explanations'];
    explanationsRetention: Explanations['explanationsRetention'];
    findings: Explanations['findings'];
    reasons: Explanations['reasons'];
    consumers: Consumers;
    lineage: LineageService;
    lineageDocuments: LineageDocuments;
    lineageProjector: LineageProjector;
    models: ModelsService;
    readings: SourceReadings;
    openLineage: OpenLineageService;
    tokens: PushTokens;
    owners: Owners;
    repositories: RepositoriesService;
    sources: SourcesService;
    sync: SourceSync;
    webhooks: Webhooks;
  } {
  const { config, knex, logger, providers, scheduler } = options;
  checkCopies(config.environments, providers);
  const sourcesStore = new SourcesStore(knex);
  const auditLog = new AuditLog(knex, tellAuditor(options));
  const syncStore = new ModelsSyncStore(knex, auditLog);
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
  const modelsStore = new ModelsStore(knex);
  const consumers = new Consumers(options);
  const lineageProjector = new LineageProjector({
    store: lineageStore,
    facts: new ModelFactsReader(knex, modelsStore, config.entityNamespace),
    consumers,
  });
  const ingest = createIngest({ knex, config, owners, audit: auditLog });
  const shared = { store: sourcesStore, providers, scheduler, logger, metrics };
  const discovery = new SourceDiscovery({ ...shared, ingest });
  const sync = new SourceSync({
    ...shared,
    ...config.sync,
    ingest,
    discovery,
    followers: options.followers,
  });
  const keys = new SubjectKeys({ knex, secret: config.evidence.rowSecret });
  const rows = new SealedRows({ knex, keys });
  const figures = new SummaryFigures({ ...config.explanations, rows });
  const evidenceStore = new EvidenceStore(knex, one => figures.told(one));
  const measurements = new EvidenceMeasurements(evidenceStore);
  const versions = new VersionsStore(knex);
  const modelRows = new ModelRows({ store: modelsStore, versions });
  const freshness = () => sources.freshness();
  const findSource: FindSource = (id, find) => discovery.find(id, find);
  const models = new ModelsService({
    audit: auditLog,
    list: new ModelsList(knex, config.entityNamespace),
    store: modelsStore,
    rows: modelRows,
    versions,
    config,
    freshness,
    measurements: of => measurements.of(of),
  });
  const readings = new SourceReadings({
    rows: modelRows,
    versions,
    freshness,
    findSource,
  });
  const standings = new ModelStandings({ store: modelsStore, rows: modelRows });
  const listeners = new ModelListeners({ knex, logger, now: options.now });
  const findings = new ReasonFindings({ knex, audit: auditLog, listeners });
  const intake = new EvidenceIntake({
    store: evidenceStore,
    readers: options.readers,
    rows,
    computeAnew: (trx, documents) => figures.computeAnew(trx, documents),
    listeners,
  });
  const artefactCache = new ArtefactCache({
    ...config.evidence.cache,
    models,
    readings,
  });
  const artefacts = new ArtefactEvidence({
    store: evidenceStore,
    cache: artefactCache,
    intake,
    readers: options.readers,
    models,
    readings,
    unasked: config.evidence.artefacts,
    keep: config.evidence.cache.keep,
    listeners,
    logger,
  });
  const tokens = new PushTokens(knex);
  const ofEvidence = { store: evidenceStore, artefacts, rows, models, tokens };
  const evidence = new EvidenceService({
    ...ofEvidence,
    intake,
    audit: auditLog,
    listeners,
    computeAnew: (trx, documents) => figures.computeAnew(trx, documents),
    vacuum: () => vacuumErased(knex, logger),
  });
  const evidenceContents = new EvidenceContents({
    ...ofEvidence,
    audit: auditLog,
    mask: (document, found) =>
      maskRows(document, found, config.explanations.maskedFeatures),
  });
  const lineage = new LineageService({
    store: new LineageGraphStore(knex),
    models,
  });
  const cards = new CardsService({
    models,
    standings,
    lineage,
    documents: { of: (version, ask) => evidence.cardsOf(version, ask) },
    attestations: new CardAttestations(knex),
    owners: new OwnerNames(options),
    audit: auditLog,
    onAttested: model => listeners.tell(model),
    templates: config.cards.templates,
  });
  listeners.add(model => cards.refresh(model));
  const monitoring = createMonitoring({
    ...options,
    evidence,
    models,
    readings,
    standings,
    config: config.monitoring,
  });
  listeners.add(model => monitoring.monitoringProjector.refresh(model));
  const promotions = createPromotions({
    ...options,
    models,
    standings,
    evidence,
    findings,
    cards,
    auditLog,
    alerts: monitoring.alerts,
    serving: monitoring.serving,
    findSource,
    refresh: async ({ source: id, name }) => {
      const signal = AbortSignal.timeout(REFRESH_MS);
      const source = await discovery.find(id, { signal });
      if (source) {
        await passOverModel({ source, ingest, name, signal });
        await ingest.models.summarise(id, name);
      }
    },
  });
  listeners.add(model => promotions.promotionJudging.refreshModel(model));
  const openLineage = new OpenLineageService({
    store: new OpenLineageStore(knex),
    addresses: () => sources.addresses(),
  });
  const webhooks = new Webhooks({ ...shared, discovery });
  const explanations = createExplanations({
    knex,
    audit: auditLog,
    evidence,
    findings,
    keys,
    models,
    readings,
    rows,
    config: config.explanations,
  });
  return {
    ...explanations,
    ...monitoring,
    ...promotions,
    recordSettings: async () =>
      recordSettings(auditLog, {
        'policy.changed': {
          environments: config.environments,
          promotions: config.promotions,
        },
        'sources.changed': await sources.settings(),
      }),
    consumers,
    lineage,
    lineageDocuments: new LineageDocuments({ store: lineageStore }),
    lineageProjector,
    openLineage,
    artefactCache,
    artefacts,
    listeners,
    cards,
    evidence,
    evidenceContents,
    evidenceComparison: new EvidenceComparison({ evidence, models }),
    tokens,
    models,
    readings,
    owners,
    repositories: new RepositoriesService({ ...options, models }),
    sources,
    sync,
    webhooks,
  };
}
