import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Promotion } from '@modelport/plugin-modelport-common';
import archiver, { Archiver } from 'archiver';
import { AuditHeads } from '../audit/AuditHeads';
import { AuditLog } from '../audit/AuditLog';
import { canonicalJson } from '../audit/canonicalJson';
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
    const sums: string[] = [];
    const date = new Date(record.updatedAt);
    const add = async (path: string, content: string | Buffer) => {
      const bytes = Buffer.from(content);
      const digest = createHash('sha256').update(bytes).digest('hex');
      sums.push(`${digest}  ${path}`);
      const added = once(archive, 'entry');
      archive.append(bytes, { name: path, date });
      await added;
    };
    await add('promotion.json', pretty(promotion));
    await add('policy.json', pretty(record.policy));
    await add(
      'gates.json',
      pretty({ requested: record.requested, now: record.now }),
    );
    const entries = await this.options.log.ofPromotion(record.id);
    await add(
      'chain.ndjson',
      entries.map(entry => `${canonicalJson(entry)}\n`).join(''),
    );
    const publicKey = this.options.heads.publicKey();
    if (publicKey !== null) {
      // So that there is a head that covers all of it.
      await this.options.heads.write();
      const last = entries.at(-1)?.seq ?? 0;
      const { heads } = await this.options.heads.read();
      const proof = heads.filter(head => head.seq >= last);
      await add('head-key.pem', publicKey);
      await add(
        'heads.ndjson',
        proof.map(head => `${JSON.stringify(head)}\n`).join(''),
      );
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
      packReadme({ promotion, missing, signed: publicKey !== null }),
    );
    archive.append(`${sums.join('\n')}\n`, { name: 'SHA256SUMS', date });
    await archive.finalize();
  }
}

function digestsOf(record: PromotionRecord): string[] {
  return [
    ...new Set(
      [record.requested, record.now]
        .flatMap(judgement => judgement?.evidence ?? [])
        .map(({ digest }) => digest),
    ),
  ];
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
