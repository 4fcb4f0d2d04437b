import {
  monitorDefinition,
  Signature,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';

/** A definition while it is edited: as it was written, without defaults. */
export type Draft = Record<string, unknown>;

/** What a monitor is compared by unless its definition says otherwise. */
export const DEFAULT_THRESHOLDS = monitorDefinition.shape.thresholds.parse({});

/** A threshold's statistic as figures of drift name it; those of data themselves have none. */
export const STATISTIC_OF = new Map<string, string>([
  ['psi', 'psi'],
  ['jensenShannonDistance', 'jensenShannonDistance'],
  ['hellinger', 'hellinger'],
  ['ks', 'ks'],
  ['wassersteinScaled', 'wasserstein / reference deviation'],
  ['correlationShift', 'correlationShift'],
]);

/** A column that can be picked. */
export interface DraftColumn {
  name: string;
  /** By the signature; null where that does not say. */
  type: 'numeric' | 'categorical' | null;
}

/** What is wrong with a draft, in the words that the API has for it; undefined where nothing is. */
export function problemOf(draft: unknown): string | undefined {
  const read = monitorDefinition.safeParse(draft);
  if (!read.success) {
    return z.prettifyError(read.error);
  }
  const zone = read.data.time?.zone;
  return zone === undefined || isZone(zone)
    ? undefined
    : `${zone} is no time zone; expected one such as Europe/Zurich`;
}

/** The value at a path. */
export function valueAt(draft: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (isDraft(value) ? value[name] : undefined),
    draft,
  );
}

/** The text at a path; empty where there is none. */
export function textAt(draft: unknown, path: readonly string[]): string {
  const value = valueAt(draft, path);
  return value === undefined || value === null ? '' : String(value);
}

/** The draft with a value at a path, or without it; what holds nothing any more is left out too. */
export function withValue(
  draft: Draft,
  [name, ...rest]: readonly string[],
  value: unknown,
): Draft {
  const inner = draft[name];
  const changed =
    rest.length === 0
      ? value
      : withValue(isDraft(inner) ? inner : {}, rest, value);
  const isNothing =
    changed === undefined ||
    (rest.length > 0 && isDraft(changed) && Object.keys(changed).length === 0);
  const { [name]: _before, ...others } = draft;
  return isNothing ? others : { ...draft, [name]: changed };
}

/** Columns of the signature, and those that the draft names besides. */
export function columnsOf(
  draft: Draft,
  signature: Signature | null,
): DraftColumn[] {
  const types = new Map<string, DraftColumn['type']>();
  for (const { name, type } of signature?.inputs ?? []) {
    if (name !== null) {
      types.set(name, typeOf(type));
    }
  }
  const named = valueAt(draft, ['columns']);
  for (const name of isDraft(named) ? Object.keys(named) : []) {
    types.set(name, types.get(name) ?? null);
  }
  return [...types].map(([name, type]) => ({ name, type }));
}

export function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(type: string): DraftColumn['type'] {
  if (['double', 'float', 'integer', 'long'].includes(type)) {
    return 'numeric';
  }
  return ['string', 'boolean'].includes(type) ? 'categorical' : null;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
