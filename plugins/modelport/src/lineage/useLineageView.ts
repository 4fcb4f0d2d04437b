import {
  LineageDirection,
  LineageKind,
} from '@modelport/plugin-modelport-common';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Kinds from left to right. */
export const KINDS: LineageKind[] = [
  'dataset',
  'feature',
  'job',
  'code',
  'run',
  'version',
  'deployment',
  'consumer',
];

export const DIRECTIONS: LineageDirection[] = [
  'both',
  'upstream',
  'downstream',
];

export const MOST_STEPS = 20;
const DEFAULT_STEPS = 5;

/** Columns are many, and of use to few. */
const FOLDED_AT_FIRST: LineageKind[] = ['feature'];
/** Stands in the address where nothing is folded. */
const NONE = 'none';

/** What the address leaves out, since it is so without it. */
const DEFAULTS: Record<string, string> = {
  direction: 'both',
  depth: String(DEFAULT_STEPS),
};

/** What the lineage page shows, held in the address. */
export function useLineageView() {
  const [params, setParams] = useSearchParams();
  const depth = Number(params.get('depth') ?? DEFAULT_STEPS);
  const set = useCallback(
    (key: string, ...values: string[]) =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          next.delete(key);
          values
            .filter(value => value !== DEFAULTS[key])
            .forEach(value => next.append(key, value));
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  const fold = useCallback(
    (kinds: LineageKind[]) =>
      kinds.join() === FOLDED_AT_FIRST.join()
        ? set('fold')
        : set('fold', ...(kinds.length > 0 ? kinds : [NONE])),
    [set],
  );
  return {
    version: params.get('version') ?? undefined,
    baseline: params.get('baseline') ?? undefined,
    direction:
      DIRECTIONS.find(value => value === params.get('direction')) ?? 'both',
    depth:
      Number.isInteger(depth) && depth >= 1 && depth <= MOST_STEPS
        ? depth
        : DEFAULT_STEPS,
    search: params.get('q') ?? '',
    folded: params.has('fold')
      ? KINDS.filter(kind => params.getAll('fold').includes(kind))
      : FOLDED_AT_FIRST,
    node: params.get('node') ?? undefined,
    asTable: params.get('view') === 'table',
    set,
    fold,
  };
}
