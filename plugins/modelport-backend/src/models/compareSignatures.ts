import {
  Signature,
  SignatureChange,
  SignatureColumn,
} from '@modelport/plugin-modelport-common';

type Change = Omit<SignatureChange, 'version'>;

/**
 * What changed from one signature to another, and whether a caller of the old version breaks: by an input or output
 * that is gone, an input that is now required, a type that does not take what the old one took, or an order of unnamed
 * columns.
 */
export function compareSignatures(from: Signature, to: Signature): Change[] {
  return (['inputs', 'outputs', 'params'] as const).flatMap(part =>
    comparePart(part, from[part], to[part]),
  );
}

function comparePart(
  part: Change['part'],
  from: SignatureColumn[],
  to: SignatureColumn[],
): Change[] {
  const before = byName(from);
  const after = byName(to);
  const changes: Change[] = [];
  for (const [column, old] of before) {
    const now = after.get(column);
    if (!now) {
      changes.push({
        part,
        column,
        change: 'removed',
        from: typeOf(old),
        to: null,
        breaking: part !== 'inputs',
        reason:
          part === 'inputs'
            ? 'Callers that still send it are not refused'
            : 'Callers that use it no longer can',
      });
    } else if (typeOf(old) !== typeOf(now)) {
      const wider = part === 'inputs' && isWider(old, now);
      changes.push({
        part,
        column,
        change: 'retyped',
        from: typeOf(old),
        to: typeOf(now),
        breaking: !wider,
        reason: wider
          ? 'The new type takes every value of the old one'
          : 'The new type is another',
      });
    }
  }
  for (const [column, now] of after) {
    if (!before.has(column)) {
      const breaking = part === 'inputs' && now.required !== false;
      changes.push({
        part,
        column,
        change: 'added',
        from: null,
        to: typeOf(now),
        breaking,
        reason: breaking
          ? 'Callers do not send it yet'
          : 'Callers need not know it',
      });
    }
  }
  const order = (columns: Map<string, unknown>, others: Map<string, unknown>) =>
    [...columns.keys()].filter(column => others.has(column)).join('\n');
  if (order(before, after) !== order(after, before)) {
    changes.push({
      part,
      column: '*',
      change: 'reordered',
      from: [...before.keys()].join(', '),
      to: [...after.keys()].join(', '),
      breaking: false,
      reason: 'Only callers that send values without names depend on it',
    });
  }
  return changes;
}

function byName(columns: SignatureColumn[]): Map<string, SignatureColumn> {
  return new Map(
    columns.map((column, index) => [column.name ?? `#${index + 1}`, column]),
  );
}

function typeOf(column: SignatureColumn): string {
  const shape = column.shape ? ` [${column.shape.join(', ')}]` : '';
  const optional = column.required === false ? ' (optional)' : '';
  return `${column.type}${shape}${optional}`;
}

/** Numeric types of MLflow's signatures from the narrowest to the widest, as its schema enforcement converts them. */
const NUMERIC = ['integer', 'long', 'double'];

function isWider(old: SignatureColumn, now: SignatureColumn): boolean {
  const sameShape =
    JSON.stringify(old.shape ?? null) === JSON.stringify(now.shape ?? null);
  const stillOptional = old.required !== false || now.required === false;
  const sameType = old.type === now.type;
  const widened =
    (NUMERIC.includes(old.type) &&
      NUMERIC.indexOf(now.type) > NUMERIC.indexOf(old.type) &&
      // A long above 2^53 loses digits as a double; MLflow refuses it.
      !(old.type === 'long' && now.type === 'double')) ||
    (old.type === 'float' && now.type === 'double');
  return sameShape && stillOptional && (sameType || widened);
}
