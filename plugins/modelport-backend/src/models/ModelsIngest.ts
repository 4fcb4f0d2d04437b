import { SourceModel } from '@modelport/plugin-modelport-node';
import { ModelportConfig } from '../config';
import { contentDigest } from './contentDigest';
import { deriveFields } from './deriveModel';
import { IngestProblem } from './IngestProblem';
import { isModelName, MAX_MODEL_NAME } from './modelName';
import { ModelSummaries } from './ModelSummaries';
import { ModelsSyncStore } from './ModelsSyncStore';
import { ownerCandidates } from './ownerCandidates';
import { Owners } from './Owners';
import { storable, storableAll } from './storable';

/** Raised when what is derived from a model changes, so that all of them are derived anew. */
const DERIVATION = 2;

/** A source's models on their way into the store: the one writer of them. */
export class ModelsIngest {
  private readonly settings: string;

  constructor(
    private readonly options: {
      store: ModelsSyncStore;
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
   * @returns ids of all models of the page by name, and how many were written.
   */
  async take(
    source: string,
    page: SourceModel[],
  ): Promise<{
    ids: Map<string, number>;
    changed: number;
    problems: IngestProblem[];
  }> {
    const { store, summaries, config } = this.options;
    const problems: IngestProblem[] = [];
    // A list that moves while it is read may give a model twice; the last one counts.
    const once = new Map(page.map(model => [model.name, model]));
    const models = [...once.values()].filter(model => {
      if (!isModelName(model.name)) {
        problems.push({
          where: `model "${storable(model.name.slice(0, 80))}"`,
          message: `Its name cannot be kept: expected 1 to ${MAX_MODEL_NAME} characters, each whole and none the null character. The other models are not affected.`,
        });
        return false;
      }
      return true;
    });
    const names = models.map(model => model.name);
    const known = await store.known(source, names);
    const changed = models.flatMap(read => {
      const fingerprint = contentDigest([this.settings, read]);
      const before = known.get(read.name);
      if (before?.fingerprint === fingerprint && before.retired_at === null) {
        return [];
      }
      const model = storableAll(read);
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
      changed: changed.length,
      problems,
    };
  }

  /** Derives anew what follows from what is known of a model. */
  async summarise(source: string, name: string): Promise<void> {
    const models = await this.options.store.current(source, name);
    await this.options.summaries.refresh(models.map(({ id }) => id));
  }

  /** Models of a source that are not retired, or the one that is named. */
  async current(
    source: string,
    name?: string,
  ): Promise<Array<{ id: number; name: string }>> {
    return this.options.store.current(source, name);
  }

  async retire(ids: number[]): Promise<void> {
    await this.options.store.retireModels(ids);
  }

  /** Takes models out of the lists until config names their source again. */
  async hide(ids: number[]): Promise<void> {
    await this.options.store.hideModels(ids);
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

  /** What only makes sense once models are in: claims of hand-written entities and owners. */
  async settle(): Promise<void> {
    await this.options.store.updateClaims();
    await this.options.owners.reconcile();
  }
}
