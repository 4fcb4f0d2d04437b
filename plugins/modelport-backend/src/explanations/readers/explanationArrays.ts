import {
  ExplanationBody,
  ExplanationRow,
  refuseTooManyValues,
} from '@modelport/plugin-modelport-common';
import { perClass, perOutput } from './explanationTable';

/** Numbers with their shape. */
export interface Numbers {
  shape: number[];
  data: ArrayLike<number>;
}

/**
 * Puts arrays as `shap` makes them together: values of shape (rows, features) or (rows, features, outputs), base values
 * one for all, one an output, one a row, or one a row and output.
 *
 * @throws `Error` where the shapes don't fit.
 */
export function explanationOfArrays(options: {
  values: Numbers;
  baseValues: Numbers | null;
  /** Cells of shape (rows, features), row by row. */
  data: {
    shape: number[];
    cell: (row: number, feature: number) => Cell;
  } | null;
  features: string[];
  rowIds: string[] | null;
  subjects?: string[] | null;
  classes: string[] | null;
  outputs: Numbers | null;
}): Pick<ExplanationBody, 'features' | 'classes' | 'rows'> {
  const { values, baseValues, features, rowIds, data, subjects } = options;
  const [rows, width, outputs = 1] = values.shape;
  if (values.shape.length < 2 || values.shape.length > 3) {
    throw new Error(
      `The values have the shape (${values.shape.join(
        ', ',
      )}); expected (rows, features) or (rows, features, outputs)`,
    );
  }
  if (!(width > 0 && outputs > 0)) {
    throw new Error('The values have no columns');
  }
  refuseTooManyValues(rows, outputs, width);
  if (features.length !== width) {
    throw new Error(
      `The values have ${width} columns, but there are ${features.length} names of features`,
    );
  }
  for (const [what, list] of Object.entries({ 'row ids': rowIds, subjects })) {
    if (list && list.length !== rows) {
      throw new Error(`There are ${rows} rows, but ${list.length} ${what}`);
    }
  }
  if (data && data.shape.join() !== `${rows},${width}`) {
    throw new Error(
      `The data have the shape (${data.shape.join(
        ', ',
      )}), which is not that of ${rows} rows and ${width} features`,
    );
  }
  const several = values.shape.length === 3 && outputs > 1;
  const classes = several
    ? options.classes ?? Array.from({ length: outputs }, (_, i) => String(i))
    : [];
  if (several && classes.length !== outputs) {
    throw new Error(
      `There are ${outputs} outputs, but ${classes.length} names of them`,
    );
  }
  const base = perRow('base values', baseValues, rows, outputs);
  const output = perRow('outputs', options.outputs, rows, outputs);
  return {
    features: features.map(name => ({ name })),
    classes,
    rows: Array.from(
      { length: rows },
      (_, row): ExplanationRow => ({
        id: rowIds?.[row] ?? String(row),
        subject: subjects?.[row] ?? null,
        values: data
          ? features.map((_name, feature) => data.cell(row, feature))
          : null,
        baseValue: base ? perClass(base(row)) : null,
        output: output ? perClass(output(row)) : null,
        contributions: perOutput(
          Array.from({ length: outputs }, (_output, of) =>
            features.map(
              (_name, feature) =>
                values.data[(row * width + feature) * outputs + of],
            ),
          ),
        ),
      }),
    ),
  };
}

type Cell = number | string | boolean | null;

function perRow(
  what: string,
  numbers: Numbers | null,
  rows: number,
  outputs: number,
): ((row: number) => number[]) | null {
  if (!numbers) {
    return null;
  }
  const { data, shape } = numbers;
  const sizes = shape.filter(size => size !== 1);
  const fits = (...expected: number[]) =>
    sizes.join() === expected.filter(size => size !== 1).join();
  const each = Array.from({ length: outputs }, (_, output) => output);
  if (fits()) {
    return () => each.map(() => data[0]);
  }
  if (fits(rows, outputs)) {
    return row => each.map(output => data[row * outputs + output]);
  }
  if (fits(outputs)) {
    return () => each.map(output => data[output]);
  }
  throw new Error(
    `The ${what} have the shape (${shape.join(
      ', ',
    )}), which fits neither ${rows} rows nor ${outputs} outputs`,
  );
}
