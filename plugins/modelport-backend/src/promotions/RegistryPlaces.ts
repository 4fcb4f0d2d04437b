import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  ModelSource,
  readToEnd,
  SourceVersion,
} from '@modelport/plugin-modelport-node';
import { ModelCopies, originOf, VersionCopyRow } from '../models/ModelCopies';
import { CopyTarget } from '../models/copyTargets';
import { isoTime } from '../models/isoTime';
import { FindSource } from '../models/SourceReadings';
import {
  ANSWER_MS,
  askRegistry,
  isRefusal,
  RegistryUnreachableError,
  sourceOf,
} from './askRegistry';
import { AliasState, RegistryAliases } from './RegistryAliases';

/** Files of a version that take longer to be copied are begun with again. */
const COPY_MS = 60 * 60_000;

/** What is live in an environment: by an alias of the model, or as a copy in another model. */
export interface Place {
  alias: string | null;
  copy?: CopyTarget;
}

/** A version that is to be live somewhere. */
export interface Placed {
  name: string;
  version: string;
  /** Tells the version from a later one of the same name. */
  createdAt: string | null;
}

/** A version in the model that holds copies. */
export interface MadeCopy {
  version: string;
  createdAt: string | null;
}

/** Reads and changes what is live at the registries, whether it is the version itself or a copy of it. */
export class RegistryPlaces {
  constructor(
    private readonly options: {
      aliases: RegistryAliases;
      copies: ModelCopies;
      findSource: FindSource;
      now: () => Date;
    },
  ) {}

  /** Why nothing can be brought there; null where it can, or where the registry can't be asked and may say so later. */
  async whyNot(sourceId: string, place: Place): Promise<string | null> {
    try {
      return await this.refusal(sourceId, place);
    } catch (error) {
      if (error instanceof RegistryUnreachableError) {
        return null;
      }
      throw error;
    }
  }

  /**
   * Why nothing can be brought there; null where it can. Nothing is changed by asking.
   *
   * @throws `RegistryUnreachableError` where the registry can't be asked.
   */
  async refusal(sourceId: string, place: Place): Promise<string | null> {
    const { aliases } = this.options;
    const { alias, copy } = place;
    if (!copy) {
      return aliases.whyNot(sourceId);
    }
    const signal = AbortSignal.timeout(ANSWER_MS);
    return askRegistry(copy.source, async () => {
      const from = await sourceOf(this.options.findSource, sourceId, signal);
      const to = await sourceOf(this.options.findSource, copy.source, signal);
      if (!to.copies) {
        return `The source "${to.id}" takes no copies of versions: its kind, ${to.kind}, has no way to`;
      }
      return (
        (await to.copies.whyNot(from, { signal })) ??
        (alias === null ? null : await aliases.whyNot(copy.source))
      );
    });
  }

  /**
   * What is live there now, by the name of the version itself.
   *
   * @throws `RegistryUnreachableError` where the registry can't be asked.
   */
  async read(
    sourceId: string,
    of: Place & {
      name: string;
      version: string | null;
      createdAt?: string | null;
    },
  ): Promise<AliasState> {
    const { alias, copy, name } = of;
    if (!copy) {
      return this.options.aliases.read(sourceId, { ...of, alias: alias ?? '' });
    }
    const signal = AbortSignal.timeout(ANSWER_MS);
    const found =
      of.version === null
        ? undefined
        : await this.version(sourceId, { ...of, version: of.version }, signal);
    const live = await askRegistry(copy.source, async () =>
      liveVersion(
        await sourceOf(this.options.findSource, copy.source, signal),
        copy,
        alias,
        signal,
      ),
    );
    const held = live === null ? [] : await this.options.copies.heldBy(copy);
    const origin =
      live === null ? null : originOf(held, live, { source: sourceId, name });
    return {
      versionExists: found !== undefined,
      current: live === null ? null : origin?.version ?? foreign(copy, live),
      copy: origin
        ? { version: origin.targetVersion, createdAt: origin.targetCreatedAt }
        : null,
    };
  }

  /** What the last pass saw to be live there, as {@link RegistryPlaces.read} says it. */
  async seen(
    of: Place & { source: string; name: string },
  ): Promise<string | null> {
    const { copies } = this.options;
    const { alias, copy } = of;
    const model = copy && (await copies.seen(copy));
    const live =
      (alias === null ? model?.latestVersion : model?.aliases[alias]) ?? null;
    return !copy || live === null
      ? null
      : originOf(await copies.heldBy(copy), live, of)?.version ??
          foreign(copy, live);
  }

  /**
   * The copy that was made under a mark; undefined where none was.
   *
   * @throws `RegistryUnreachableError` where the registry can't be asked.
   */
  async find(
    sourceId: string,
    of: Placed & { copy: CopyTarget; mark: string },
  ): Promise<MadeCopy | undefined> {
    const { copy, mark } = of;
    const signal = AbortSignal.timeout(ANSWER_MS);
    const found = await askRegistry(copy.source, async () => {
      const to = await sourceOf(this.options.findSource, copy.source, signal);
      const [first] =
        (await to.copies?.find(copy.name, mark, { signal })) ?? [];
      return first;
    });
    return found && this.note(sourceId, of, found);
  }

  /**
   * A copy of a version: the one that an earlier promotion made where `reuse` is set and it is still there, else a new
   * one.
   *
   * @throws as `VersionCopies.make` where the registry refuses it; `RegistryUnreachableError` where it is open.
   */
  async copy(
    sourceId: string,
    of: Placed & { copy: CopyTarget; mark: string; reuse: boolean },
    options: { signal: AbortSignal },
  ): Promise<MadeCopy> {
    const { copy, mark, name } = of;
    const signal = AbortSignal.any([
      options.signal,
      AbortSignal.timeout(COPY_MS),
    ]);
    const earlier = of.reuse ? await this.earlier(sourceId, of, signal) : null;
    if (earlier) {
      return {
        version: earlier.version,
        createdAt: isoTime(earlier.createdAt),
      };
    }
    const version = await this.version(sourceId, of, signal);
    if (!version) {
      throw new NotFoundError(
        `Version ${of.version} of ${name} is no longer in the registry`,
      );
    }
    const make = async () => {
      const from = await sourceOf(this.options.findSource, sourceId, signal);
      const to = await sourceOf(this.options.findSource, copy.source, signal);
      if (!to.copies) {
        throw new NotAllowedError(`The source "${to.id}" takes no copies`);
      }
      return to.copies.make(
        {
          from,
          version,
          name: copy.name,
          mark,
          tags: { 'modelport.copy_of': `${sourceId}/${name}/${of.version}` },
        },
        { signal },
      );
    };
    const made = await askRegistry(copy.source, make, isRefusal);
    return this.note(sourceId, of, made);
  }

  /** Removes what was made under a mark, unless it is what is live there. */
  async discard(of: Place & { copy: CopyTarget; mark: string }): Promise<void> {
    const { copy, alias, mark } = of;
    const signal = AbortSignal.timeout(ANSWER_MS);
    await askRegistry(copy.source, async () => {
      const to = await sourceOf(this.options.findSource, copy.source, signal);
      const made = await to.copies?.find(copy.name, mark, { signal });
      const live =
        made?.length && alias !== null
          ? await liveVersion(to, copy, alias, signal)
          : null;
      if (!made?.some(({ version }) => version === live)) {
        await to.copies?.remove(copy.name, mark, { signal });
      }
    });
  }

  /** An earlier copy of the same version that is still in the registry. */
  private async earlier(
    sourceId: string,
    of: Placed & { copy: CopyTarget },
    signal: AbortSignal,
  ): Promise<SourceVersion | undefined> {
    const { copy } = of;
    const known = (await this.options.copies.heldBy(copy)).filter(
      row =>
        row.source === sourceId &&
        row.name === of.name &&
        row.version === of.version &&
        row.createdAt === of.createdAt,
    );
    return askRegistry(copy.source, async () => {
      const to = await sourceOf(this.options.findSource, copy.source, signal);
      for (const row of known) {
        const version = await to.getVersion(copy.name, row.targetVersion, {
          signal,
        });
        if (
          version?.status !== 'FAILED_REGISTRATION' &&
          version &&
          isoTime(version.createdAt) === row.targetCreatedAt
        ) {
          return version;
        }
      }
      return undefined;
    });
  }

  private async version(
    sourceId: string,
    of: { name: string; version: string; createdAt?: string | null },
    signal: AbortSignal,
  ): Promise<SourceVersion | undefined> {
    return askRegistry(sourceId, async () => {
      const source = await sourceOf(this.options.findSource, sourceId, signal);
      const version = await source.getVersion(of.name, of.version, { signal });
      return version &&
        (!of.createdAt || isoTime(version.createdAt) === of.createdAt)
        ? version
        : undefined;
    });
  }

  private async note(
    sourceId: string,
    of: Placed & { copy: CopyTarget; mark: string },
    made: SourceVersion,
  ): Promise<MadeCopy> {
    const createdAt = isoTime(made.createdAt);
    const row: VersionCopyRow = {
      source: sourceId,
      name: of.name,
      version: of.version,
      createdAt: of.createdAt,
      targetSource: of.copy.source,
      targetName: of.copy.name,
      targetVersion: made.version,
      targetCreatedAt: createdAt,
      mark: of.mark,
      madeAt: this.options.now().toISOString(),
    };
    await this.options.copies.put(row);
    return { version: made.version, createdAt };
  }
}

/** The version that stands in a model of copies: that of the alias, else the newest; null where there is none. */
async function liveVersion(
  source: ModelSource,
  target: CopyTarget,
  alias: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const model = await source.getModel(target.name, { signal });
  if (!model || alias !== null) {
    return (alias === null ? undefined : model?.aliases[alias]) ?? null;
  }
  const versions: SourceVersion[] = [];
  const list = (page: { pageToken?: string; signal: AbortSignal }) =>
    source.listVersions({ ...page, model: target.name });
  for await (const page of readToEnd(list, { signal })) {
    versions.push(...page.items);
  }
  return (
    versions.sort((a, b) => Number(a.version) - Number(b.version)).at(-1)
      ?.version ?? null
  );
}

/** What a version is called that is no copy of the model's. */
function foreign(target: CopyTarget, version: string): string {
  return `${version} of ${target.name}`;
}
