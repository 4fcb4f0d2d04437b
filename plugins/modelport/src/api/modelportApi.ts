import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  ActivityPage,
  Alert,
  AlertAcknowledgement,
  AlertClosure,
  AlertPage,
  AlertRule,
  AlertRules,
  AlertRulesPreview,
  ArtefactList,
  AuditPage,
  AuditVerification,
  Card,
  CardAttestRequest,
  CardWithdrawRequest,
  CardFormat,
  ComparedEvidence,
  ComparedExplanations,
  Comparison,
  ComputedExplanation,
  ComputeRequest,
  CreatedPushToken,
  DecideReasonCodesRequest,
  DriftHeatMap,
  EnvironmentHistory,
  EnvironmentsAt,
  EvidenceDocument,
  EvidencePage,
  ExplainableModel,
  ExplainedRow,
  Explanation,
  ExplanationColumns,
  ExplanationTrace,
  GateWaiverRequest,
  GetAlerts,
  GetDriftHeatMap,
  GetLineage,
  GetModels,
  GetMonitoring,
  GetPromotions,
  LineageDifference,
  LineageGraph,
  LineageImpact,
  MetricHistory,
  Model,
  ModelPage,
  Monitor,
  Monitoring,
  Promotion,
  PromotionCounts,
  PromotionAbortRequest,
  PromotionDecisionRequest,
  PromotionNextRequest,
  PromotionPage,
  PromotionPreview,
  PromotionRequest,
  ProposeReasonCodesRequest,
  PushToken,
  PushTokenRequest,
  ReasonCodeDictionary,
  ReasonCodeRevision,
  ReasonCodeRevisions,
  ReasonFinding,
  Reasons,
  ReasonsPreview,
  ReasonsPreviewRequest,
  ReasonsRequest,
  RepositoryScorecard,
  ReproducedReasons,
  RiskTierRequest,
  RollbackRequest,
  RollbackTargets,
  Serving,
  Source,
  SyncRequest,
  Version,
  VersionPage,
} from '@modelport/plugin-modelport-common';

/**
 * What tells a model from every other: the source that lists it, and its name there.
 *
 * @public
 */
export interface ModelId {
  source: string;
  name: string;
}

/**
 * Filters, order and place of a page of models, as the API takes them.
 *
 * @public
 */
export type ModelsQuery = GetModels['query'];

/**
 * Size and place of a page.
 *
 * @public
 */
export interface PageQuery {
  limit?: number;
  cursor?: string;
}

/**
 * Filters and place of a page of the audit chain, as the API takes them.
 *
 * @public
 */
export interface AuditQuery extends PageQuery {
  /** A model's name, or its source and name with a slash between them. */
  model?: string;
  /** Text in the name of the model. */
  q?: string;
  promotion?: string;
  /** Who did it. */
  actor?: string;
  /** What was done, or what is before its point. */
  action?: string;
  /** ISO 8601. */
  from?: string;
  /** ISO 8601; itself not included. */
  to?: string;
}

/**
 * Filters and place of a page of promotions, as the API takes them.
 *
 * @public
 */
export type PromotionsQuery = GetPromotions['query'];

/**
 * The Modelport API as the pages call it. Every method throws a `ResponseError` where the answer is not a good one.
 *
 * @public
 */
export interface ModelportApi {
  listModels(query: ModelsQuery): Promise<ModelPage>;
  getModel(id: ModelId): Promise<Model>;
  confirmRiskTier(id: ModelId, request: RiskTierRequest): Promise<Model>;
  listActivity(id: ModelId, query: PageQuery): Promise<ActivityPage>;
  listVersions(id: ModelId, query: PageQuery): Promise<VersionPage>;
  getVersion(id: ModelId, version: string): Promise<Version>;
  /** The first version is the baseline. */
  compareVersions(id: ModelId, versions: string[]): Promise<Comparison>;
  /** What evidence says of their differences; the first version is the baseline. */
  compareEvidence(id: ModelId, versions: string[]): Promise<ComparedEvidence>;
  getMetricHistory(
    id: ModelId,
    version: string,
    key: string,
  ): Promise<MetricHistory>;
  /** The root folder where `path` is left out. */
  listArtefacts(
    id: ModelId,
    version: string,
    path?: string,
  ): Promise<ArtefactList>;
  listEvidence(
    id: ModelId,
    version: string,
    query: PageQuery & { kind?: string },
  ): Promise<EvidencePage>;
  /** The bytes of a file among a version's artefacts. */
  readArtefact(id: ModelId, version: string, path: string): Promise<Blob>;
  /** The bytes of a document as they were received. */
  readEvidence(digest: string): Promise<Blob>;
  /** What was read of a document, and which versions it is about. */
  getEvidence(digest: string): Promise<EvidenceDocument>;
  listPushTokens(id: ModelId): Promise<PushToken[]>;
  /** The secret in the answer is shown this once. */
  createPushToken(
    id: ModelId,
    request: PushTokenRequest,
  ): Promise<CreatedPushToken>;
  revokePushToken(id: ModelId, token: string): Promise<void>;
  getCard(id: ModelId, version: string): Promise<Card>;
  /** Says in the reader's name that fields are right as they stand in a revision of the card. */
  attestCard(
    id: ModelId,
    version: string,
    request: CardAttestRequest,
  ): Promise<Card>;
  /** Takes back what the reader attested of fields. */
  withdrawAttestations(
    id: ModelId,
    version: string,
    request: CardWithdrawRequest,
  ): Promise<Card>;
  /** The card as a file of another format, and the fields that the format cannot hold. */
  exportCard(
    id: ModelId,
    version: string,
    format: CardFormat,
  ): Promise<{ text: string; notHeld: string[] }>;
  /** Of all versions where none is named. */
  getLineage(id: ModelId, query: GetLineage['query']): Promise<LineageGraph>;
  /** What is affected if a node of the lineage changes. */
  getLineageImpact(node: string): Promise<LineageImpact>;
  /** What the version `after` was made from and the version `before` was not. */
  getLineageDifference(
    id: ModelId,
    versions: { before: string; after: string },
  ): Promise<LineageDifference>;
  /** The lineage as OpenLineage events. */
  exportOpenLineage(
    id: ModelId,
    query: GetLineage['query'],
  ): Promise<Array<Record<string, unknown>>>;
  listPromotions(query: PromotionsQuery): Promise<PromotionPage>;
  /** How many wait for the caller, and how many are in each state. */
  countPromotions(): Promise<PromotionCounts>;
  getPromotion(promotion: string): Promise<Promotion>;
  /** What a request would meet; nothing is kept. */
  previewPromotion(
    id: ModelId,
    version: string,
    environment: string,
  ): Promise<PromotionPreview>;
  requestPromotion(request: PromotionRequest): Promise<Promotion>;
  decidePromotion(
    promotion: string,
    request: PromotionDecisionRequest,
  ): Promise<Promotion>;
  waiveGate(promotion: string, request: GateWaiverRequest): Promise<Promotion>;
  commentPromotion(promotion: string, text: string): Promise<Promotion>;
  closeCondition(
    promotion: string,
    condition: string,
    text: string,
  ): Promise<Promotion>;
  withdrawPromotion(promotion: string): Promise<Promotion>;
  /** Again, after a failure. */
  executePromotion(promotion: string): Promise<Promotion>;
  /** Lets a promotion by steps go to its next one. */
  goOnWithPromotion(
    promotion: string,
    request: PromotionNextRequest,
  ): Promise<Promotion>;
  /** Gives everything back to the version before. */
  abortPromotion(
    promotion: string,
    request: PromotionAbortRequest,
  ): Promise<Promotion>;
  /** One archive with all that a promotion was decided on. */
  readEvidencePack(promotion: string): Promise<Blob>;
  /** What is live in each environment; at a moment where one is given. */
  getEnvironments(
    id: ModelId,
    moment: { at?: string; knownAt?: string },
  ): Promise<EnvironmentsAt>;
  getEnvironmentHistory(
    id: ModelId,
    environment: string,
    query: PageQuery,
  ): Promise<EnvironmentHistory>;
  getRollbackTargets(
    id: ModelId,
    environment: string,
  ): Promise<RollbackTargets>;
  rollBack(
    id: ModelId,
    environment: string,
    request: RollbackRequest,
  ): Promise<Promotion>;
  listAudit(query: AuditQuery): Promise<AuditPage>;
  verifyAudit(): Promise<AuditVerification>;
  /** What tools say of a version over time; of one feature where that is named. */
  getMonitoring(
    id: ModelId,
    version: string,
    query: GetMonitoring['query'],
  ): Promise<Monitoring>;
  /** Drift by features and windows, in few bytes. */
  getDriftHeatMap(
    id: ModelId,
    version: string,
    query: GetDriftHeatMap['query'],
  ): Promise<DriftHeatMap>;
  /** What is computed here of a model's data. */
  getMonitor(id: ModelId): Promise<Monitor>;
  putMonitor(
    id: ModelId,
    definition: Record<string, unknown>,
  ): Promise<Monitor>;
  /** What the source declares counts again. */
  deleteMonitor(id: ModelId): Promise<Monitor>;
  /** Lets the monitor read its data again. */
  runMonitor(id: ModelId): Promise<Monitor>;
  getAlertRules(id: ModelId): Promise<AlertRules>;
  putAlertRules(id: ModelId, items: AlertRule[]): Promise<AlertRules>;
  /** Those of the config count again. */
  deleteAlertRules(id: ModelId): Promise<AlertRules>;
  /** How often rules would have fired in the past. */
  previewAlertRules(
    id: ModelId,
    items: AlertRule[],
  ): Promise<AlertRulesPreview>;
  getServing(id: ModelId, hours: number): Promise<Serving>;
  listAlerts(query: GetAlerts['query']): Promise<AlertPage>;
  acknowledgeAlert(id: string, request: AlertAcknowledgement): Promise<Alert>;
  /** Ends an alert with its cause and what follows. */
  closeAlert(id: string, request: AlertClosure): Promise<Alert>;
  /** Of the first class where none is named. */
  getExplanation(
    id: ModelId,
    version: string,
    className?: string,
  ): Promise<Explanation>;
  /** Under the permission of rows. */
  getExplanationColumns(
    id: ModelId,
    version: string,
    className?: string,
  ): Promise<ExplanationColumns>;
  /** Under the permission of rows. */
  getExplanationRow(
    id: ModelId,
    version: string,
    rowId: string,
    className?: string,
  ): Promise<ExplainedRow>;
  getExplainableModel(id: ModelId, version: string): Promise<ExplainableModel>;
  computeExplanation(
    id: ModelId,
    version: string,
    request: ComputeRequest,
  ): Promise<ComputedExplanation>;
  getReasonCodes(id: ModelId, version: string): Promise<ReasonCodeDictionary>;
  giveReasons(
    id: ModelId,
    version: string,
    request: ReasonsRequest,
  ): Promise<Reasons>;
  /** Of values; records no decision. Only people with the permission of giving reasons. */
  previewReasons(
    id: ModelId,
    version: string,
    request: ReasonsPreviewRequest,
  ): Promise<ReasonsPreview>;
  /** Under the permission of rows. */
  reproduceReasons(
    id: ModelId,
    version: string,
    recordId: string,
  ): Promise<ReproducedReasons>;
  /** Only people with the permission of confirming dictionaries. */
  closeReasonFinding(
    id: ModelId,
    version: string,
    why: string,
  ): Promise<ReasonFinding>;
  listReasonCodeRevisions(id: ModelId): Promise<ReasonCodeRevisions>;
  proposeReasonCodes(
    id: ModelId,
    request: ProposeReasonCodesRequest,
  ): Promise<ReasonCodeRevision>;
  decideReasonCodes(
    id: ModelId,
    revision: number,
    request: DecideReasonCodesRequest,
  ): Promise<ReasonCodeRevision>;
  /** The oldest version first. */
  traceExplanations(id: ModelId, className?: string): Promise<ExplanationTrace>;
  /** The first version is the baseline. */
  compareExplanations(
    id: ModelId,
    versions: string[],
    className?: string,
  ): Promise<ComparedExplanations>;
  /** `again` asks whether the repository has changed since it was read. */
  getRepository(
    id: ModelId,
    query: { again?: boolean },
  ): Promise<RepositoryScorecard>;
  listSources(): Promise<Source[]>;
  syncSource(id: string, request: SyncRequest): Promise<Source>;
}

/**
 * Finds the Modelport API.
 *
 * @public
 */
export const modelportApiRef = createApiRef<ModelportApi>().with({
  id: 'plugin.modelport.service',
  pluginId: 'modelport',
});
