import { ResponseError } from '@backstage/errors';
import {
  CardAttestRequest,
  CardFormat,
  CardWithdrawRequest,
  GateWaiverRequest,
  ModelportClient,
  PromotionAbortRequest,
  PromotionDecisionRequest,
  PromotionNextRequest,
  PromotionRequest,
  PushTokenRequest,
  RollbackRequest,
  TypedResponse,
} from '@modelport/plugin-modelport-common';
import {
  ModelId,
  ModelportApi,
  ModelsQuery,
  AuditQuery,
  PageQuery,
  PromotionsQuery,
} from './modelportApi';

type RiskTierBody = Parameters<ModelportApi['confirmRiskTier']>[1];
type SyncBody = Parameters<ModelportApi['syncSource']>[1];

/** Calls the backend through the generated client, and turns what is no good answer into a `ResponseError`. */
export class ModelportApiClient implements ModelportApi {
  constructor(private readonly client: ModelportClient) {}

  async listModels(query: ModelsQuery) {
    return read(await this.client.getModels({ query }));
  }

  async getModel(id: ModelId) {
    return read(await this.client.getModel({ path: { ...id } }));
  }

  async confirmRiskTier(id: ModelId, body: RiskTierBody) {
    return read(await this.client.confirmRiskTier({ path: { ...id }, body }));
  }

  async listActivity(id: ModelId, query: PageQuery) {
    return read(await this.client.getModelActivity({ path: { ...id }, query }));
  }

  async listVersions(id: ModelId, query: PageQuery) {
    return read(await this.client.getVersions({ path: { ...id }, query }));
  }

  async getVersion(id: ModelId, version: string) {
    return read(await this.client.getVersion({ path: { ...id, version } }));
  }

  async compareVersions(id: ModelId, versions: string[]) {
    return read(
      await this.client.compareVersions({
        path: { ...id },
        query: { versions },
      }),
    );
  }

  async compareEvidence(id: ModelId, versions: string[]) {
    return read(
      await this.client.compareEvidence({
        path: { ...id },
        query: { versions },
      }),
    );
  }

  async getMetricHistory(id: ModelId, version: string, key: string) {
    return read(
      await this.client.getMetricHistory({ path: { ...id, version, key } }),
    );
  }

  async listArtefacts(id: ModelId, version: string, path?: string) {
    return read(
      await this.client.getArtefacts({
        path: { ...id, version },
        query: { path },
      }),
    );
  }

  async listEvidence(
    id: ModelId,
    version: string,
    query: PageQuery & { kind?: string },
  ) {
    return read(
      await this.client.getEvidenceOfVersion({
        path: { ...id, version },
        query,
      }),
    );
  }

  async getEvidence(digest: string) {
    return read(await this.client.getEvidence({ path: { digest } }));
  }

  async readArtefact(id: ModelId, version: string, path: string) {
    return (
      await good(
        await this.client.getArtefactRaw({
          path: { ...id, version },
          query: { path },
        }),
      )
    ).blob();
  }

  async readEvidence(digest: string) {
    return (
      await good(await this.client.getEvidenceRaw({ path: { digest } }))
    ).blob();
  }

  async listPushTokens(id: ModelId) {
    return (await read(await this.client.getPushTokens({ path: { ...id } })))
      .items;
  }

  async createPushToken(id: ModelId, body: PushTokenRequest) {
    return read(await this.client.createPushToken({ path: { ...id }, body }));
  }

  async revokePushToken(id: ModelId, token: string) {
    await good(
      await this.client.revokePushToken({ path: { ...id, id: token } }),
    );
  }

  async getCard(id: ModelId, version: string) {
    return read(await this.client.getCard({ path: { ...id, version } }));
  }

  async attestCard(id: ModelId, version: string, body: CardAttestRequest) {
    return read(
      await this.client.attestCard({ path: { ...id, version }, body }),
    );
  }

  async withdrawAttestations(
    id: ModelId,
    version: string,
    body: CardWithdrawRequest,
  ) {
    return read(
      await this.client.withdrawAttestations({
        path: { ...id, version },
        body,
      }),
    );
  }

  async exportCard(id: ModelId, version: string, format: CardFormat) {
    const response = await this.client.exportCard({
      path: { ...id, version },
      query: { format },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return {
      text: await response.text(),
      notHeld: (response.headers.get('x-modelport-not-held') ?? '')
        .split(',')
        .map(path => path.trim())
        .filter(Boolean),
    };
  }

  async getLineage(
    id: ModelId,
    query: Parameters<ModelportApi['getLineage']>[1],
  ) {
    return read(await this.client.getLineage({ path: { ...id }, query }));
  }

  async getLineageImpact(node: string) {
    return read(await this.client.getLineageImpact({ query: { node } }));
  }

  async getLineageDifference(
    id: ModelId,
    versions: Parameters<ModelportApi['getLineageDifference']>[1],
  ) {
    return read(
      await this.client.getLineageDifference({
        path: { ...id },
        query: versions,
      }),
    );
  }

  async exportOpenLineage(
    id: ModelId,
    query: Parameters<ModelportApi['exportOpenLineage']>[1],
  ) {
    return read(
      await this.client.exportOpenLineage({ path: { ...id }, query }),
    );
  }

  async listPromotions(query: PromotionsQuery) {
    return read(await this.client.getPromotions({ query }));
  }

  async countPromotions() {
    return read(await this.client.getPromotionCounts({}));
  }

  async getPromotion(id: string) {
    return read(await this.client.getPromotion({ path: { id } }));
  }

  async previewPromotion(id: ModelId, version: string, environment: string) {
    return read(
      await this.client.previewPromotion({
        path: { ...id, version },
        query: { environment },
      }),
    );
  }

  async requestPromotion(body: PromotionRequest) {
    return read(await this.client.requestPromotion({ body }));
  }

  async decidePromotion(id: string, body: PromotionDecisionRequest) {
    return read(await this.client.decidePromotion({ path: { id }, body }));
  }

  async waiveGate(id: string, body: GateWaiverRequest) {
    return read(await this.client.waivePromotionGate({ path: { id }, body }));
  }

  async commentPromotion(id: string, text: string) {
    return read(
      await this.client.commentPromotion({ path: { id }, body: { text } }),
    );
  }

  async closeCondition(id: string, condition: string, text: string) {
    return read(
      await this.client.closePromotionCondition({
        path: { id, condition },
        body: { text },
      }),
    );
  }

  async withdrawPromotion(id: string) {
    return read(await this.client.withdrawPromotion({ path: { id } }));
  }

  async executePromotion(id: string) {
    return read(await this.client.executePromotion({ path: { id } }));
  }

  async goOnWithPromotion(id: string, body: PromotionNextRequest) {
    return read(await this.client.goOnWithPromotion({ path: { id }, body }));
  }

  async abortPromotion(id: string, body: PromotionAbortRequest) {
    return read(await this.client.abortPromotion({ path: { id }, body }));
  }

  async readEvidencePack(id: string) {
    return (
      await good(await this.client.getPromotionEvidencePack({ path: { id } }))
    ).blob();
  }

  async getEnvironments(
    id: ModelId,
    moment: { at?: string; knownAt?: string },
  ) {
    return read(
      await this.client.getEnvironments({ path: { ...id }, query: moment }),
    );
  }

  async getEnvironmentHistory(
    id: ModelId,
    environment: string,
    query: PageQuery,
  ) {
    return read(
      await this.client.getEnvironmentHistory({
        path: { ...id, environment },
        query,
      }),
    );
  }

  async getRollbackTargets(id: ModelId, environment: string) {
    return read(
      await this.client.getRollbackTargets({ path: { ...id, environment } }),
    );
  }

  async rollBack(id: ModelId, environment: string, body: RollbackRequest) {
    return read(
      await this.client.rollBack({ path: { ...id, environment }, body }),
    );
  }

  async listAudit(query: AuditQuery) {
    return read(await this.client.getAudit({ query }));
  }

  async verifyAudit() {
    return read(await this.client.verifyAudit({}));
  }

  async getMonitoring(
    id: ModelId,
    version: string,
    query: Parameters<ModelportApi['getMonitoring']>[2],
  ) {
    return read(
      await this.client.getMonitoring({ path: { ...id, version }, query }),
    );
  }

  async getDriftHeatMap(
    id: ModelId,
    version: string,
    query: Parameters<ModelportApi['getDriftHeatMap']>[2],
  ) {
    return read(
      await this.client.getDriftHeatMap({ path: { ...id, version }, query }),
    );
  }

  async getMonitor(id: ModelId) {
    return read(await this.client.getMonitor({ path: id }));
  }

  async putMonitor(id: ModelId, definition: Record<string, unknown>) {
    return read(
      await this.client.putMonitor({ path: id, body: { definition } }),
    );
  }

  async deleteMonitor(id: ModelId) {
    return read(await this.client.deleteMonitor({ path: id }));
  }

  async runMonitor(id: ModelId) {
    return read(await this.client.runMonitor({ path: id }));
  }

  async getAlertRules(id: ModelId) {
    return read(await this.client.getAlertRules({ path: id }));
  }

  async putAlertRules(
    id: ModelId,
    items: Parameters<ModelportApi['putAlertRules']>[1],
  ) {
    return read(await this.client.putAlertRules({ path: id, body: { items } }));
  }

  async deleteAlertRules(id: ModelId) {
    return read(await this.client.deleteAlertRules({ path: id }));
  }

  async previewAlertRules(
    id: ModelId,
    items: Parameters<ModelportApi['previewAlertRules']>[1],
  ) {
    return read(
      await this.client.previewAlertRules({ path: id, body: { items } }),
    );
  }

  async getServing(id: ModelId, hours: number) {
    return read(await this.client.getServing({ path: id, query: { hours } }));
  }

  async listAlerts(query: Parameters<ModelportApi['listAlerts']>[0]) {
    return read(await this.client.getAlerts({ query }));
  }

  async acknowledgeAlert(
    id: string,
    body: Parameters<ModelportApi['acknowledgeAlert']>[1],
  ) {
    return read(await this.client.acknowledgeAlert({ path: { id }, body }));
  }

  async closeAlert(
    id: string,
    body: Parameters<ModelportApi['closeAlert']>[1],
  ) {
    return read(await this.client.closeAlert({ path: { id }, body }));
  }

  async getExplanation(id: ModelId, version: string, className?: string) {
    return read(
      await this.client.getExplanation({
        path: { ...id, version },
        query: ofClass(className),
      }),
    );
  }

  async getExplanationColumns(
    id: ModelId,
    version: string,
    className?: string,
  ) {
    return read(
      await this.client.getExplanationColumns({
        path: { ...id, version },
        query: ofClass(className),
      }),
    );
  }

  async getExplanationRow(
    id: ModelId,
    version: string,
    rowId: string,
    className?: string,
  ) {
    return read(
      await this.client.getExplanationRow({
        path: { ...id, version, rowId },
        query: ofClass(className),
      }),
    );
  }

  async getExplainableModel(id: ModelId, version: string) {
    return read(
      await this.client.getExplainableModel({ path: { ...id, version } }),
    );
  }

  async computeExplanation(
    id: ModelId,
    version: string,
    body: Parameters<ModelportApi['computeExplanation']>[2],
  ) {
    return read(
      await this.client.computeExplanation({ path: { ...id, version }, body }),
    );
  }

  async getReasonCodes(id: ModelId, version: string) {
    return read(await this.client.getReasonCodes({ path: { ...id, version } }));
  }

  async giveReasons(
    id: ModelId,
    version: string,
    body: Parameters<ModelportApi['giveReasons']>[2],
  ) {
    return read(
      await this.client.giveReasons({ path: { ...id, version }, body }),
    );
  }

  async previewReasons(
    id: ModelId,
    version: string,
    body: Parameters<ModelportApi['previewReasons']>[2],
  ) {
    return read(
      await this.client.previewReasons({ path: { ...id, version }, body }),
    );
  }

  async reproduceReasons(id: ModelId, version: string, recordId: string) {
    return read(
      await this.client.reproduceReasons({
        path: { ...id, version, recordId },
        body: {},
      }),
    );
  }

  async closeReasonFinding(id: ModelId, version: string, why: string) {
    return read(
      await this.client.closeReasonFinding({
        path: { ...id, version },
        body: { why },
      }),
    );
  }

  async listReasonCodeRevisions(id: ModelId) {
    return read(await this.client.listReasonCodeRevisions({ path: { ...id } }));
  }

  async proposeReasonCodes(
    id: ModelId,
    body: Parameters<ModelportApi['proposeReasonCodes']>[1],
  ) {
    return read(
      await this.client.proposeReasonCodes({ path: { ...id }, body }),
    );
  }

  async decideReasonCodes(
    id: ModelId,
    revision: number,
    body: Parameters<ModelportApi['decideReasonCodes']>[2],
  ) {
    return read(
      await this.client.decideReasonCodes({
        path: { ...id, revision },
        body,
      }),
    );
  }

  async traceExplanations(id: ModelId, className?: string) {
    return read(
      await this.client.traceExplanations({
        path: { ...id },
        query: ofClass(className),
      }),
    );
  }

  async compareExplanations(
    id: ModelId,
    versions: string[],
    className?: string,
  ) {
    return read(
      await this.client.compareExplanations({
        path: { ...id },
        query: { ...ofClass(className), versions },
      }),
    );
  }

  async getRepository(id: ModelId, query: { again?: boolean }) {
    return read(await this.client.getRepository({ path: { ...id }, query }));
  }

  async listSources() {
    return (await read(await this.client.getSources({}))).items;
  }

  async syncSource(id: string, body: SyncBody) {
    return read(await this.client.syncSource({ path: { id }, body }));
  }
}

/** The generated types call it `_class`, since `class` is a word of the language; the address has `class`. */
function ofClass(className: string | undefined) {
  return { _class: undefined, class: className };
}

async function good<T>(response: TypedResponse<T>): Promise<TypedResponse<T>> {
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
  return response;
}

async function read<T>(response: TypedResponse<T>): Promise<T> {
  return (await good(response)).json();
}
