import { z } from 'zod';
import { GateEvidence } from './types';

/** Rows of an evaluation, in columns: of two classes, or of a number that is to be foretold. */
export interface EvaluatedRows<Label extends boolean | number> {
  evaluationSet: { id: string; hash: string | null };
  ids: string[];
  labels: Label[];
  scores: number[];
  /** Group by attribute; a group without an attribute stands for none. */
  groups: Array<Record<string, string | null>>;
  /** Rows whose person was erased. */
  erased: number;
}

export type ScoredRows = EvaluatedRows<boolean>;

export type ReadRows<Label extends boolean | number = boolean> =
  | { rows: EvaluatedRows<Label>; why: null }
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

type RawLabel = string | number | null;

/** What labels are taken, and why others are not. */
interface Labels<Label extends boolean | number> {
  of(label: RawLabel): Label | undefined;
  why: string;
}

const CLASSES: Labels<boolean> = {
  of: label => {
    const text = String(label).toLowerCase();
    return POSITIVE.has(text) || (NEGATIVE.has(text) ? false : undefined);
  },
  why: 'labels of the evaluation rows are not 0 and 1',
};

const NUMBERS: Labels<number> = {
  of: label =>
    typeof label === 'number' && Number.isFinite(label) ? label : undefined,
  why: 'labels of the evaluation rows are neither 0 and 1 nor numbers',
};

const known = new WeakMap<object, ReadRows>();

/** The rows of a document of `evaluation-rows` with two classes, or why they can't be judged. */
export function scoredRows(document: Pick<GateEvidence, 'body'>): ReadRows {
  const before = known.get(document);
  const read = before ?? readRows(document, CLASSES);
  known.set(document, read);
  return read;
}

/** The same, or the rows of a document whose labels are numbers. */
export function comparableRows(
  document: Pick<GateEvidence, 'body'>,
): ReadRows<boolean | number> {
  const classes = scoredRows(document);
  return classes.why === CLASSES.why ? readRows(document, NUMBERS) : classes;
}

/** Whether rows are of two classes. */
export function isOfClasses(
  rows: EvaluatedRows<boolean | number>,
): rows is ScoredRows {
  return rows.labels.every(label => typeof label === 'boolean');
}

function readRows<Label extends boolean | number>(
  document: Pick<GateEvidence, 'body'>,
  taken: Labels<Label>,
): ReadRows<Label> {
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
  const labels: Label[] = [];
  const scores: number[] = [];
  for (const { label, score } of there) {
    const read = taken.of(label);
    if (read === undefined) {
      return none(taken.why);
    }
    if (typeof score !== 'number') {
      return none('the evaluation rows have several scores each');
    }
    labels.push(read);
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

function none(why: string): { rows: null; why: string } {
  return { rows: null, why };
}

/** Whether every score can be a probability. */
export function areProbabilities(scores: readonly number[]): boolean {
  return scores.every(score => score >= 0 && score <= 1);
}
