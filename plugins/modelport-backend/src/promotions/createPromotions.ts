import { randomUUID } from 'node:crypto';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { Knex } from 'knex';
import { AuditHeads, AuditSinks } from '../audit/AuditHeads';
import { AuditLog } from '../audit/AuditLog';
import { AuditService } from '../audit/AuditService';
import { HeadsFile } from '../audit/HeadsFile';
import { CardsService } from '../cards/CardsService';
import { ModelportConfig } from '../config';
import { EvidenceService } from '../evidence/EvidenceService';
import { ReasonFindings } from '../explanations/ReasonFindings';
import { ModelCopies } from '../models/ModelCopies';
import { ModelsService } from '../models/ModelsService';
import { ModelStandings } from '../models/ModelStandings';
import { FindSource } from '../models/SourceReadings';
import { AlertsService } from '../monitoring/alerts/AlertsService';
import { ServingService } from '../monitoring/serving/ServingService';
import { ChangedMeasurements } from './ChangedMeasurements';
import { CustomGates } from './CustomGates';
import { EnvironmentsService } from './EnvironmentsService';
import { EnvironmentsStore } from './EnvironmentsStore';
import { EnvironmentWatch } from './EnvironmentWatch';
import { EvidencePack } from './EvidencePack';
import { GateFactsReader } from './GateFactsReader';
import { LiveVersions } from './LiveVersions';
import { Observations } from './Observations';
import { ObservedStore } from './ObservedStore';
import { LoweredTiers } from './LoweredTiers';
import { OwnModels } from './OwnModels';
import { People } from './People';
import { PromotionChanges } from './PromotionChanges';
import { PromotionComments } from './PromotionComments';
import { PromotionDrafts } from './PromotionDrafts';
import { PromotionExecutor } from './PromotionExecutor';
import { PromotionJudge } from './PromotionJudge';
import { PromotionJudging } from './PromotionJudging';
import { PromotionNews } from './PromotionNews';
import { PromotionRequests } from './PromotionRequests';
import { PromotionReviews } from './PromotionReviews';
import { PromotionRounds } from './PromotionRounds';
import { PromotionTickets } from './PromotionTickets';
import { PromotionsReader } from './PromotionsReader';
import { PromotionsStore } from './PromotionsStore';
import { QuorumReaches } from './QuorumReaches';
import { RegistryAliases } from './RegistryAliases';
import { RegistryPlaces } from './RegistryPlaces';
import { Rollbacks } from './Rollbacks';
import { AbortConditions } from './rollout/AbortConditions';
import { RegistryTraffic } from './rollout/RegistryTraffic';
import { Rollouts } from './rollout/Rollouts';
import { RolloutSteps } from './rollout/RolloutSteps';

/** Promotions and the audit chain. */
export interface Promotions {
  audit: AuditService;
  auditHeads: AuditHeads;
  auditLog: AuditLog;
  drafts: PromotionDrafts;
  environments: EnvironmentsService;
  observations: Observations;
  loweredTiers: LoweredTiers;
  packs: EvidencePack;
  quorumReaches: QuorumReaches;
  changedMeasurements: ChangedMeasurements;
  promotionComments: PromotionComments;
  people: People;
  promotionJudging: PromotionJudging;
  promotionRequests: PromotionRequests;
  promotionReviews: PromotionReviews;
  promotionRounds: PromotionRounds;
  promotions: PromotionsReader;
  rollbacks: Rollbacks;
  rollouts: Rollouts;
  watch: EnvironmentWatch;
}

/** Puts promotions and the audit chain together. */
export function createPromotions(options: {
  auth: AuthService;
  catalog: CatalogService;
  config: ModelportConfig;
  knex: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  signals: SignalsService;
  gates: CustomGates;
  tickets: PromotionTickets;
  sinks: AuditSinks;
  models: ModelsService;
  standings: ModelStandings;
  evidence: EvidenceService;
  findings: ReasonFindings;
  cards: CardsService;
  auditLog: AuditLog;
  findSource: FindSource;
  alerts: Pick<AlertsService, 'report' | 'unclosedOf'>;
  serving: Pick<ServingService, 'get'>;
  /** Reads a model from its registry again. */
  refresh: (model: { source: string; name: string }) => Promise<void>;
  now?: () => Date;
  /** Names this backend among others. */
  holder?: string;
}): Promotions {
  const {
    config,
    knex,
    models,
    evidence,
    sinks,
    auditLog,
    now = () => new Date(),
    holder = randomUUID(),
  } = options;
  const { environments } = config;
  if (config.audit.file !== undefined) {
    sinks.add(new HeadsFile(config.audit.file));
  }
  const auditHeads = new AuditHeads({
    ...options,
    log: auditLog,
    signingKey: config.audit.signingKey,
    frequency: config.audit.frequency,
    now,
  });
  const people = new People({
    ...options,
    people: config.promotions.people,
    deputies: config.promotions.deputies,
    now,
  });
  const store = new PromotionsStore(knex, auditLog);
  const promotionComments = new PromotionComments(knex);
  const periods = new EnvironmentsStore(knex);
  const observed = new ObservedStore(knex);
  const aliases = new RegistryAliases(options.findSource);
  const copies = new ModelCopies(knex);
  const places = new RegistryPlaces({
    ...options,
    aliases,
    copies,
    now,
  });
  const traffic = new RegistryTraffic(options.findSource);
  const judging = {
    facts: new GateFactsReader({
      ...options,
      people,
      liveVersions: new LiveVersions({ environments, places, periods }),
      promotions: store,
    }),
    people,
    custom: options.gates,
  };
  const drafts = new PromotionDrafts({
    ...judging,
    models,
    config: config.promotions,
    environments,
    places,
    now,
  });
  const judge = new PromotionJudge({ ...judging, drafts, now });
  const executor = new PromotionExecutor({
    ...options,
    store,
    environments: periods,
    aliases,
    places,
    judge,
    rollouts: new RolloutSteps({ traffic, environments: periods, now }),
    holder,
    now,
  });
  const changes = new PromotionChanges({
    ...options,
    store,
    executor,
    news: new PromotionNews({ ...options, people }),
    now,
  });
  const quorumReaches = new QuorumReaches({ ...options, people });
  const shared = {
    ...options,
    quorumReaches,
    ...judging,
    drafts,
    judge,
    store,
    executor,
    changes,
    now,
  };
  const promotionJudging = new PromotionJudging(shared);
  const rollouts = new Rollouts({
    ...shared,
    conditions: new AbortConditions(options),
  });
  return {
    audit: new AuditService({ log: auditLog, heads: auditHeads, models }),
    auditHeads,
    auditLog,
    environments: new EnvironmentsService({
      environments,
      models,
      store: periods,
      observed,
      traffic,
      promotions: store,
      copies,
      now,
    }),
    observations: new Observations({
      ...options,
      environments,
      store: observed,
      now,
    }),
    drafts,
    loweredTiers: new LoweredTiers({
      riskGroups: config.promotions.riskGroups,
      people,
      ownModels: new OwnModels({ models, evidence, people }),
    }),
    packs: new EvidencePack({ log: auditLog, heads: auditHeads, evidence }),
    people,
    quorumReaches,
    changedMeasurements: new ChangedMeasurements({ evidence }),
    promotionComments,
    promotionJudging,
    promotionRequests: new PromotionRequests({
      ...shared,
      places,
      traffic,
    }),
    promotionReviews: new PromotionReviews({
      ...shared,
      promotionComments,
      judging: promotionJudging,
      places,
      traffic,
    }),
    promotionRounds: new PromotionRounds({ ...shared, rollouts }),
    promotions: new PromotionsReader(shared),
    rollouts,
    rollbacks: new Rollbacks({
      models,
      environments: periods,
      drafts,
      changes,
      tickets: options.tickets,
      people,
      promotions: store,
      places,
      alerts: options.alerts,
      evidence,
      now,
    }),
    watch: new EnvironmentWatch({
      ...options,
      environments,
      store: periods,
      promotions: store,
      places,
      traffic,
      audit: auditLog,
      now,
      moved: model => promotionJudging.refreshModel(model),
      told: (before, after) => changes.told(before, after),
    }),
  };
}
