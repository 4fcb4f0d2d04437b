import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import { Artefact, findEvidenceKind } from '@modelport/plugin-modelport-common';
import { messageOf } from '../messageOf';
import { ModelsService } from '../models/ModelsService';
import { SourceReadings } from '../models/SourceReadings';
import { ArtefactCache, FetchedArtefact } from './ArtefactCache';
import { mayHoldRows } from './artefactRows';
import { holdsRows } from './contents';
import { EvidenceSubject } from './documentRow';
import { EvidenceIntake, ReceivedDocument } from './EvidenceIntake';
import { EvidenceReaders, UNKNOWN_TYPE } from './EvidenceReaders';
import { ModelListeners } from './ModelListeners';
import { ArtefactProblem, EvidenceStore } from './EvidenceStore';
import { ReadFiles } from './ReadFiles';
import { MOST_BYTES } from './receiveDocuments';

const TASK = 'artefacts';
/** How deep evidence is looked for below a version's root, and in how many folders. */
const MOST_LEVELS = 3;
const MOST_FOLDERS = 50;
/** Files of evidence that are read of one version. */
const MOST_FILES = 200;
/** Documents of a version that other readers are given once more; the newest. */
const MOST_READ_AGAIN = 100;
const MODELS_A_STEP = 20;
/** How often the artefacts of one state are read, where reading some was given up. */
const MOST_TRIES = 3;

/** A version by its names. */
interface VersionName {
  source: string;
  name: string;
  version: string;
}

/**
 * Evidence among the artefacts of versions. The latest version of a model and those in an environment are read soon
 * after they change, others when somebody asks for their evidence; a file that is the same is not fetched again.
 */
export class ArtefactEvidence {
  constructor(
    private readonly options: {
      store: EvidenceStore;
      cache: ArtefactCache;
      intake: EvidenceIntake;
      readers: EvidenceReaders;
      models: ModelsService;
      readings: SourceReadings;
      /** How long a file of which only its size is known counts as the same. */
      keep: HumanDuration;
      /** Whether versions are looked through unasked. */
      unasked: boolean;
      /** Told of each model that changed, after what its versions' artefacts hold was read. */
      listeners: ModelListeners;
      logger: LoggerService;
    },
  ) {}

  /** Reads a version's artefacts where that is due; where the source can't be asked now they stay due. */
  async ensure(of: VersionName): Promise<void> {
    const { logger } = this.options;
    try {
      await this.readWhereDue(of);
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        logger.warn(
          `The artefacts of ${of.source}/${of.name} version ${
            of.version
          } could not be read for evidence; they are read again when it is asked for. ${messageOf(
            error,
          )}`,
        );
      }
    }
  }

  /** Goes on through the models that changed, as far as the time allows. */
  async continueRound(options: { signal: AbortSignal }): Promise<void> {
    const { store, models } = this.options;
    // With other readers the round begins anew.
    const task = `${TASK}-${this.options.readers.state()}`;
    let more = true;
    while (more && !options.signal.aborted) {
      const page = await models.changes({
        cursor: await store.cursor(task),
        limit: MODELS_A_STEP,
      });
      for (const { model } of page.items) {
        const versions =
          model && this.options.unasked
            ? new Set([
                ...(model.latestVersion === null ? [] : [model.latestVersion]),
                ...model.environments.map(({ version }) => version),
              ])
            : [];
        for (const version of versions) {
          if (model && !options.signal.aborted) {
            await this.ensure({ ...model, version });
          }
        }
        if (model && !options.signal.aborted) {
          await this.options.listeners.tell(model);
        }
      }
      if (!options.signal.aborted) {
        await store.putCursor(task, page.nextCursor);
      }
      more = page.more;
    }
  }

  private async readWhereDue(of: VersionName): Promise<void> {
    const { store, models } = this.options;
    const { source, name, version } = of;
    const { state: stateOfVersion, createdAt } = await models.versionState(
      source,
      name,
      version,
      undefined,
    );
    // A reader that is new or reads otherwise may find more in what was read before.
    const readers = this.options.readers.state();
    const state = `${stateOfVersion} ${readers}`;
    const before = await store.artefactsOf(of);
    if (before?.state === state) {
      return;
    }
    const tries = 1 + triesOf(before?.state, state);
    const inputs = await this.inputsOf(of);
    const known = new ReadFiles({
      before: before?.files ?? [],
      readBy: [createdAt, readers, inputs],
      keep: this.options.keep,
      at: new Date(),
    });
    const problems: ArtefactProblem[] = [];
    let isToTryAgain = false;
    for (const file of await this.findFiles(of)) {
      // What lies beside a file is not listed, so it is not known to be the same.
      const isAlone = this.options.readers.beside(file).length === 0;
      if (isAlone && known.has(file)) {
        continue;
      }
      const { problem, isGivenUp } = await this.readFile(
        { ...of, createdAt },
        file,
        inputs,
      );
      isToTryAgain ||= isGivenUp;
      if (problem !== null) {
        problems.push({ path: file.path, message: problem });
      } else if (isAlone && !isGivenUp) {
        known.add(file);
      }
    }
    if (before?.state.split(' ')[1] !== readers) {
      await this.readAgain({ ...of, createdAt });
    }
    await store.putArtefacts(of, {
      state: isToTryAgain && tries < MOST_TRIES ? `${state} ${tries}` : state,
      problems,
      files: known.all(),
    });
  }

  /** What was pushed and could not be read may be readable to other readers; its bytes are kept. */
  private async readAgain(subject: EvidenceSubject): Promise<void> {
    const { store, intake } = this.options;
    for (const row of await store.unreadableOf(subject, MOST_READ_AGAIN)) {
      const bytes = await store.bytes(row.digest);
      if (bytes) {
        await intake.take(subject, [
          {
            bytes,
            kind: row.kind,
            path: row.path,
            mediaType: row.media_type,
            origin: { type: 'push', path: row.path, by: row.by },
          },
        ]);
      }
    }
  }

  private async findFiles({
    source,
    name,
    version,
  }: VersionName): Promise<Artefact[]> {
    const { readings, readers } = this.options;
    const found: Artefact[] = [];
    let folders = [''];
    let asked = 0;
    for (let level = 0; level < MOST_LEVELS && folders.length > 0; level++) {
      const below: string[] = [];
      for (const folder of folders) {
        if (asked >= MOST_FOLDERS || found.length >= MOST_FILES) {
          return found.slice(0, MOST_FILES);
        }
        asked++;
        const list = await readings.artefacts(
          source,
          name,
          version,
          folder,
          undefined,
        );
        for (const item of list.items) {
          if (item.isFolder) {
            below.push(item.path);
          } else if (readers.wants(item)) {
            found.push(item);
          }
        }
      }
      folders = below;
    }
    return found.slice(0, MOST_FILES);
  }

  /**
   * Uses a file that a document of the store is, as it lies at its source now.
   *
   * @throws `NotFoundError` where it is not there any more, or is another one; `ServiceUnavailableError` where the source
   * can't be asked.
   */
  async useLargeFile<T>(
    of: VersionName & { path: string; digest: string },
    use: (fetched: FetchedArtefact) => Promise<T>,
  ): Promise<T> {
    return this.useFile(of, async fetched => {
      if (fetched.digest !== of.digest) {
        throw new NotFoundError(
          `${of.path} at the source is another one by now: its SHA-256 is ${fetched.digest}. Files of more than 32 MB stay where they are.`,
        );
      }
      return use(fetched);
    });
  }

  /** Whether a file would be read as rows of single people. */
  isReadAsRows(path: string): boolean {
    const kind = this.options.readers.kindOf({ path, size: null });
    return kind !== undefined && findEvidenceKind(kind)?.hasRows === true;
  }

  /**
   * Uses a file of a version, whatever it is; errors as those of the cache. What may hold rows of single people, by its
   * name, by what was read of it or because its use is refused, is not kept.
   */
  async useFile<T>(
    of: VersionName & { path: string; size?: number | null },
    use: (fetched: FetchedArtefact) => Promise<T>,
  ): Promise<T> {
    const { cache, store } = this.options;
    if (mayHoldRows(of.path) || this.isReadAsRows(of.path)) {
      return cache.useOnce(of, use);
    }
    const fetched = await cache.get(of);
    let isToKeep = false;
    try {
      const result = await use(fetched);
      isToKeep = !(await store.byDigest(fetched.digest)).some(holdsRows);
      return result;
    } finally {
      if (!isToKeep) {
        await cache.drop(fetched);
      }
    }
  }

  /** Why a file could not be fetched; null where it is kept, readable or not, and whether reading it was given up. */
  private async readFile(
    of: VersionName & { createdAt: string | null },
    file: Artefact,
    inputs: string[] | null,
  ): Promise<{ problem: string | null; isGivenUp: boolean }> {
    const { readings, intake } = this.options;
    const { source, name, version } = of;
    let isGivenUp = false;
    const take = async (
      document: Pick<ReceivedDocument, 'bytes' | 'large' | 'beside' | 'inputs'>,
    ) => {
      await intake.take(
        of,
        [
          {
            ...document,
            kind: null,
            path: file.path,
            mediaType: UNKNOWN_TYPE,
            origin: { type: 'artefact', path: file.path, by: null },
          },
        ],
        {
          onGivenUp: () => {
            isGivenUp = true;
          },
        },
      );
    };
    try {
      if (file.size !== null && file.size > MOST_BYTES) {
        await this.readLarge(of, file, { inputs, take });
      } else {
        const bytes = await readings.readArtefact(
          source,
          name,
          version,
          file.path,
          { visibility: undefined, maxBytes: MOST_BYTES },
        );
        await take({ bytes, beside: await this.besides(of, file), inputs });
      }
    } catch (error) {
      if (error instanceof InputError || error instanceof NotFoundError) {
        return { problem: messageOf(error), isGivenUp };
      }
      throw error;
    }
    return { problem: null, isGivenUp };
  }

  private async readLarge(
    of: VersionName,
    file: Artefact,
    options: {
      inputs: string[] | null;
      take: (document: {
        bytes: Buffer;
        large: FetchedArtefact;
        inputs: string[] | null;
      }) => Promise<void>;
    },
  ): Promise<void> {
    const { inputs, take } = options;
    await this.useFile({ ...of, path: file.path, size: file.size }, large =>
      take({ bytes: Buffer.alloc(0), large, inputs }),
    );
  }

  /** What a reader needs besides the file itself; files that are not there are left out. */
  private async besides(of: VersionName, file: Artefact) {
    const { readings, readers } = this.options;
    const { source, name, version } = of;
    const beside: Record<string, Uint8Array> = {};
    for (const path of readers.beside(file)) {
      try {
        beside[path] = await readings.readArtefact(
          source,
          name,
          version,
          path,
          {
            visibility: undefined,
            maxBytes: MOST_BYTES,
          },
        );
      } catch (error) {
        if (!(error instanceof NotFoundError)) {
          throw error;
        }
      }
    }
    return beside;
  }

  private async inputsOf(of: VersionName): Promise<string[] | null> {
    const { signature } = await this.options.models.getVersion(
      of.source,
      of.name,
      of.version,
      undefined,
    );
    const inputs = signature?.inputs.flatMap(input => input.name ?? []);
    return inputs?.length ? inputs : null;
  }
}

/** How often artefacts were read in a state in which they are to be read again. */
function triesOf(before: string | undefined, state: string): number {
  return before?.startsWith(`${state} `)
    ? Number(before.slice(state.length + 1))
    : 0;
}
