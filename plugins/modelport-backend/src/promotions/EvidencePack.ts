import { once } from 'node:events';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Promotion } from '@modelport/plugin-modelport-common';
import { AuditHead } from '@modelport/plugin-modelport-node';
import archiver, { Archiver } from 'archiver';
import { AuditHeads } from '../audit/AuditHeads';
import { AuditLog } from '../audit/AuditLog';
import { chainLinks } from '../audit/chainLinks';
import { contentOf, sha256 } from '../audit/entryDigest';
import { EvidenceService } from '../evidence/EvidenceService';
import { packReadme } from './packReadme';
import { PromotionRecord } from './PromotionRecord';

/** One promotion with all that it was decided on, in one archive that standard tools check. */
export class EvidencePack {
  constructor(
    private readonly options: {
      log: AuditLog;
      heads: AuditHeads;
      evidence: EvidenceService;
    },
  ) {}

  /** Writes the archive, a `.tar.gz`, and ends the stream. */
  async write(
    record: PromotionRecord,
    promotion: Promotion,
    to: Writable,
  ): Promise<void> {
    const archive = archiver('tar', { gzip: true });
    const written = finished(to);
    const failed = new Promise<never>((_resolve, reject) => {
      archive.on('error', reject);
    });
    archive.pipe(to);
    try {
      // Who goes away while it is written ends it.
      await Promise.race([
        Promise.all([this.fill(archive, record, promotion), written]),
        failed,
      ]);
    } catch (error) {
      archive.abort();
      throw error;
    }
  }

  /** Adds one file after the other, so that no more than one is held in memory. */
  private async fill(
    archive: Archiver,
    record: PromotionRecord,
    promotion: Promotion,
  ): Promise<void> {
    const { log, heads } = this.options;
    const sums: string[] = [];
    const date = new Date(record.updatedAt);
    const put = async (name: string, bytes: Buffer) => {
      const added = once(archive, 'entry');
      archive.append(bytes, { name, date });
      await added;
    };
    const add = async (path: string, content: string | Buffer) => {
      const bytes = Buffer.from(content);
      sums.push(`${sha256(bytes)}  ${path}`);
      await put(path, bytes);
    };
    await add('promotion.json', pretty(promotion));
    await add('policy.json', pretty(record.policy));
    await add(
      'gates.json',
      pretty({ requested: record.requested, now: record.now }),
    );
    const entries = await log.ofPromotion(record.id);
    await add(
      'chain.ndjson',
      entries.map(entry => `${contentOf(entry)}\n`).join(''),
    );
    const first = entries.at(0)?.seq ?? 1;
    const last = entries.at(-1)?.seq ?? 0;
    // So that there is a head that covers all of it.
    await heads.write();
    const head = (await heads.read()).heads
      .filter(({ seq }) => seq >= last)
      .reduce<AuditHead | undefined>(
        (least, one) => (least && least.seq <= one.seq ? least : one),
        undefined,
      );
    await add(
      'links.txt',
      await chainLinks(log, {
        first,
        last: head?.seq ?? last,
        shown: new Set(entries.map(({ seq }) => seq)),
      }),
    );
    if (head) {
      await add('heads.ndjson', `${JSON.stringify(head)}\n`);
    }
    const publicKey = heads.publicKey();
    if (publicKey !== null) {
      await add('head-key.pem', publicKey);
    }
    const missing: string[] = [];
    for (const digest of digestsOf(record)) {
      const bytes = await this.options.evidence.bytesOf(digest);
      if (bytes) {
        await add(`evidence/${digest}`, bytes);
      } else {
        missing.push(digest);
      }
    }
    await add(
      'README.md',
      packReadme({
        promotion,
        missing,
        signed: publicKey !== null,
        covered: head !== undefined,
      }),
    );
    const digests = Buffer.from(`${sums.join('\n')}\n`);
    await put('SHA256SUMS', digests);
    const signature = heads.signBytes(digests);
    if (signature) {
      await put('SHA256SUMS.sig', signature);
    }
    await archive.finalize();
  }
}

function digestsOf(record: PromotionRecord): string[] {
  return [
    ...new Set(
      [record.requested, record.now].flatMap(judgement => [
        ...(judgement?.evidence ?? []).map(({ digest }) => digest),
        ...(judgement?.gates ?? []).flatMap(({ evidence }) => evidence),
      ]),
    ),
  ];
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
