import { LoggerService } from '@backstage/backend-plugin-api';
import { messageOf } from '../messageOf';
import {
  FactsOf,
  ModelFacts,
  ModelsObserver,
  VersionFacts,
} from '../models/ModelFacts';
import { Consumers } from './Consumers';
import {
  consumersOfModel,
  deploymentsOfModel,
  lineageOfVersion,
} from './derivedLineage';
import { keyOf, versionNode } from './lineageNodes';
import { LineageStore, originOf, Round } from './LineageStore';

/** Rows derived from at once. */
const PAGE = 200;

/** Rows that one run of the task looks through at most. */
const MOST_ROWS = 5_000;

/** How long after a round over all rows the next one begins. */
const VERSIONS_EVERY_MS = 24 * 60 * 60_000;
const MODELS_EVERY_MS = 15 * 60_000;

/** Reads what versions and models say; given by the models. */
export interface FactsReader {
  versions(of: FactsOf): Promise<VersionFacts[]>;
  models(of: FactsOf): Promise<ModelFacts[]>;
}

/**
 * Keeps in the graph what versions and models say of their origin and use: at once when a pass writes them, and in
 * rounds over all of them, which fill the graph of an older database and mend it where a backend was killed.
 */
export class LineageProjector implements ModelsObserver {
  constructor(
    private readonly options: {
      store: LineageStore;
      facts: FactsReader;
      consumers: Consumers;
      logger: LoggerService;
    },
  ) {}

  /** Never throws: a pass is no worse for a graph that is behind. */
  async versionsWritten(ids: number[]): Promise<void> {
    await this.tolerantly('versions', async () =>
      this.putVersions(await this.options.facts.versions({ ids })),
    );
  }

  /** Never throws, as above. Consumers are left to the rounds, which ask the catalog. */
  async modelsChanged(ids: number[]): Promise<void> {
    await this.tolerantly('models', async () =>
      this.putDeployments(await this.options.facts.models({ ids })),
    );
  }

  /** Goes on with the rounds that are under way or due; done by one backend at a time. */
  async continueRounds(options: { signal: AbortSignal }): Promise<void> {
    const { facts } = this.options;
    await this.continueRound('versions', VERSIONS_EVERY_MS, options, {
      read: after => facts.versions({ after, limit: PAGE }),
      put: rows => this.putVersions(rows),
    });
    await this.continueRound('models', MODELS_EVERY_MS, options, {
      read: after => facts.models({ after, limit: PAGE }),
      put: async rows => {
        await this.putDeployments(rows);
        await this.putConsumers(rows);
      },
    });
  }

  private async continueRound<T extends { id: number }>(
    id: string,
    everyMs: number,
    options: { signal: AbortSignal },
    rows: {
      read: (after: number) => Promise<T[]>;
      put: (rows: T[]) => Promise<void>;
    },
  ): Promise<void> {
    const { store } = this.options;
    let round: Round = await store.round(id);
    if (
      round.after === null &&
      round.endedAt !== null &&
      Date.now() - Date.parse(round.endedAt) < everyMs
    ) {
      return;
    }
    for (let done = 0; done < MOST_ROWS; done += PAGE) {
      if (options.signal.aborted) {
        return;
      }
      const page = await rows.read(round.after ?? 0);
      await rows.put(page);
      const last = page.at(-1);
      round =
        last && page.length === PAGE
          ? { after: last.id, endedAt: round.endedAt }
          : { after: null, endedAt: new Date().toISOString() };
      await store.putRound(id, round);
      if (round.after === null) {
        return;
      }
    }
  }

  private async putVersions(versions: VersionFacts[]): Promise<void> {
    await this.options.store.replace(
      versions.map(version => ({
        origin: originOf('version', versionNode(version).key),
        part: lineageOfVersion(version),
      })),
    );
  }

  private async putDeployments(models: ModelFacts[]): Promise<void> {
    await this.options.store.replace(
      models.map(model => ({
        origin: originOf('deployments', modelKey(model)),
        part: deploymentsOfModel(model),
      })),
    );
  }

  private async putConsumers(models: ModelFacts[]): Promise<void> {
    const { consumers, store } = this.options;
    const known = await consumers.of(models.map(model => model.entityRef));
    if (known) {
      await store.replace(
        models.map(model => ({
          origin: originOf('consumers', modelKey(model)),
          part: consumersOfModel(model, known.get(model.entityRef) ?? []),
        })),
      );
    }
  }

  private async tolerantly(
    what: string,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.logger.warn(
        `The lineage of some ${what} could not be kept and is caught up with in the next round over all of them: ${messageOf(
          error,
        )}`,
      );
    }
  }
}

function modelKey({ source, name }: ModelFacts): string {
  return keyOf(JSON.stringify([source, name]));
}
