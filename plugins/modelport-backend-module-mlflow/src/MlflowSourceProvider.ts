import { InputError } from '@backstage/errors';
import {
  ModelSource,
  ModelSourceProvider,
} from '@modelport/plugin-modelport-node';
import pLimit from 'p-limit';
import { serverInfoSchema, workspacesSchema } from './answers';
import { MlflowAnswerError } from './client/errors';
import { MlflowClient, MlflowClientOptions } from './client/MlflowClient';
import { MlflowServerConfig } from './config';
import { readAllPages } from './listing/readAllPages';
import { MlflowSource } from './MlflowSource';

const API = '/api/3.0/mlflow';
const WORKSPACES = `${API}/workspaces`;

/** Whether a server has workspaces changes with its start options; asking with every pass would be a request in vain. */
const KIND_KNOWN_MS = 10 * 60_000;

const MOST_WORKSPACES = 10_000;

/** One MLflow server: one source, or one for each of its workspaces. */
export class MlflowSourceProvider implements ModelSourceProvider {
  readonly kind = 'mlflow';
  readonly takesCopies = true;
  readonly id: string;
  readonly url: string;
  private readonly client: MlflowClient;
  private readonly sources = new Map<string | undefined, MlflowSource>();
  private workspacesKnown: { enabled: boolean; until: number } | undefined;

  constructor(
    private readonly config: MlflowServerConfig,
    options: Pick<MlflowClientOptions, 'wait'> = {},
  ) {
    this.id = config.id;
    this.url = config.publicUrl;
    this.client = new MlflowClient({
      ...options,
      url: config.url,
      auth: config.auth,
      requestTimeoutMs: config.requestTimeoutMs,
      retries: config.retries,
      limit: pLimit(config.concurrency),
    });
  }

  async discover(options: { signal: AbortSignal }): Promise<ModelSource[]> {
    const { workspaces } = this.config;
    // A workspace's header on a server without workspaces is answered with 500, so this is asked first.
    if (!(await this.hasWorkspaces(options.signal))) {
      if (workspaces !== 'auto') {
        throw new InputError(
          `Source ${this.id} is configured with workspaces, but the server has none: remove modelport.sources.mlflow.${this.id}.workspaces or enable them there`,
        );
      }
      return [this.source(undefined)];
    }
    const names =
      workspaces === 'auto'
        ? await this.listWorkspaces(options.signal)
        : workspaces;
    return names.map(name => this.source(name));
  }

  private async hasWorkspaces(signal: AbortSignal): Promise<boolean> {
    if (!this.workspacesKnown || this.workspacesKnown.until <= Date.now()) {
      this.workspacesKnown = {
        enabled: await this.askForWorkspaces(signal),
        until: Date.now() + KIND_KNOWN_MS,
      };
    }
    return this.workspacesKnown.enabled;
  }

  private async askForWorkspaces(signal: AbortSignal): Promise<boolean> {
    try {
      const info = await this.client.get(
        serverInfoSchema,
        `${API}/server-info`,
        { signal },
      );
      return info.workspaces_enabled ?? false;
    } catch (error) {
      // MLflow 2 and the first of MLflow 3 don't know the question, in words that are no other than a proxy's.
      if (
        error instanceof MlflowAnswerError &&
        error.status === 404 &&
        !(await this.knowsWorkspaces(signal))
      ) {
        return false;
      }
      throw error;
    }
  }

  /** A second witness: a server that lists workspaces has them, whatever came of the first question. */
  private async knowsWorkspaces(signal: AbortSignal): Promise<boolean> {
    try {
      await this.client.get(workspacesSchema, WORKSPACES, { signal });
      return true;
    } catch (error) {
      if (error instanceof MlflowAnswerError && error.status === 404) {
        return false;
      }
      throw error;
    }
  }

  private async listWorkspaces(signal: AbortSignal): Promise<string[]> {
    const found = await readAllPages(
      { where: `GET ${WORKSPACES}`, most: MOST_WORKSPACES },
      async pageToken => {
        const answer = await this.client.get(workspacesSchema, WORKSPACES, {
          query: { page_token: pageToken },
          signal,
        });
        return {
          items: answer.workspaces,
          nextPageToken: answer.next_page_token,
        };
      },
    );
    return found.map(workspace => workspace.name);
  }

  /** Sources are kept, and with them what they know of the server. */
  private source(workspace: string | undefined): MlflowSource {
    const known = this.sources.get(workspace);
    if (known) {
      return known;
    }
    const { id, publicUrl, webhookSecret } = this.config;
    const source = new MlflowSource({
      id: workspace === undefined ? id : `${id}.${workspace}`,
      client:
        workspace === undefined
          ? this.client
          : this.client.inWorkspace(workspace),
      publicUrl,
      workspace,
      webhookSecret,
    });
    this.sources.set(workspace, source);
    return source;
  }
}
