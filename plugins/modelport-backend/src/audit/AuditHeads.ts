import {
  createPrivateKey,
  createPublicKey,
  KeyObject,
  sign,
} from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { AuditHead, AuditSink } from '@modelport/plugin-modelport-node';
import { messageOf } from '../messageOf';
import { AuditLog, NO_DIGEST } from './AuditLog';
import { isSigned, linkTo, signHead } from './signedHead';

/** Sinks of heads from config and modules. */
export class AuditSinks {
  private readonly sinks = new Map<string, AuditSink>();

  add(sink: AuditSink): void {
    if (this.sinks.has(sink.name)) {
      throw new ConflictError(`There is a sink "${sink.name}" already`);
    }
    this.sinks.set(sink.name, sink);
  }

  all(): AuditSink[] {
    return [...this.sinks.values()];
  }
}

/** Heads that were not written in a row, after which more than a late round is behind it. */
const MISSED_HEADS = 3;

/** What a place outside holds. */
interface Place {
  sink: AuditSink;
  /** In the order written; those that this process wrote where the place can't be read back. */
  heads: AuditHead[];
  problem: string | null;
}

/** Signs where the chain ends and has that kept outside the database. */
export class AuditHeads {
  private readonly key: KeyObject | undefined;
  private readonly publicKeyObject: KeyObject | undefined;
  /** The newest head that this process knows to be kept, by the name of its sink. */
  private readonly known = new Map<string, AuditHead>();
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: {
      log: AuditLog;
      sinks: AuditSinks;
      /** Private Ed25519 key as PEM; without one no heads are written. */
      signingKey: string | undefined;
      /** How often heads are written; an older entry without any is a finding. Not looked at unless given. */
      frequency?: HumanDuration;
      logger: LoggerService;
      now: () => Date;
    },
  ) {
    const { signingKey } = options;
    if (signingKey !== undefined) {
      this.key = createPrivateKey(signingKey);
      this.publicKeyObject = createPublicKey(this.key);
    }
  }

  get enabled(): boolean {
    return this.key !== undefined && this.options.sinks.all().length > 0;
  }

  /** How long entries may go on without a head before heads are missing, in milliseconds. */
  get mostUnsignedMs(): number {
    const { frequency } = this.options;
    return frequency
      ? MISSED_HEADS * durationToMilliseconds(frequency)
      : Infinity;
  }

  /** The public key as PEM, with which anybody checks a head; null where there is none. */
  publicKey(): string | null {
    return (
      this.publicKeyObject
        ?.export({ type: 'spki', format: 'pem' })
        .toString() ?? null
    );
  }

  /** The signature over bytes of an evidence pack; undefined where there is no key. */
  signBytes(bytes: Buffer): Buffer | undefined {
    return this.key && sign(null, bytes, this.key);
  }

  /**
   * Has the head kept by every sink that does not have it yet. A chain that does not go on from the newest head outside
   * is not signed: that would bless what was recomputed or cut.
   */
  async write(): Promise<void> {
    const { key } = this;
    if (key) {
      this.writing = this.writing.then(
        () => this.writeNow(key),
        () => this.writeNow(key),
      );
      await this.writing;
    }
  }

  /** Heads that are kept outside and whose signature holds, and what is wrong with others. */
  async read(): Promise<{ heads: AuditHead[]; problem: string | null }> {
    const { publicKeyObject } = this;
    if (!publicKeyObject) {
      return { heads: [], problem: null };
    }
    const heads: AuditHead[] = [];
    const problems: string[] = [];
    for (const place of await this.places()) {
      const links = new Set([NO_DIGEST]);
      for (const head of place.heads) {
        if (!isSigned(head, publicKeyObject)) {
          problems.push(
            `The signature of the head of entry ${head.seq} at ${place.sink.name} does not hold`,
          );
        } else {
          heads.push(head);
          if (head.previous !== undefined && !links.has(head.previous)) {
            problems.push(
              `The head before that of entry ${head.seq} at ${place.sink.name} is not there any more: heads were removed or put into another order`,
            );
          }
        }
        // Two backends may have begun at once.
        if (head.previous !== NO_DIGEST) {
          links.delete(NO_DIGEST);
        }
        links.add(linkTo(head));
      }
      if (place.problem) {
        problems.push(place.problem);
      } else if (place.heads.length === 0 && (await this.isOverdue())) {
        problems.push(
          `There is no head at ${place.sink.name}, although entries are older than the time between heads: it was never written or was removed`,
        );
      }
    }
    return { heads, problem: problems[0] ?? null };
  }

  private async isOverdue(): Promise<boolean> {
    const { frequency, log, now } = this.options;
    const [first] = frequency ? await log.after(0, 1) : [];
    return (
      frequency !== undefined &&
      first !== undefined &&
      Date.parse(first.at) + durationToMilliseconds(frequency) < +now()
    );
  }

  private async writeNow(key: KeyObject): Promise<void> {
    const { log, logger, now } = this.options;
    const places = await this.places();
    // Read after the heads, so that none of them can be of a later entry.
    const end = await log.head();
    const refusal = await this.refusal(end, places);
    if (refusal) {
      logger.error(`No head of the audit chain is signed: ${refusal}`);
      return;
    }
    if (end.digest === NO_DIGEST) {
      return;
    }
    for (const { sink, heads, problem } of places) {
      const last = heads.at(-1);
      if (problem) {
        logger.error(
          `No head of the audit chain is added to ${sink.name}: ${problem}`,
        );
      } else if (last?.seq !== end.seq) {
        const head = signHead(
          {
            ...end,
            at: now().toISOString(),
            previous: last ? linkTo(last) : NO_DIGEST,
          },
          key,
        );
        try {
          await sink.write(head);
          this.known.set(sink.name, head);
        } catch (error) {
          logger.error(
            `The head of the audit chain could not be kept by ${
              sink.name
            }; it is tried again: ${messageOf(error)}`,
          );
        }
      }
    }
  }

  /** Why the chain must not be signed as it is now; undefined where it goes on from the newest head of each place. */
  private async refusal(
    end: { seq: number; digest: string },
    places: Place[],
  ): Promise<string | undefined> {
    const { log } = this.options;
    if (end.seq > 0 && (await log.digestAt(end.seq)) !== end.digest) {
      return `its end is said to be entry ${end.seq}, whose digest is another one`;
    }
    for (const { sink, heads } of places) {
      const newest = this.newest(heads);
      if (newest && newest.seq > end.seq) {
        return `it ends at entry ${end.seq}, but ${sink.name} holds a head of entry ${newest.seq}: entries were cut off`;
      }
      if (newest && (await log.digestAt(newest.seq)) !== newest.digest) {
        return `entry ${newest.seq} is another one than the head at ${sink.name} says: an entry up to it was changed, and all after it recomputed`;
      }
    }
    return undefined;
  }

  /** The head of the latest entry whose signature holds. */
  private newest(heads: AuditHead[]): AuditHead | undefined {
    const { publicKeyObject } = this;
    return (
      publicKeyObject &&
      [...heads]
        .sort((a, b) => b.seq - a.seq)
        .find(head => isSigned(head, publicKeyObject))
    );
  }

  private async places(): Promise<Place[]> {
    return Promise.all(
      this.options.sinks.all().map(async sink => {
        const known = this.known.get(sink.name);
        if (!sink.read) {
          return { sink, heads: known ? [known] : [], problem: null };
        }
        try {
          const heads = await sink.read();
          const lost =
            known && !heads.some(head => head.signature === known.signature);
          const last = heads.at(-1);
          if (last && !lost) {
            this.known.set(sink.name, last);
          }
          return {
            sink,
            heads,
            problem: lost
              ? `The head of entry ${known.seq} that ${sink.name} kept is not there any more`
              : null,
          };
        } catch (error) {
          return {
            sink,
            heads: [],
            problem: `The heads at ${sink.name} could not be read: ${messageOf(
              error,
            )}`,
          };
        }
      }),
    );
  }
}
