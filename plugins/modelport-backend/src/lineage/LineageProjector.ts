import { FactsOf, ModelFacts, VersionFacts } from '../models/ModelFacts';
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

/** Models whose versions are derived from at once. */
const CHANGED_PAGE = 50;

/** How long after a round over all models the next one begins. */
const CONSUMERS_EVERY_MS = 15 * 60_000;

/** Raised when something else is derived from the same rows, so that all are derived from anew. */
const CHANGES = 'changes-2';
const CONSUMERS = 'models';

/** Reads what versions and models say; given by the models. */
export interface FactsReader {
  changed(options: {
    cursor?: string;
    limit: number;
  }): Promise<{ models: number[]; nextCursor: string; more: boolean }>;
  versions(of: FactsOf): Promise<VersionFacts[]>;
  models(of: FactsOf): Promise<ModelFacts[]>;
}

/**
 * Keeps in the graph what versions and models say of their origin and use: it follows the changes of models, and asks
 * the catalog for those who use them in rounds over all models.
 */
export class LineageProjector {
  constructor(
    private readonly options: {
      store: LineageStore;
      facts: FactsReader;
      consumers: Consumers;
    },
  ) {}

  /** Goes on with what changed, then with the round that is under way or due; done by one backend at a time. */
  async continueRounds(options: { signal: AbortSignal }): Promise<void> {
    await this.followChanges(options);
    await this.continueConsumers(options);
  }

  private async followChanges(options: { signal: AbortSignal }): Promise<void> {
    const { facts, store } = this.options;
    let more = true;
    while (more && !options.signal.aborted) {
      const page = await facts.changed({
        cursor: await store.cursor(CHANGES),
        limit: CHANGED_PAGE,
      });
      const { models } = page;
      if (models.length > 0) {
        await this.putVersions(await facts.versions({ models }));
        const changed = await facts.models({ models });
        await this.putDeployments(changed);
        await this.dropConsumers(changed.filter(model => model.retired));
        await store.putCursor(CHANGES, page.nextCursor);
      }
      more = page.more;
    }
  }

  private async continueConsumers(options: {
    signal: AbortSignal;
  }): Promise<void> {
    const { facts, store } = this.options;
    let round: Round = await store.round(CONSUMERS);
    if (
      round.after === null &&
      round.endedAt !== null &&
      Date.now() - Date.parse(round.endedAt) < CONSUMERS_EVERY_MS
    ) {
      return;
    }
    for (let done = 0; done < MOST_ROWS; done += PAGE) {
      if (options.signal.aborted) {
        return;
      }
      const page = await facts.models({
        after: round.after ?? 0,
        limit: PAGE,
      });
      await this.putConsumers(page);
      const last = page.at(-1);
      round =
        last && page.length === PAGE
          ? { after: last.id, endedAt: round.endedAt }
          : { after: null, endedAt: new Date().toISOString() };
      await store.putRound(CONSUMERS, round);
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

  private async dropConsumers(models: ModelFacts[]): Promise<void> {
    await this.options.store.replace(
      models.map(model => ({
        origin: originOf('consumers', modelKey(model)),
        part: consumersOfModel(model, []),
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
}

function modelKey({ source, name }: ModelFacts): string {
  return keyOf(JSON.stringify([source, name]));
}
