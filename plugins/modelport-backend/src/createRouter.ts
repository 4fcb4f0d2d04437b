import {
  AuditorService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AuditLog } from './audit/AuditLog';
import { addAuditRoutes } from './audit/routes';
import { hideStacks } from './hideStacks';
import { hideStatements } from './hideStatements';
import { CardsService } from './cards/CardsService';
import { addCardsRoutes } from './cards/routes';
import { EvidenceComparison } from './evidence/EvidenceComparison';
import { EvidenceContents } from './evidence/EvidenceContents';
import { EvidenceService } from './evidence/EvidenceService';
import { createPusher, createPushRouter } from './evidence/pushRouter';
import { PushTokens } from './evidence/PushTokens';
import { addEvidenceRoutes } from './evidence/routes';
import { ComputeService } from './explanations/ComputeService';
import { ExplanationsService } from './explanations/ExplanationsService';
import { ReasonDictionaries } from './explanations/ReasonDictionaries';
import { ReasonFindings } from './explanations/ReasonFindings';
import { ReasonsService } from './explanations/ReasonsService';
import { addExplanationsRoutes } from './explanations/routes';
import { Consumers } from './lineage/Consumers';
import { createLineagePushRouter } from './lineage/createLineagePushRouter';
import { LineageDocuments } from './lineage/LineageDocuments';
import { LineageService } from './lineage/LineageService';
import { OpenLineageService } from './lineage/OpenLineageService';
import { addLineageRoutes } from './lineage/routes';
import { ModelsAccess } from './models/ModelsAccess';
import { ModelsService } from './models/ModelsService';
import { addChangesRoutes, addModelsRoutes } from './models/routes';
import { SourceReadings } from './models/SourceReadings';
import { addAlertRulesRoutes } from './monitoring/alerts/ruleRoutes';
import { addAlertsRoutes } from './monitoring/alerts/routes';
import { createObservationsRouter } from './monitoring/computed/observationsRouter';
import { addMonitorsRoutes } from './monitoring/computed/routes';
import { MonitoringServices } from './monitoring/createMonitoring';
import { addMonitoringRoutes } from './monitoring/routes';
import { createDriftRouter } from './monitoring/createDriftRouter';
import { Promotions } from './promotions/createPromotions';
import { PromotionsAccess } from './promotions/PromotionsAccess';
import { addEnvironmentRoutes } from './promotions/environmentRoutes';
import { refuseUnstorable } from './promotions/refuseUnstorable';
import { addPromotionsRoutes } from './promotions/routes';
import { RepositoriesService } from './repositories/RepositoriesService';
import { addRepositoriesRoutes } from './repositories/routes';
import { refuseOddPaging } from './refuseOddPaging';
import { createApiRouter, createModelsRouter } from './router';
import { spec } from './schema/openapi';
import { addSourcesRoutes } from './sources/routes';
import { SourcesService } from './sources/SourcesService';
import { createWebhookRouter } from './sources/webhookRouter';
import { Webhooks } from './sources/Webhooks';

/** Claims of hand-written entities come in one body. */
const MAX_JSON = '5mb';

/** The API, below `/v1`. */
export async function createRouter(
  options: {
    auditLog: AuditLog;
    auditor: AuditorService;
    httpAuth: HttpAuthService;
    logger: LoggerService;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    userInfo: UserInfoService;
    cards: CardsService;
    compute: ComputeService;
    dictionaries: ReasonDictionaries;
    explanations: ExplanationsService;
    findings: ReasonFindings;
    reasons: ReasonsService;
    evidence: EvidenceService;
    evidenceComparison: EvidenceComparison;
    evidenceContents: EvidenceContents;
    tokens: PushTokens;
    consumers: Consumers;
    lineage: LineageService;
    lineageDocuments: LineageDocuments;
    models: ModelsService;
    readings: SourceReadings;
    openLineage: OpenLineageService;
    repositories: RepositoriesService;
    sources: SourcesService;
    webhooks: Webhooks;
  } & Promotions &
    MonitoringServices,
): Promise<Router> {
  const access = new ModelsAccess(options);
  const middleware = [refuseOddPaging, express.json({ limit: MAX_JSON })];
  const models = await createModelsRouter({ middleware });
  addModelsRoutes(models, { ...options, service: options.models, access });

  const api = await createApiRouter({
    middleware: [...middleware, refuseUnstorable],
  });
  addChangesRoutes(api, { service: options.models, access });
  addCardsRoutes(api, { service: options.cards, access });
  addExplanationsRoutes(api, { ...options, access });
  addEvidenceRoutes(api, { ...options, service: options.evidence, access });
  addLineageRoutes(api, {
    service: options.lineage,
    consumers: options.consumers,
    access,
  });
  addAlertRulesRoutes(api, { service: options.alertRules, access });
  addAlertsRoutes(api, { service: options.alerts, access });
  addMonitoringRoutes(api, {
    service: options.monitoring,
    serving: options.serving,
    access,
  });
  addMonitorsRoutes(api, { service: options.monitors, access });
  addEnvironmentRoutes(api, { ...options, access });
  addPromotionsRoutes(api, {
    ...options,
    access,
    promotionsAccess: new PromotionsAccess(options),
    now: () => new Date(),
  });
  addAuditRoutes(api, { service: options.audit, access });
  addRepositoriesRoutes(api, {
    ...options,
    service: options.repositories,
    access,
  });
  addSourcesRoutes(api, { service: options.sources, access });

  const router = PromiseRouter();
  // The generated router answers the file rewritten to OpenAPI 3.0.
  router.get('/v1/openapi.json', (_req, res) => {
    res.json(spec);
  });
  router.use(
    '/v1/webhooks',
    createWebhookRouter({ webhooks: options.webhooks }),
  );
  router.use(
    '/v1',
    createPushRouter({ ...options, service: options.evidence, access }),
  );
  router.use(
    '/v1',
    createObservationsRouter({
      observations: options.observationCounts,
      pusher: createPusher({ ...options, access }),
    }),
  );
  router.use(
    '/v1/lineage',
    createLineagePushRouter({
      service: options.openLineage,
      documents: options.lineageDocuments,
      access,
    }),
  );
  router.use(
    '/v1/statistics/drift',
    createDriftRouter({ workers: options.driftWorkers, access }),
  );
  router.use('/v1', models, api);
  router.use(req => {
    throw new NotFoundError(`There is no ${req.method} ${req.path}`);
  });
  router.use(hideStatements(options.logger), hideStacks);
  return router;
}
