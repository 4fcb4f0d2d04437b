import { ResponseError } from '@backstage/errors';
import {
  CardFormat,
  ModelportClient,
  PushTokenRequest,
  TypedResponse,
} from '@modelport/plugin-modelport-common';
import { ModelId, ModelportApi, ModelsQuery, PageQuery } from './modelportApi';

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

  async listSources() {
    return (await read(await this.client.getSources({}))).items;
  }

  async syncSource(id: string, body: SyncBody) {
    return read(await this.client.syncSource({ path: { id }, body }));
  }
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
