import { createHash } from 'crypto';
import { NotFoundError } from '@backstage/errors';
import {
  ModelSource,
  SourceModel,
  SourceVersion,
} from '@modelport/plugin-modelport-node';
import { ModelportConfig } from '../config';
import { deriveFields } from './deriveModel';
import { ModelSummaries } from './ModelSummaries';
import { chunks, KnownVersion, ModelsSyncStore } from './ModelsSyncStore';
import { ownerCandidates, Owners } from './Owners';
import { fromJson } from './modelRow';
import { headOf, StoredDetails, VersionRow } from './versionRow';
import { VersionsStore } from './VersionsStore';

/** Raised when what is derived from a model changes, so that all of them are derived anew. */
const DERIVATION = 1;

/** Longer names fit neither column nor index. */
const MAX_NAME = 512;
const MAX_VERSION = 255;

/** Versions whose details are asked for at once. */
const DETAILS_BATCH = 100;

/** Batches under way at once; how many requests that makes is up to the source. */
const DETAILS_AT_ONCE = 4;

/** Histories of a version that a pass reads; more are read when someone asks. */
const MAX_HISTORIES = 50;

/** Something that could not be taken over, and why. */
export interface IngestProblem {
  where: string;
  message: string;
}

/** A source's models and versions on their way into the store: the one writer of both. */
export class ModelsIngest {
  private readonly settings: string;

  constructor(
    private readonly options: {
      store: ModelsSyncStore;
      versions: VersionsStore;
      summaries: ModelSummaries;
      owners: Owners;
      config: ModelportConfig;
    },
  ) {
    this.settings = JSON.stringify([DERIVATION, options.config.models]);
  }

  /**
   * Takes a page of models over; those that did not change are not written.
   *
   * @returns ids of all models of the page by name.
   */
  async takeModels(
    source: string,
    page: SourceModel[],
  ): Promise<{ ids: Map<string, number>; problems: IngestProblem[] }> {
    const { store, summaries, config } = this.options;
    const problems: IngestProblem[] = [];
    // A list that moves while it is read may give a model twice; the last one counts.
    const once = new Map(page.map(model => [model.name, model]));
    const models = [...once.values()].filter(model => {
      const fits = model.name.length > 0 && model.name.length <= MAX_NAME;
      if (!fits || model.name.includes('\u0000')) {
        problems.push({
          where: `model "${model.name.slice(0, 80)}"`,
          message: `Its name cannot be kept: expected 1 to ${MAX_NAME} characters without the null character. The other models are not affected.`,
        });
        return false;
      }
      return true;
    });
    const names = models.map(model => model.name);
    const known = await store.known(source, names);
    const changed = models.flatMap(model => {
      const fingerprint = digest([this.settings, model]);
      const before = known.get(model.name);
      if (before?.fingerprint === fingerprint && before.retired_at === null) {
        return [];
      }
      const fields = deriveFields(model, config.models);
      return [
        {
          model,
          fields,
          fingerprint,
          ownerCandidates: ownerCandidates(
            { source, name: model.name, ownerTag: fields.ownerTag },
            config.models,
          ),
        },
      ];
    });
    await store.writeModels(source, changed, known);
    const after = changed.length > 0 ? await store.known(source, names) : known;
    await summaries.refresh(
      changed.flatMap(({ model }) => after.get(model.name)?.id ?? []),
    );
    return {
      ids: new Map([...after].map(([name, row]) => [name, row.id])),
      problems,
    };
  }

  /**
   * Takes a page of versions over: reads the details of new, changed and unsettled ones, writes those that changed.
   *
   * @returns ids of the rows seen, new ones included, and the problems met.
   */
  async takeVersions(
    source: ModelSource,
    page: SourceVersion[],
    options: { signal: AbortSignal },
  ): Promise<{ seen: number[]; problems: IngestProblem[] }> {
    const { store, summaries } = this.options;
    const problems: IngestProblem[] = [];
    const models = await store.known(source.id, [
      ...new Set(
        page
          .map(version => version.model)
          .filter(name => !name.includes('\u0000')),
      ),
    ]);
    const known = new Map(
      (
        await store.knownVersions([...models.values()].map(model => model.id))
      ).map(version => [keyOf(version.model_id, version.version), version]),
    );
    const seen: number[] = [];
    const due = page.flatMap(head => {
      const model = models.get(head.model);
      if (!model || model.retired_at !== null) {
        // Its model came after the pass listed models; the next pass takes both.
        return [];
      }
      if (head.version.length === 0 || head.version.length > MAX_VERSION) {
        problems.push({
          where: `model "${head.model}", version "${head.version.slice(
            0,
            80,
          )}"`,
          message: `Its version cannot be kept: expected 1 to ${MAX_VERSION} characters. The other versions are not affected.`,
        });
        return [];
      }
      const before = known.get(keyOf(model.id, head.version));
      const fingerprint = digest(head);
      if (before) {
        seen.push(before.id);
      }
      return this.isCurrent(before, fingerprint)
        ? []
        : [{ modelId: model.id, knownId: before?.id, head, fingerprint }];
    });

    const batches = chunks(due, DETAILS_BATCH);
    const read = async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) {
        const details = await source.readVersions(
          batch.map(version => version.head),
          options,
        );
        await store.writeVersions(
          batch.map((version, index) => ({
            ...version,
            details: details[index],
          })),
        );
      }
    };
    await Promise.all(Array.from({ length: DETAILS_AT_ONCE }, read));
    const touched = new Set(due.map(version => version.modelId));
    if (touched.size > 0) {
      const written = new Set(
        due.map(version => keyOf(version.modelId, version.head.version)),
      );
      for (const version of await store.knownVersions([...touched])) {
        if (written.has(keyOf(version.model_id, version.version))) {
          seen.push(version.id);
        }
      }
      await summaries.refresh(touched);
    }
    return { seen, problems };
  }

  /** Models and versions of a source that are not retired; those of one model where it is named. */
  async current(
    source: string,
    name?: string,
  ): Promise<{
    models: Array<{ id: number; name: string }>;
    versions: Array<{ id: number; name: string; version: string }>;
  }> {
    const { store } = this.options;
    return {
      models: await store.current(source, name),
      versions: await store.currentVersions(source, name),
    };
  }

  async retireModels(ids: number[]): Promise<void> {
    await this.options.store.retireModels(ids);
  }

  async retireVersions(ids: number[]): Promise<void> {
    const { store, summaries } = this.options;
    await summaries.refresh(await store.retireVersions(ids));
  }

  /** Marks models whose source could not read them, and clears the marks of those it could read again. */
  async markProblems(
    source: string,
    problems: Map<string, string>,
  ): Promise<void> {
    const { store } = this.options;
    for (const marked of await store.withProblem(source)) {
      if (!problems.has(marked.name)) {
        await store.setProblem(marked.id, null);
      }
    }
    const known = await store.known(source, [...problems.keys()]);
    for (const [name, problem] of problems) {
      const model = known.get(name);
      if (model && model.retired_at === null && model.problem !== problem) {
        await store.setProblem(model.id, problem);
      }
    }
  }

  /** Reads the documents of versions for which that is still to be done, as far as the source answers. */
  async readDocuments(
    source: ModelSource,
    options: {
      signal: AbortSignal;
      concurrency: number;
      onProgress: (read: number) => Promise<void>;
    },
  ): Promise<void> {
    const { store, summaries } = this.options;
    let after = 0;
    let read = 0;
    for (;;) {
      const rows = await store.documentsDue(source.id, { after, limit: 100 });
      if (rows.length === 0) {
        return;
      }
      after = rows[rows.length - 1].id;
      const queue = [...rows];
      const worker = async () => {
        for (let row = queue.shift(); row; row = queue.shift()) {
          options.signal.throwIfAborted();
          await this.readHistories(source, row, options);
          await store.writeDocuments(
            row,
            await source.readDocuments(headOf(row), options),
          );
        }
      };
      await Promise.all(Array.from({ length: options.concurrency }, worker));
      read += rows.length;
      await summaries.refresh(rows.map(row => row.model_id));
      await options.onProgress(read);
    }
  }

  /** Reads the histories that have more than one point, so that they are there while the source is not. */
  private async readHistories(
    source: ModelSource,
    row: VersionRow,
    options: { signal: AbortSignal },
  ): Promise<void> {
    if (!row.settled) {
      return;
    }
    const { metricsWithHistory } = fromJson<StoredDetails>(row.details);
    for (const key of metricsWithHistory.slice(0, MAX_HISTORIES)) {
      try {
        const points = await source.readMetricHistory(
          headOf(row),
          key,
          options,
        );
        await this.options.versions.putMetricHistory(row.id, key, points);
      } catch (error) {
        if (!(error instanceof NotFoundError)) {
          throw error;
        }
      }
    }
  }

  /** What only makes sense once models are in: claims of hand-written entities and owners. */
  async settle(): Promise<void> {
    await this.options.store.updateClaims();
    await this.options.owners.reconcile();
  }

  private isCurrent(
    before: KnownVersion | undefined,
    fingerprint: string,
  ): boolean {
    return (
      before?.fingerprint === fingerprint &&
      before.retired_at === null &&
      Boolean(before.settled)
    );
  }
}

function keyOf(modelId: number, version: string): string {
  return `${modelId}/${version}`;
}

/** SHA-256 over the content with its keys in order, so that the order in an answer does not count. */
function digest(content: unknown): string {
  return createHash('sha256')
    .update(
      JSON.stringify(content, (_key, value) =>
        value && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(
              Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
            )
          : value,
      ),
    )
    .digest('hex');
}
