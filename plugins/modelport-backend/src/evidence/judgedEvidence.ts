import { z } from 'zod';
import { GateEvidence } from '../promotions/gates/types';
import { COMPUTED_BY } from '../monitoring/computed/computedBy';
import { DocumentRow, toEvidence } from './documentRow';
import { EvidenceStore } from './EvidenceStore';
import { SealedRows } from './SealedRows';

/** Kinds that are judged by their rows: on the same ones only are two versions compared. */
const JUDGED_BY_ROWS = ['evaluation-rows', 'explanation'];

/** Digests of documents, and who brought them. */
export async function digestsOf(
  { store }: { store: EvidenceStore },
  rows: DocumentRow[],
): Promise<string[]> {
  const repeats = await repeatsOf(store, rows);
  return rows.map(row =>
    [row.kind, row.digest, ...repeats(row).map(({ from }) => from)].join(' '),
  );
}

/** Documents as gates judge them, once for each who brought them, with rows of people. */
export async function judgedOn(
  options: {
    store: Pick<EvidenceStore, 'body' | 'repeatsOf'>;
    rows: Pick<SealedRows, 'open'>;
  },
  rows: DocumentRow[],
): Promise<GateEvidence[]> {
  const { store, rows: sealed } = options;
  const repeats = await repeatsOf(store, rows);
  const documents = await Promise.all(
    rows.map(async row => {
      const body = await store.body(row.id);
      const first: GateEvidence = {
        digest: row.digest,
        kind: row.kind,
        producer: toEvidence(row).producer,
        // What the portal computes is made of a window, so that its bytes are the same each time; it was made when kept.
        producedAt: row.by === COMPUTED_BY ? row.received_at : row.produced_at,
        receivedAt: row.received_at,
        window: windowOf(body),
        from: fromOf(row),
        body:
          JUDGED_BY_ROWS.includes(row.kind) && isObject(body)
            ? { ...body, rows: await sealed.open(row.id) }
            : body,
      };
      return [first, ...repeats(row).map(repeat => ({ ...first, ...repeat }))];
    }),
  );
  return documents.flat();
}

/** Who brought documents besides who brought them first. */
async function repeatsOf(
  store: Pick<EvidenceStore, 'repeatsOf'>,
  rows: DocumentRow[],
): Promise<
  (row: DocumentRow) => Array<Pick<GateEvidence, 'from' | 'receivedAt'>>
> {
  const repeats = await store.repeatsOf(rows.map(({ id }) => id));
  return row =>
    repeats
      .filter(repeat => repeat.document_id === row.id)
      .map(repeat => ({
        from: fromOf(repeat),
        receivedAt: repeat.received_at,
      }));
}

/** Who brought a document, as gates name them. */
function fromOf({ origin, by }: Pick<DocumentRow, 'origin' | 'by'>): string {
  return origin === 'artefact' ? 'artefact' : by ?? 'push';
}

const time = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), 'expected a time');

const windowed = z.object({
  window: z.object({ start: time.nullish(), end: time }),
});

/** From when to when the data are that a document is about; null where it does not say. */
function windowOf(body: unknown): GateEvidence['window'] {
  const read = windowed.safeParse(body);
  return read.success
    ? { start: read.data.window.start ?? null, end: read.data.window.end }
    : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
