import {
  createPrivateKey,
  createPublicKey,
  KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { AuditHead, AuditSink } from '@modelport/plugin-modelport-node';
import { messageOf } from '../messageOf';
import { AuditLog, NO_DIGEST } from './AuditLog';

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

/** Signs where the chain ends and has that kept outside the database. */
export class AuditHeads {
  private readonly key: KeyObject | undefined;
  private readonly written = new Map<string, number>();

  constructor(
    private readonly options: {
      log: AuditLog;
      sinks: AuditSinks;
      /** Private Ed25519 key as PEM; without one no heads are written. */
      signingKey: string | undefined;
      logger: LoggerService;
      now: () => Date;
    },
  ) {
    this.key =
      options.signingKey === undefined
        ? undefined
        : createPrivateKey(options.signingKey);
  }

  get enabled(): boolean {
    return this.key !== undefined && this.options.sinks.all().length > 0;
  }

  /** The public key as PEM, with which anybody checks a head; null where there is none. */
  publicKey(): string | null {
    return this.key
      ? createPublicKey(this.key)
          .export({ type: 'spki', format: 'pem' })
          .toString()
      : null;
  }

  /** Has the head kept by every sink that does not have it yet. */
  async write(): Promise<void> {
    if (!this.key) {
      return;
    }
    const { seq, digest } = await this.options.log.head();
    if (digest === NO_DIGEST) {
      return;
    }
    const at = this.options.now().toISOString();
    const head: AuditHead = {
      seq,
      digest,
      at,
      signature: sign(null, signedText({ seq, digest, at }), this.key).toString(
        'base64',
      ),
    };
    for (const sink of this.options.sinks.all()) {
      if (this.written.get(sink.name) !== seq) {
        try {
          await sink.write(head);
          this.written.set(sink.name, seq);
        } catch (error) {
          this.options.logger.error(
            `The head of the audit chain could not be kept by ${
              sink.name
            }; it is tried again: ${messageOf(error)}`,
          );
        }
      }
    }
  }

  /** Heads that are kept outside and whose signature holds, and what is wrong with others. */
  async read(): Promise<{ heads: AuditHead[]; problem: string | null }> {
    const { key } = this;
    if (!key) {
      return { heads: [], problem: null };
    }
    const publicKey = createPublicKey(key);
    const heads: AuditHead[] = [];
    const problems: string[] = [];
    for (const sink of this.options.sinks.all()) {
      try {
        for (const head of (await sink.read?.()) ?? []) {
          const holds = verify(
            null,
            signedText(head),
            publicKey,
            Buffer.from(head.signature, 'base64'),
          );
          if (holds) {
            heads.push(head);
          } else {
            problems.push(
              `The signature of the head of entry ${head.seq} at ${sink.name} does not hold`,
            );
          }
        }
      } catch (error) {
        problems.push(
          `The heads at ${sink.name} could not be read: ${messageOf(error)}`,
        );
      }
    }
    return { heads, problem: problems[0] ?? null };
  }
}

function signedText(head: { seq: number; digest: string; at: string }): Buffer {
  return Buffer.from(`${head.seq} ${head.digest} ${head.at}`, 'utf8');
}
