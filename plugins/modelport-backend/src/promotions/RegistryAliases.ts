import {
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { ModelSource } from '@modelport/plugin-modelport-node';
import { messageOf } from '../messageOf';
import { isoTime } from '../models/isoTime';
import { FindSource } from '../models/SourceReadings';

/** A registry that does not answer in this time is taken for unreachable. */
const ANSWER_MS = 30_000;

/** The registry can't be asked just now: whether something was done there is open. */
export class RegistryUnreachableError extends Error {}

/** What a registry says of a version and an alias. */
export interface AliasState {
  versionExists: boolean;
  /** Version that has the alias; null where none has. */
  current: string | null;
  /** The copy of it that is live, where copies are; null where what is live there is none. */
  copy?: { version: string; createdAt: string | null } | null;
}

/** Reads and moves aliases at the registries. */
export class RegistryAliases {
  constructor(private readonly findSource: FindSource) {}

  /** Why aliases of a source can't be set; null where they can. */
  async whyNot(sourceId: string): Promise<string | null> {
    const source = await this.source(sourceId, AbortSignal.timeout(ANSWER_MS));
    return this.reasonOf(source);
  }

  /** @throws `RegistryUnreachableError` where the registry can't be asked. */
  async read(
    sourceId: string,
    of: {
      name: string;
      version: string | null;
      /** Tells the version from a later one of the same name. */
      createdAt?: string | null;
      alias: string;
    },
  ): Promise<AliasState> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    try {
      const source = await this.source(sourceId, signal);
      const [model, version] = await Promise.all([
        source.getModel(of.name, { signal }),
        of.version === null
          ? undefined
          : source.getVersion(of.name, of.version, { signal }),
      ]);
      return {
        versionExists:
          model !== undefined &&
          version !== undefined &&
          (!of.createdAt || isoTime(version.createdAt) === of.createdAt),
        current: model?.aliases[of.alias] ?? null,
      };
    } catch (error) {
      throw new RegistryUnreachableError(
        `The registry "${sourceId}" could not be asked just now: ${messageOf(
          error,
        )}`,
      );
    }
  }

  /**
   * Gives an alias to a version.
   *
   * @throws `RegistryUnreachableError` where it is open whether it was done; what the source throws where it refuses.
   */
  async set(
    sourceId: string,
    of: { name: string; version: string; alias: string },
  ): Promise<void> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    try {
      const source = await this.source(sourceId, signal);
      const reason = await this.reasonOf(source);
      if (!source.setAlias || reason !== null) {
        throw new NotAllowedError(reason ?? 'Aliases can not be set there');
      }
      await source.setAlias(of.name, of.alias, of.version, { signal });
    } catch (error) {
      if (isRefusal(error)) {
        throw error;
      }
      throw new RegistryUnreachableError(
        `The alias ${
          of.alias
        } could not be set at the registry "${sourceId}" just now: ${messageOf(
          error,
        )}`,
      );
    }
  }

  private async reasonOf(source: ModelSource): Promise<string | null> {
    if (!source.setAlias || !source.capabilities.includes('setAlias')) {
      return `Aliases of the source "${source.id}" can not be set from here: its kind, ${source.kind}, has no way to`;
    }
    return (await source.aliasesReadOnly?.()) ?? null;
  }

  private async source(id: string, signal: AbortSignal): Promise<ModelSource> {
    const source = await this.findSource(id, { signal });
    if (!source) {
      throw new Error(`the source "${id}" is no longer configured`);
    }
    return source;
  }
}

/** Whether a registry refused something for good. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof NotFoundError ||
    error instanceof InputError ||
    error instanceof NotAllowedError ||
    (isError(error) &&
      ['NotFoundError', 'InputError', 'NotAllowedError'].includes(error.name))
  );
}
