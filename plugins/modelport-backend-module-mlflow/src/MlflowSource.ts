import { NotFoundError } from '@backstage/errors';
import {
  ModelSource,
  PageOptions,
  readToEnd,
  SourceArtefact,
  SourceCapability,
  SourceMetricPoint,
  SourceModel,
  SourcePage,
  SourceVersion,
  SourceVersionDetails,
  SourceVersionDocuments,
} from '@modelport/plugin-modelport-node';
import { orRefused, refuseOddAlias } from './aliases';
import {
  emptyAnswerSchema,
  modelVersionAnswerSchema,
  modelVersionSchema,
  modelVersionsSchema,
  registeredModelAnswerSchema,
  registeredModelSchema,
  registeredModelsSchema,
} from './answers';
import { ArtefactsReader } from './artefacts/ArtefactsReader';
import { MlflowClient } from './client/MlflowClient';
import { MlflowCopies } from './copies/MlflowCopies';
import { unlessMissing } from './client/unlessMissing';
import { readDocuments } from './documents/readDocuments';
import { MlflowLinks } from './links';
import { isPrompt, mapModel, mapVersion } from './listing/mapListed';
import { nameFilter } from './listing/nameFilter';
import { keyOf, nameOf, readListed } from './listing/readListed';
import { walkListing } from './listing/walkListing';
import { readMetricHistory } from './versions/readMetricHistory';
import { VersionsReader } from './versions/VersionsReader';
import { readWebhook } from './webhooks/readWebhook';

const API = '/api/2.0/mlflow';
const ALIAS = `${API}/registered-models/alias`;
const MODELS_PAGE = 1000;
const VERSIONS_PAGE = 2000;

/** One MLflow registry: a server, or a workspace of one. */
export class MlflowSource implements ModelSource {
  readonly kind = 'mlflow';
  readonly id: string;
  readonly url: string;
  readonly capabilities: SourceCapability[];
  readonly copies: MlflowCopies;
  private readonly client: MlflowClient;
  private readonly links: MlflowLinks;
  private readonly versions: VersionsReader;
  private readonly artefacts: ArtefactsReader;

  constructor(
    private readonly options: {
      id: string;
      client: MlflowClient;
      publicUrl: string;
      workspace?: string;
      webhookSecret?: string;
      now?: () => number;
    },
  ) {
    const { id, client, publicUrl, workspace, webhookSecret } = options;
    this.id = id;
    this.client = client;
    this.links = new MlflowLinks(publicUrl, workspace);
    this.url = this.links.root();
    this.capabilities = [
      'list',
      'artefacts',
      'history',
      'setAlias',
      'copyVersion',
    ];
    if (webhookSecret !== undefined) {
      this.capabilities.push('webhooks');
    }
    this.versions = new VersionsReader({
      client,
      links: this.links,
      publicUrl,
      workspace,
    });
    this.artefacts = new ArtefactsReader(client, this.versions);
    this.copies = new MlflowCopies(client, {
      id,
      versionsOf: async (model, signal) => this.versionsOf(model, signal),
      getVersion: async (...of) => this.getVersion(...of),
    });
  }

  async listModels(options: PageOptions): Promise<SourcePage<SourceModel>> {
    const path = `${API}/registered-models/search`;
    const where = `GET ${path}`;
    const page = await walkListing<unknown>(
      {
        where,
        pageSize: MODELS_PAGE,
        keyOf,
        read: async pageToken => {
          const answer = await this.client.get(registeredModelsSchema, path, {
            query: {
              max_results: MODELS_PAGE,
              order_by: 'name ASC',
              page_token: pageToken,
            },
            signal: options.signal,
          });
          return {
            items: answer.registered_models,
            nextPageToken: answer.next_page_token,
          };
        },
      },
      options.pageToken,
    );
    const { items, problems } = readListed(
      where,
      registeredModelSchema,
      page.items,
    );
    return {
      ...page,
      items: items
        .filter(model => !isPrompt(model))
        .map(model => mapModel(model, this.links)),
      ...(problems.length > 0 ? { problems } : {}),
    };
  }

  async listVersions(
    options: PageOptions & { model?: string },
  ): Promise<SourcePage<SourceVersion>> {
    const path = `${API}/model-versions/search`;
    const { model, signal } = options;
    const where = `GET ${path}`;
    const page = await walkListing<unknown>(
      {
        where,
        pageSize: VERSIONS_PAGE,
        keyOf,
        read: async pageToken => {
          const answer = await this.client.get(modelVersionsSchema, path, {
            query: {
              max_results: VERSIONS_PAGE,
              // Versions of one name follow each other, the newest first.
              order_by: 'name ASC',
              filter: model === undefined ? undefined : nameFilter(model),
              page_token: pageToken,
            },
            signal,
          });
          return {
            items: answer.model_versions,
            nextPageToken: answer.next_page_token,
          };
        },
      },
      options.pageToken,
    );
    // A filter may find others too; of what has no name, it isn't known whose it is.
    const asked = page.items.filter(
      raw => model === undefined || (nameOf(raw) ?? model) === model,
    );
    const { items, problems } = readListed(where, modelVersionSchema, asked);
    return {
      ...page,
      items: items.filter(version => !isPrompt(version)).map(mapVersion),
      ...(problems.length > 0 ? { problems } : {}),
    };
  }

  async getModel(
    name: string,
    options: { signal: AbortSignal },
  ): Promise<SourceModel | undefined> {
    const answer = await unlessMissing(
      this.client.get(
        registeredModelAnswerSchema,
        `${API}/registered-models/get`,
        { query: { name }, signal: options.signal },
      ),
    );
    return answer && !isPrompt(answer.registered_model)
      ? mapModel(answer.registered_model, this.links)
      : undefined;
  }

  async getVersion(
    name: string,
    version: string,
    options: { signal: AbortSignal },
  ): Promise<SourceVersion | undefined> {
    // What is no number is no version; MLflow answers 400 to it.
    if (!/^\d{1,9}$/.test(version)) {
      return undefined;
    }
    const answer = await unlessMissing(
      this.client.get(modelVersionAnswerSchema, `${API}/model-versions/get`, {
        query: { name, version },
        signal: options.signal,
      }),
    );
    return answer && !isPrompt(answer.model_version)
      ? mapVersion(answer.model_version)
      : undefined;
  }

  async readVersions(
    versions: SourceVersion[],
    options: { signal: AbortSignal },
  ): Promise<SourceVersionDetails[]> {
    return this.versions.read(versions, options.signal);
  }

  async readDocuments(
    version: SourceVersion,
    options: { signal: AbortSignal },
  ): Promise<SourceVersionDocuments> {
    return readDocuments(this.client, version, options.signal);
  }

  async readMetricHistory(
    version: SourceVersion,
    key: string,
    options: { signal: AbortSignal },
  ): Promise<SourceMetricPoint[]> {
    return readMetricHistory(this.client, version, key, options.signal);
  }

  async listArtefacts(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal },
  ): Promise<SourceArtefact[]> {
    return this.artefacts.list(version, path, options.signal);
  }

  async readArtefact(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal; maxBytes: number },
  ): Promise<Buffer> {
    return this.artefacts.read(version, path, options);
  }

  async streamArtefact(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>> {
    return this.artefacts.stream(version, path, options.signal);
  }

  async modelFolder(
    version: SourceVersion,
    options: { signal: AbortSignal },
  ): Promise<string> {
    return this.artefacts.modelFolder(version, options.signal);
  }

  async setAlias(
    name: string,
    alias: string,
    version: string,
    options: { signal: AbortSignal },
  ): Promise<void> {
    refuseOddAlias(alias);
    if (!/^\d{1,9}$/.test(version)) {
      throw new NotFoundError(`There is no version ${version} of ${name}`);
    }
    await orRefused(
      this.client.post(emptyAnswerSchema, ALIAS, {
        body: { name, alias, version },
        signal: options.signal,
      }),
    );
  }

  async deleteAlias(
    name: string,
    alias: string,
    options: { signal: AbortSignal },
  ): Promise<void> {
    refuseOddAlias(alias);
    await orRefused(
      this.client.delete(emptyAnswerSchema, ALIAS, {
        body: { name, alias },
        signal: options.signal,
      }),
    );
  }

  async aliasesReadOnly(): Promise<string | null> {
    return null;
  }

  private async versionsOf(
    model: string,
    signal: AbortSignal,
  ): Promise<SourceVersion[]> {
    const found: SourceVersion[] = [];
    const list = (page: PageOptions) => this.listVersions({ ...page, model });
    for await (const page of readToEnd(list, { signal })) {
      found.push(...page.items);
    }
    return found;
  }

  async readWebhook(request: {
    headers: Record<string, string | undefined>;
    body: Buffer;
  }): Promise<{ deliveryId: string; models: string[] }> {
    const { webhookSecret, workspace, now = Date.now } = this.options;
    if (webhookSecret === undefined) {
      throw new NotFoundError(`Source ${this.id} has no webhooks configured`);
    }
    return readWebhook({
      ...request,
      secret: webhookSecret,
      workspace,
      now: now(),
    });
  }
}
