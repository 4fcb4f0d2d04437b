import { NotAllowedError } from '@backstage/errors';
import { ModelSource } from '@modelport/plugin-modelport-node';
import { isoTime } from '../models/isoTime';
import { FindSource } from '../models/SourceReadings';
import { ANSWER_MS, askRegistry, isRefusal, sourceOf } from './askRegistry';

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
    const source = await sourceOf(
      this.findSource,
      sourceId,
      AbortSignal.timeout(ANSWER_MS),
    );
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
    return askRegistry(sourceId, async () => {
      const source = await sourceOf(this.findSource, sourceId, signal);
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
    });
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
    const give = async () => {
      const source = await sourceOf(this.findSource, sourceId, signal);
      const reason = await this.reasonOf(source);
      if (!source.setAlias || reason !== null) {
        throw new NotAllowedError(reason ?? 'Aliases can not be set there');
      }
      await source.setAlias(of.name, of.alias, of.version, { signal });
    };
    await askRegistry(sourceId, give, isRefusal);
  }

  private async reasonOf(source: ModelSource): Promise<string | null> {
    if (!source.setAlias || !source.capabilities.includes('setAlias')) {
      return `Aliases of the source "${source.id}" can not be set from here: its kind, ${source.kind}, has no way to`;
    }
    return (await source.aliasesReadOnly?.()) ?? null;
  }
}
