import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { Monitor, MonitorDefinition } from '@modelport/plugin-modelport-common';
import { messageOf } from '../../messageOf';
import { contentDigest } from '../../models/contentDigest';
import { ModelsVisibility } from '../../models/modelsFilter';
import { ModelsService } from '../../models/ModelsService';
import { versionInUse } from '../MonitoringProjector';
import { MonitorRunner } from './MonitorRunner';
import { ModelName, MonitorsStore } from './MonitorsStore';
import { readDefinition } from './readDefinition';

/** Data whose state is not known by the source of the model are read again this often. */
const READ_AGAIN_MS = 3_600_000;
/** What failed is tried again after this time. */
const TRY_AGAIN_MS = 600_000;
const DAY_MS = 86_400_000;
/** A run takes no longer. */
const RUN_MS = 600_000;

const SOURCE = 'source';
const MOST_DEFINITION = 100_000;

/** Monitors of models: what is declared, and computing it. */
export class MonitorsService {
  /** Models whose monitor runs in this backend. */
  private readonly running = new Set<string>();

  constructor(
    private readonly options: {
      store: MonitorsStore;
      models: Pick<
        ModelsService,
        'get' | 'getVersion' | 'monitor' | 'versionState'
      >;
      runner: Pick<MonitorRunner, 'run'>;
      logger: LoggerService;
      now: () => Date;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such model that the caller may see. */
  async get(
    model: ModelName & { visibility: ModelsVisibility },
    options: { mayConfigure: boolean },
  ): Promise<Monitor> {
    const { models, store } = this.options;
    const { source, name } = model;
    const found = await models.get(source, name, model.visibility);
    const [declared, run] = await Promise.all([
      this.declared(model),
      store.run(model),
    ]);
    const read = declared && readDefinition(declared.definition);
    const written =
      read && 'written' in read ? read.written : declared?.definition;
    return {
      definition: isObject(written) ? written : null,
      declaredBy: declared?.by ?? null,
      problem: read && 'problem' in read ? read.problem : null,
      mayConfigure: options.mayConfigure,
      version: versionInUse(found),
      lastRunAt: (declared && run?.ranAt) ?? null,
      running: this.running.has(keyOf(model)),
      message: (declared && run?.message) ?? null,
      referenceRows: (declared && run?.reference?.rows) ?? null,
      columns: (declared && run?.reference?.columns.length) ?? null,
      windows: declared && run ? run.windows : null,
    };
  }

  /** @throws `InputError` where the definition is none; nothing is kept then. */
  async declare(
    model: ModelName & { visibility: ModelsVisibility },
    definition: unknown,
    by: string,
  ): Promise<Monitor> {
    await this.options.models.get(model.source, model.name, model.visibility);
    const read = readDefinition(definition);
    if ('problem' in read) {
      throw new InputError(
        `The definition can not be read: ${read.problem}. Nothing was kept.`,
      );
    }
    if (JSON.stringify(definition).length > MOST_DEFINITION) {
      throw new InputError(
        `The definition has more than ${MOST_DEFINITION} characters. Nothing was kept.`,
      );
    }
    await this.options.store.declare(model, {
      definition,
      by,
      at: this.options.now().toISOString(),
    });
    return this.get(model, { mayConfigure: true });
  }

  /** @throws `ConflictError` where nothing is declared in the portal. */
  async withdraw(
    model: ModelName & { visibility: ModelsVisibility },
  ): Promise<Monitor> {
    await this.options.models.get(model.source, model.name, model.visibility);
    if (!(await this.options.store.declared(model))) {
      throw new ConflictError(
        'No monitor of this model was declared in the portal; nothing was changed.',
      );
    }
    await this.options.store.withdraw(model);
    return this.get(model, { mayConfigure: true });
  }

  /** Lets the next round read everything again. */
  async runAgain(
    model: ModelName & { visibility: ModelsVisibility },
  ): Promise<Monitor> {
    await this.options.models.get(model.source, model.name, model.visibility);
    await this.options.store.forgetState(model);
    return this.get(model, { mayConfigure: true });
  }

  /** The definition that counts; undefined where there is none, or none that can be read. */
  async definitionOf(model: ModelName): Promise<MonitorDefinition | undefined> {
    const declared = await this.declared(model);
    const read = declared && readDefinition(declared.definition);
    return read && 'definition' in read ? read.definition : undefined;
  }

  /** Runs the monitors whose definition, version or data changed, as far as the time allows. */
  async continueRound(options: { signal: AbortSignal }): Promise<void> {
    const { store, logger } = this.options;
    // Those that ran last wait longest, so that one that always takes its whole time keeps no other waiting.
    for (const model of await store.longestWaiting()) {
      if (options.signal.aborted) {
        return;
      }
      try {
        await this.runWhereDue(model, options);
      } catch (error) {
        if (!(error instanceof NotFoundError)) {
          logger.warn(
            `The monitor of ${model.source}/${
              model.name
            } could not run; it runs again with the next round. ${messageOf(
              error,
            )}`,
          );
        }
      }
    }
  }

  private async runWhereDue(
    model: ModelName,
    options: { signal: AbortSignal },
  ): Promise<void> {
    const { models, store, runner, now } = this.options;
    const definition = await this.definitionOf(model);
    const { source, name } = model;
    const found = definition && (await models.get(source, name, undefined));
    const version = found && versionInUse(found);
    if (!definition || !version) {
      return;
    }
    const at = now();
    const state = contentDigest([
      definition,
      await models.versionState(source, name, version, undefined),
      // Files elsewhere may change without a word; labels mature by the day.
      isElsewhere(definition) ? Math.floor(at.getTime() / READ_AGAIN_MS) : null,
      definition.label?.maturesAfterDays
        ? Math.floor(at.getTime() / DAY_MS)
        : null,
    ]);
    const before = await store.run(model);
    const isWaiting =
      before?.state === state &&
      (before.message === null ||
        at.getTime() - Date.parse(before.ranAt) < TRY_AGAIN_MS);
    if (isWaiting) {
      return;
    }
    const key = keyOf(model);
    this.running.add(key);
    const signal = AbortSignal.any([
      options.signal,
      AbortSignal.timeout(RUN_MS),
    ]);
    const ended = () => ({ version, state, ranAt: now().toISOString() });
    try {
      const result = await runner.run(
        definition,
        await models.getVersion(source, name, version, undefined),
        { signal, kept: before?.reference },
      );
      await store.putRun(model, { ...ended(), ...result, message: null });
    } catch (error) {
      await store.putRun(model, {
        ...ended(),
        message: messageOf(error),
        windows: before?.windows ?? 0,
        reference: before?.reference ?? null,
        referenceState: before?.referenceState ?? null,
      });
    } finally {
      this.running.delete(key);
    }
  }

  /** What people declared in the portal counts before what the source declares. */
  private async declared(
    model: ModelName,
  ): Promise<{ definition: unknown; by: string } | undefined> {
    const { store, models } = this.options;
    const here = await store.declared(model);
    if (here) {
      return here;
    }
    const there = await models.monitor(model.source, model.name);
    return there === undefined ? undefined : { definition: there, by: SOURCE };
  }
}

function keyOf(model: ModelName): string {
  return JSON.stringify([model.source, model.name]);
}

function isElsewhere({ reference, current }: MonitorDefinition): boolean {
  return [reference.data, current].some(data => data && !('artefact' in data));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
