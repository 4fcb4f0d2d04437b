import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { Task, TASK_FACTS } from './tasks';
import { oneLine } from './text';

const MOST_FEATURES = 200;
const MOST_CATEGORIES = 20;
const MOST_TEXT = 60;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;
/** The highest grade of relevance that the frameworks rank by. */
const HIGHEST_GRADE = 30;
/** What reports and the feature store call columns of their own, and what no object takes as a key; in lower case. */
const RESERVED = [
  ...['score', 'base_value', 'margin', 'event_timestamp'],
  '__proto__',
];

/** The name of a column of the data. */
export const columnName = z
  .string()
  .regex(
    NAME,
    'expected the name of a column: letters, digits and underscores, at most 63, beginning with a letter',
  );

const category = z
  .string()
  .min(1)
  .max(MOST_TEXT)
  .refine(
    text => oneLine(text) === text,
    'expected a text on one line, without anything that can not be seen',
  );
const range = {
  low: z.number().describe('The least that is allowed'),
  high: z.number().describe('The most that is allowed'),
};

/** The features that a repository begins with, and what is known of its label, as a sample of the data had them. */
export const columnsSchema = z.strictObject({
  numeric: z
    .array(z.strictObject({ name: columnName, ...range }))
    .max(MOST_FEATURES),
  categorical: z
    .array(
      z.strictObject({
        name: columnName,
        categories: z.array(category).min(1).max(MOST_CATEGORIES),
      }),
    )
    .max(MOST_FEATURES)
    .default([]),
  /** Of the label of a regression or a forecast; of a ranking, the lowest and the highest grade. */
  label: z.strictObject(range).optional(),
  /** Of a multiclass label; of a binary one that is neither 0/1 nor true/false, the word for no and the one for yes. */
  classes: z.array(category).min(2).max(MOST_CATEGORIES).optional(),
});

/** The columns of a sample, as they were answered. */
export type Columns = z.output<typeof columnsSchema>;

/** Names, in lower case, that no feature of a sample may have: the repository has columns of its own for them. */
export function reservedOf(task: Task): string[] {
  return [...RESERVED, ...TASK_FACTS[task].derived.map(({ name }) => name)];
}

/** The names of the features. */
export function featuresOf({ numeric, categorical }: Columns): string[] {
  return [...numeric, ...categorical].map(({ name }) => name);
}

/**
 * Checks what the shape of the answer does not tell.
 *
 * @throws `InputError` that says which column is wrong and what was expected.
 */
export function checkFeatures(columns: Columns, task: Task): void {
  const { numeric, categorical, label, classes } = columns;
  if (numeric.length === 0 && TASK_FACTS[task].derived.length === 0) {
    throw new InputError('columns.numeric: expected a number at least');
  }
  const ownNames = reservedOf(task);
  const reserved = featuresOf(columns).find(name =>
    ownNames.includes(name.toLowerCase()),
  );
  if (reserved) {
    throw new InputError(
      `columns: '${reserved}' is what the repository calls a column of its own; rename it in the data`,
    );
  }
  const ranges = [...numeric, ...(label ? [{ name: 'label', ...label }] : [])];
  const upsideDown = ranges.find(({ low, high }) => low >= high);
  if (upsideDown) {
    throw new InputError(
      `columns: low of '${upsideDown.name}' has to be below high`,
    );
  }
  const lists = [...categorical.map(({ categories }) => categories), classes];
  const twice = lists
    .flatMap(list => list?.filter((each, at) => list.indexOf(each) !== at))
    .find(each => each !== undefined);
  if (twice !== undefined) {
    throw new InputError(`columns: the category '${twice}' is there twice`);
  }
  checkLabel(columns, task);
}

function checkLabel({ label, classes }: Columns, task: Task): void {
  const { kind } = TASK_FACTS[task];
  const isNumber = kind === 'numbers' || kind === 'order';
  if ((label !== undefined) !== isNumber) {
    throw new InputError(
      `columns.label: expected ${
        isNumber
          ? 'low and high of the label'
          : `nothing, as the label of a ${task} model is no number`
      }`,
    );
  }
  if (kind === 'order' && label && !isGrades(label)) {
    throw new InputError(
      `columns.label: expected grades of relevance: low 0, and high a whole number up to ${HIGHEST_GRADE}`,
    );
  }
  const wanted = {
    probability: classes === undefined || classes.length === 2,
    classes: classes !== undefined,
    numbers: classes === undefined,
    order: classes === undefined,
  }[kind];
  if (!wanted) {
    throw new InputError(
      `columns.classes: expected ${
        {
          probability: 'two: the word for no, and the one for yes',
          classes: 'the classes that the label has',
          numbers: 'nothing, as the label is a number',
          order: 'nothing, as the label is a grade',
        }[kind]
      }`,
    );
  }
}

function isGrades({ low, high }: { low: number; high: number }): boolean {
  return low === 0 && Number.isInteger(high) && high <= HIGHEST_GRADE;
}
