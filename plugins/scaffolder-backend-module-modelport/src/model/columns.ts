import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { Task, TASK_FACTS } from './tasks';
import { oneLine } from './text';

const MOST_FEATURES = 200;
const MOST_CATEGORIES = 20;
const MOST_TEXT = 60;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;
/** What reports and the feature store call columns of their own; in lower case. */
export const RESERVED = ['score', 'base_value', 'margin', 'event_timestamp'];
/** Tasks whose rows are made of nothing but features; the others have series and queries, which a table does not tell. */
const SHAPED: readonly Task[] = [
  'binary',
  'multiclass',
  'regression',
  'matching',
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
    .min(1, 'expected a number at least')
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
  /** Of the label of a regression. */
  label: z.strictObject(range).optional(),
  /** Of a multiclass label; of a binary one that is neither 0/1 nor true/false, the word for no and the one for yes. */
  classes: z.array(category).min(2).max(MOST_CATEGORIES).optional(),
});

/** The columns of a sample, as they were answered. */
export type Columns = z.output<typeof columnsSchema>;

/** Whether the repository of a task can begin with the columns of a sample. */
export function isShapedByColumns(task: Task): boolean {
  return SHAPED.includes(task);
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
  if (!isShapedByColumns(task)) {
    throw new InputError(
      `columns: a ${task} repository begins with the columns of its own sample; leave them out, or choose one of ${SHAPED.join(
        ', ',
      )}`,
    );
  }
  const { numeric, categorical, label, classes } = columns;
  const reserved = featuresOf(columns).find(name =>
    RESERVED.includes(name.toLowerCase()),
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
  if ((label !== undefined) !== (kind === 'numbers')) {
    throw new InputError(
      `columns.label: expected ${
        kind === 'numbers'
          ? 'low and high of the label'
          : `nothing, as the label of a ${task} model is no number`
      }`,
    );
  }
  const wanted = {
    probability: classes === undefined || classes.length === 2,
    classes: classes !== undefined,
    numbers: classes === undefined,
    order: true,
  }[kind];
  if (!wanted) {
    throw new InputError(
      `columns.classes: expected ${
        {
          probability: 'two: the word for no, and the one for yes',
          classes: 'the classes that the label has',
          numbers: 'nothing, as the label is a number',
          order: 'nothing',
        }[kind]
      }`,
    );
  }
}
