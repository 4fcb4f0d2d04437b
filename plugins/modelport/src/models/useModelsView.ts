import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';
import {
  FilterName,
  ModelsView,
  readModelsView,
  SortField,
  writeModelsView,
} from './modelsView';

/** The view of the list, held in the address, and what changes it. Whatever changes it leads back to the first page. */
export interface ModelsViewControl {
  view: ModelsView;
  search(q: string): void;
  setFilter(name: FilterName, values: string[]): void;
  setFilters(filters: Partial<ModelsView['filters']>): void;
  sortBy(field: SortField): void;
  setPageSize(size: number): void;
  reset(): void;
  toNext(cursor: string): void;
  toFirst(): void;
  /** Undefined on the first page, and where the page was opened by a copied address. */
  toPrevious?: () => void;
  /** How many pages lie before this one, as far as is known. */
  pagesBefore?: number;
}

/** Cursors of the pages before; the first page has none, so it is written as an empty text. */
function readTrail(state: unknown): string[] | undefined {
  if (typeof state !== 'object' || state === null || !('trail' in state)) {
    return undefined;
  }
  const { trail } = state;
  return Array.isArray(trail) && trail.every(item => typeof item === 'string')
    ? trail
    : undefined;
}

export function useModelsView(): ModelsViewControl {
  const [params, setParams] = useSearchParams();
  const location = useLocation();
  const view = useMemo(() => readModelsView(params), [params]);
  const trail = useMemo(() => readTrail(location.state), [location.state]);

  const change = useCallback(
    (part: Partial<ModelsView>, options?: { replace?: boolean }) =>
      setParams(
        before =>
          writeModelsView({
            ...readModelsView(before),
            cursor: undefined,
            ...part,
          }),
        options,
      ),
    [setParams],
  );
  const toCursor = (cursor: string | undefined, newTrail: string[]) =>
    setParams(writeModelsView({ ...view, cursor }), {
      state: { trail: newTrail },
    });

  return {
    view,
    search: useCallback(q => change({ q }, { replace: true }), [change]),
    setFilter: (name, values) =>
      change({ filters: { ...view.filters, [name]: values } }),
    setFilters: filters => change({ filters: { ...view.filters, ...filters } }),
    sortBy: field =>
      change({
        sort: {
          field,
          descending: view.sort.field === field && !view.sort.descending,
        },
      }),
    setPageSize: pageSize => change({ pageSize }),
    reset: () => setParams(new URLSearchParams()),
    toNext: cursor => toCursor(cursor, [...(trail ?? []), view.cursor ?? '']),
    toFirst: () => change({}),
    toPrevious:
      view.cursor && trail?.length
        ? () =>
            toCursor(trail[trail.length - 1] || undefined, trail.slice(0, -1))
        : undefined,
    pagesBefore: view.cursor ? trail?.length : 0,
  };
}
