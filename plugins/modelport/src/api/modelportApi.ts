import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  ActivityPage,
  ArtefactList,
  Card,
  CardFormat,
  Comparison,
  CreatedPushToken,
  EvidencePage,
  GetLineage,
  GetModels,
  LineageGraph,
  LineageImpact,
  MetricHistory,
  Model,
  ModelPage,
  PushToken,
  PushTokenRequest,
  RiskTierRequest,
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
  /** The bytes of a document as they were received. */
  readEvidence(digest: string): Promise<Blob>;
  listPushTokens(id: ModelId): Promise<PushToken[]>;
  /** The secret in the answer is shown this once. */
  createPushToken(
    id: ModelId,
    request: PushTokenRequest,
  ): Promise<CreatedPushToken>;
  revokePushToken(id: ModelId, token: string): Promise<void>;
  getCard(id: ModelId, version: string): Promise<Card>;
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
