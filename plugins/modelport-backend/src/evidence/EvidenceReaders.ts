import { createHash } from 'node:crypto';
import { MessageChannel } from 'node:worker_threads';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { EvidenceFile, EvidenceReader } from '@modelport/plugin-modelport-node';
import { Piscina } from 'piscina';
import { FairTurns } from './FairTurns';
import { ReadResult, ReadTask } from './readDocument';
import { readInWorker, WORKER_FILE } from './readInWorker';

/** Longer reading is given up. */
const MOST_MS = 60_000;
const MOST_MEGABYTES = 512;
/** Documents that are read at once, each of another model. */
const WORKERS = 2;
/** Documents that wait for a worker, of all models and of one; more are sent away. */
const MOST_WAITING = 64;
const MOST_WAITING_OF_ONE = 16;
const IDLE_MS = 30_000;
const HEAD_BYTES = 512;

/** Media type of a file of which nobody says it. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** Reads documents in a worker with limits of time and memory: their bytes may come from someone hostile. */
export class EvidenceReaders {
  private readonly readers: EvidenceReader[] = [];
  private readonly turns = new FairTurns(WORKERS);
  private readonly mostMs: number;
  private pool: Piscina | undefined;

  constructor(options: { mostMs?: number } = {}) {
    this.mostMs = options.mostMs ?? MOST_MS;
  }

  /** @throws `ConflictError` where a reader of the same id was added before. */
  add(reader: EvidenceReader): void {
    if (this.readers.some(known => known.id === reader.id)) {
      throw new ConflictError(`There are two readers called ${reader.id}`);
    }
    this.readers.push(reader);
  }

  /** What is another one whenever readers are added or read otherwise; short and opaque. */
  state(): string {
    return createHash('sha256')
      .update(
        JSON.stringify(
          this.readers.map(({ id, version }) => `${id}/${version}`).sort(),
        ),
      )
      .digest('hex')
      .slice(0, 16);
  }

  /** The reader of a file; undefined where none but the schemas of JSON could read it. */
  find(
    file: Omit<EvidenceFile, 'head' | 'size'> & { bytes: Uint8Array },
  ): EvidenceReader | undefined {
    const { bytes, ...known } = file;
    const head = bytes.subarray(0, HEAD_BYTES);
    return this.readers.find(
      reader =>
        (known.kind === null || known.kind === reader.kind) &&
        reader.matches({ ...known, size: bytes.length, head }),
    );
  }

  /** The kind of evidence that an artefact would be, by what is known before it is fetched. */
  kindOf(file: { path: string; size: number | null }): string | undefined {
    return this.wanting(file)?.kind;
  }

  /** Whether a file is worth fetching, by what is known before that. */
  wants(file: { path: string; size: number | null }): boolean {
    return this.wanting(file) !== undefined;
  }

  /** The files that are read together with one. */
  beside(file: { path: string; size: number | null }): string[] {
    return this.wanting(file)?.beside?.(file.path) ?? [];
  }

  private wanting(file: {
    path: string;
    size: number | null;
  }): EvidenceReader | undefined {
    return this.readers.find(reader =>
      reader.matches({
        kind: null,
        path: file.path,
        mediaType: UNKNOWN_TYPE,
        size: file.size ?? 0,
        head: new Uint8Array(),
      }),
    );
  }

  /**
   * Reads a document. How long it waits for its turn is no part of the time that reading may take.
   *
   * @param model - whose document it is: models take turns.
   * @throws `ServiceUnavailableError` where too many wait already, and when the portal stops.
   */
  async read(
    received: Omit<ReadTask, 'reader'>,
    model: string = '',
  ): Promise<ReadResult> {
    const {
      bytes,
      file,
      kind: told,
      path,
      mediaType,
      beside,
      inputs,
    } = received;
    const task = { bytes, file, kind: told, path, mediaType, beside, inputs };
    const reader =
      (file !== undefined && path !== null
        ? this.wanting({ path, size: null })
        : this.find(task)) ?? null;
    if (
      this.turns.waitingOf() >= MOST_WAITING ||
      this.turns.waitingOf(model) >= MOST_WAITING_OF_ONE
    ) {
      throw new ServiceUnavailableError(
        'Too much evidence is being read at the moment; nothing was kept. Send it again in a minute.',
      );
    }
    return this.turns.take(model, async () => {
      const read = await this.readNow({
        ...task,
        reader: reader && {
          id: reader.id,
          version: reader.version,
          kind: reader.kind,
          module: reader.module,
        },
      });
      if (!('givenUp' in read)) {
        return read;
      }
      const kind = reader?.kind ?? task.kind;
      return kind === null
        ? { refused: read.givenUp }
        : {
            kind,
            schemaVersion: null,
            producer: null,
            producedAt: null,
            reader: reader && `${reader.id}/${reader.version}`,
            message: read.givenUp,
            isGivenUp: true,
            body: null,
          };
    });
  }

  async stop(): Promise<void> {
    const pool = this.pool;
    this.pool = undefined;
    await pool?.destroy();
  }

  private async readNow(
    task: ReadTask,
  ): Promise<ReadResult | { givenUp: string }> {
    this.pool ??= startPool();
    const pool = this.pool;
    const { port1, port2 } = new MessageChannel();
    const tooLong = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    port1.once('message', () => {
      timer = setTimeout(() => tooLong.abort(), this.mostMs);
    });
    try {
      return await pool.run(
        { ...task, begun: port2 },
        { signal: tooLong.signal, transferList: [port2] },
      );
    } catch (error) {
      if (tooLong.signal.aborted) {
        return {
          givenUp: `Reading it took more than ${
            this.mostMs / 1000
          } s and was given up; it is read again when it comes again.`,
        };
      }
      if (this.pool !== pool) {
        throw new ServiceUnavailableError(
          'The portal is stopping; nothing was kept. Send it again in a minute.',
        );
      }
      return { givenUp: whyStopped(error) };
    } finally {
      clearTimeout(timer);
      port1.close();
    }
  }
}

function startPool(): Piscina {
  return new Piscina({
    filename: WORKER_FILE,
    name: readInWorker.name,
    minThreads: 0,
    maxThreads: WORKERS,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    // Run from its sources, a worker needs what turns TypeScript into JavaScript.
    ...(WORKER_FILE.endsWith('.ts') && {
      execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'],
    }),
  });
}

function whyStopped(error: unknown): string {
  const code =
    error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? `Reading it needs more than ${MOST_MEGABYTES} MB of memory and was given up; it is read again when it comes again.`
    : `Reading it failed: ${error instanceof Error ? error.message : error}`;
}
