import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Measurement } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { DocumentRow, EvidenceSubject, keyOf } from './documentRow';
import { EvidenceStore } from './EvidenceStore';

/** Documents of metrics that count; what older ones say newer ones say again. */
const MOST_DOCUMENTS = 20;
const MOST_MEASUREMENTS = 5_000;
/** Measurements of all versions that are remembered. */
const MOST_REMEMBERED = 100_000;

const figure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
const end = figure
  .nullish()
  .transform(value => (typeof value === 'number' ? value : null));

const listed = z.object({ measurements: z.array(z.unknown()) });

/** What `metricsBody` of the common package lets through, as the API says it. */
const stored = z.object({
  key: z.string(),
  value: figure,
  dataset: z.string().nullish(),
  evaluationSet: z
    .object({ id: z.string(), hash: z.string().nullish() })
    .nullish(),
  slice: z.string().nullish(),
  n: z.number().int().nullish(),
  lower: end,
  upper: end,
});

interface Remembered {
  /** The documents that it was read of. */
  state: string;
  found: Measurement[];
}

/** What evidence says of versions' metrics. What was read is remembered until other documents count. */
export class EvidenceMeasurements {
  /** By version, the one asked for last at the end. */
  private readonly remembered = new Map<string, Remembered>();
  private readonly beingRead = new Map<string, Promise<Measurement[]>>();

  constructor(private readonly store: Pick<EvidenceStore, 'list' | 'body'>) {}

  /** Measurements of a version; of the same measurement the newest document counts. */
  async of(subject: EvidenceSubject): Promise<Measurement[]> {
    const { rows } = await this.store.list(subject, {
      kind: 'metrics',
      limit: MOST_DOCUMENTS,
    });
    const version = JSON.stringify(keyOf(subject));
    const state = JSON.stringify(rows.map(({ id, status }) => [id, status]));
    const known = this.remembered.get(version);
    if (known?.state === state) {
      this.remembered.delete(version);
      this.remembered.set(version, known);
      return known.found;
    }
    const task = `${version} ${state}`;
    const reading = this.beingRead.get(task) ?? this.read(rows);
    this.beingRead.set(task, reading);
    try {
      const found = await reading;
      this.remember(version, { state, found });
      return found;
    } finally {
      this.beingRead.delete(task);
    }
  }

  private remember(version: string, one: Remembered): void {
    this.remembered.delete(version);
    this.remembered.set(version, one);
    let count = 0;
    for (const [other, { found }] of [...this.remembered].reverse()) {
      count += Math.max(1, found.length);
      if (count > MOST_REMEMBERED) {
        this.remembered.delete(other);
      }
    }
  }

  private async read(rows: DocumentRow[]): Promise<Measurement[]> {
    const found = new Map<string, Measurement>();
    for (const row of rows.filter(({ status }) => status === 'read')) {
      const { digest } = row;
      takeAll(found, { digest, body: await this.store.body(row.id) });
      if (found.size >= MOST_MEASUREMENTS) {
        break;
      }
      await yieldToOthers();
    }
    return [...found.values()];
  }
}

/** Measurements of documents of metrics, the newest first; of the same measurement the newest counts. */
export function measurementsIn(
  documents: Array<{ digest: string; body: unknown }>,
): Measurement[] {
  const found = new Map<string, Measurement>();
  documents.forEach(document => takeAll(found, document));
  return [...found.values()];
}

function takeAll(
  found: Map<string, Measurement>,
  document: { digest: string; body: unknown },
): void {
  const body = listed.safeParse(document.body);
  const measurements = body.data?.measurements ?? [];
  for (const raw of measurements.slice(0, MOST_MEASUREMENTS)) {
    const one = stored.safeParse(raw);
    if (one.success && found.size < MOST_MEASUREMENTS) {
      take(found, one.data, document.digest);
    }
  }
}

function take(
  found: Map<string, Measurement>,
  { dataset, evaluationSet, ...one }: z.infer<typeof stored>,
  digest: string,
): void {
  const slice = one.slice ?? null;
  const key = JSON.stringify([
    one.key,
    slice,
    dataset ?? null,
    evaluationSet?.id ?? null,
  ]);
  if (!found.has(key)) {
    found.set(key, {
      ...one,
      slice,
      n: one.n ?? null,
      dataset: dataset ? { name: dataset, digest: null } : null,
      evaluationSet: evaluationSet
        ? { id: evaluationSet.id, hash: evaluationSet.hash ?? null }
        : null,
      evidence: digest,
    });
  }
}
