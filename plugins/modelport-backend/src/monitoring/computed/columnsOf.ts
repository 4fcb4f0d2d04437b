import { InputError } from '@backstage/errors';
import {
  MonitorDefinition,
  Signature,
} from '@modelport/plugin-modelport-common';

/** A column as it is profiled. */
export interface MonitoredColumn {
  name: string;
  type: 'numeric' | 'categorical';
  personal: boolean;
  edges: number[] | null;
}

const MOST_COLUMNS = 2_000;
const NUMERIC = new Set(['double', 'float', 'integer', 'long']);
const CATEGORICAL = new Set(['string', 'boolean']);

/**
 * The columns that are profiled: those of the version's signature, those that the monitor names, whose word counts, and
 * the prediction that labels are for.
 *
 * @param inReference - names of the columns that the reference has, in small letters: training data may have no
 * prediction. Undefined where they are not known; then a prediction is profiled where the monitor or the signature names it.
 *
 * @throws `InputError` where there is none, or the type of one is not known.
 */
export function columnsOf(
  definition: MonitorDefinition,
  signature: Signature | null,
  inReference: ReadonlySet<string> | undefined,
): MonitoredColumn[] {
  const known = new Map<string, 'numeric' | 'categorical'>();
  for (const { name, type } of signature?.inputs ?? []) {
    if (name !== null && NUMERIC.has(type)) {
      known.set(name, 'numeric');
    } else if (name !== null && CATEGORICAL.has(type)) {
      known.set(name, 'categorical');
    }
  }
  const { label } = definition;
  if (
    label &&
    !known.has(label.prediction) &&
    inReference?.has(label.prediction.toLowerCase())
  ) {
    known.set(
      label.prediction,
      label.task === 'class' ? 'categorical' : 'numeric',
    );
  }
  const names = new Set([...known.keys(), ...Object.keys(definition.columns)]);
  const skipped = new Set([definition.time?.column, definition.label?.column]);
  const columns = [...names].flatMap(name => {
    const said = definition.columns[name] ?? {};
    if (said.role === 'ignored' || (skipped.has(name) && !said.role)) {
      return [];
    }
    const type = said.type ?? (said.edges ? 'numeric' : known.get(name));
    if (type === undefined) {
      throw new InputError(
        `The column ${name} is not in the signature of the version; give its type in the monitor`,
      );
    }
    return [
      {
        name,
        type,
        personal: said.personal ?? false,
        edges: said.edges ?? null,
      },
    ];
  });
  if (columns.length === 0) {
    throw new InputError(
      'The version has no signature with columns of numbers, texts or booleans; name the columns with their types in the monitor',
    );
  }
  if (columns.length > MOST_COLUMNS) {
    throw new InputError(
      `There are ${columns.length} columns; at most ${MOST_COLUMNS} are monitored`,
    );
  }
  return columns;
}
