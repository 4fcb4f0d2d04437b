import { z } from 'zod';
import { GateEvidence } from './types';

/** Rows of an evaluation, in columns. */
export interface ScoredRows {
  evaluationSet: { id: string; hash: string | null };
  ids: string[];
  labels: boolean[];
  scores: number[];
  /** Group by attribute; a group without an attribute stands for none. */
  groups: Array<Record<string, string | null>>;
  /** Rows whose person was erased. */
  erased: number;
}

export type ReadRows =
  | { rows: ScoredRows; why: null }
  | { rows: null; why: string };

/** Where there are more rows, they are compared elsewhere and pushed as figures. */
const MOST_ROWS = 200_000;

const POSITIVE = new Set(['1', 'true']);
const NEGATIVE = new Set(['0', 'false']);

/** What `evaluationRowsBody` of the common package lets through, with null for erased rows. */
const stored = z.object({
  evaluationSet: z.object({ id: z.string(), hash: z.string().nullish() }),
  rows: z
    .array(
      z
        .object({
          id: z.string(),
          label: z.union([z.string(), z.number(), z.null()]),
          score: z.union([z.number(), z.array(z.number())]),
          weight: z.number().nullish(),
          group: z
            .union([z.string(), z.record(z.string(), z.string().nullable())])
            .nullish(),
        })
        .nullable(),
    )
    .max(MOST_ROWS),
});

const known = new WeakMap<object, ReadRows>();

/** The rows of a document of `evaluation-rows` with two classes, or why they can't be judged. */
export function scoredRows(document: Pick<GateEvidence, 'body'>): ReadRows {
  const before = known.get(document);
  const read = before ?? readRows(document);
  known.set(document, read);
  return read;
}

function readRows(document: Pick<GateEvidence, 'body'>): ReadRows {
  const body = stored.safeParse(document.body);
  if (!body.success) {
    return none(
      `the evaluation rows can't be read here, or there are more than ${MOST_ROWS}`,
    );
  }
  const { evaluationSet, rows } = body.data;
  const there = rows.flatMap(row => row ?? []);
  if (there.some(({ weight }) => (weight ?? 1) !== 1)) {
    return none('the evaluation rows have weights, which are not judged here');
  }
  if (new Set(there.map(({ id }) => id)).size < there.length) {
    return none('an id occurs twice among the evaluation rows');
  }
  const labels: boolean[] = [];
  const scores: number[] = [];
  for (const { label, score } of there) {
    const text = String(label).toLowerCase();
    if (!POSITIVE.has(text) && !NEGATIVE.has(text)) {
      return none('labels of the evaluation rows are not 0 and 1');
    }
    if (typeof score !== 'number') {
      return none('the evaluation rows have several scores each');
    }
    labels.push(POSITIVE.has(text));
    scores.push(score);
  }
  return {
    why: null,
    rows: {
      evaluationSet: { id: evaluationSet.id, hash: evaluationSet.hash ?? null },
      ids: there.map(({ id }) => id),
      labels,
      scores,
      groups: there.map(({ group }) =>
        typeof group === 'object' && group !== null ? group : {},
      ),
      erased: rows.length - there.length,
    },
  };
}

function none(why: string): ReadRows {
  return { rows: null, why };
}

/** Whether every score can be a probability. */
export function areProbabilities(scores: readonly number[]): boolean {
  return scores.every(score => score >= 0 && score <= 1);
}
