import {
  CardState,
  DriftState,
  ReviewState,
  RiskTier,
} from '@modelport/plugin-modelport-common';
import { ModelsQuery } from '../api/modelportApi';

/** Filters of the list that have facets, in the order in which they are offered. */
export const FILTERS = [
  'owner',
  'task',
  'riskTier',
  'stage',
  'drift',
  'framework',
  'source',
  'card',
  'review',
  'tag',
] as const;

/** A filter of the list. */
export type FilterName = (typeof FILTERS)[number];

/** Orders that the API offers. */
export const SORT_FIELDS = [
  'name',
  'owner',
  'task',
  'riskTier',
  'mainMetric',
  'drift',
  'cardCompleteness',
  'versionCount',
  'createdAt',
  'updatedAt',
] as const;

/** A field that the list can be ordered by. */
export type SortField = (typeof SORT_FIELDS)[number];

/** What the list shows, as the address holds it. */
export interface ModelsView {
  q: string;
  filters: Record<FilterName, string[]>;
  sort: { field: SortField; descending: boolean };
  pageSize: number;
  cursor?: string;
}

export const PAGE_SIZES = [25, 50, 100] as const;
const DEFAULT_PAGE_SIZE = 25;

const RISK_TIERS: readonly RiskTier[] = ['low', 'medium', 'high'];
const DRIFT_STATES: readonly DriftState[] = [
  'none',
  'warning',
  'drifting',
  'unknown',
];
const CARD_STATES: readonly CardState[] = ['present', 'missing'];
const REVIEW_STATES: readonly ReviewState[] = ['awaiting', 'none'];

/** Reads the view from the address; what the API does not know is left out. */
export function readModelsView(params: URLSearchParams): ModelsView {
  const sort = params.get('sort') ?? 'name';
  const descending = sort.startsWith('-');
  const field = SORT_FIELDS.find(
    candidate => candidate === (descending ? sort.slice(1) : sort),
  );
  const pageSize = PAGE_SIZES.find(
    size => String(size) === params.get('limit'),
  );
  return {
    q: params.get('q') ?? '',
    filters: {
      owner: params.getAll('owner'),
      task: params.getAll('task'),
      riskTier: keepKnown(params.getAll('riskTier'), RISK_TIERS),
      stage: params.getAll('stage'),
      drift: keepKnown(params.getAll('drift'), DRIFT_STATES),
      framework: params.getAll('framework'),
      source: params.getAll('source'),
      card: keepKnown(params.getAll('card'), CARD_STATES),
      review: keepKnown(params.getAll('review'), REVIEW_STATES),
      tag: params.getAll('tag'),
    },
    sort: field ? { field, descending } : { field: 'name', descending: false },
    pageSize: pageSize ?? DEFAULT_PAGE_SIZE,
    cursor: params.get('cursor') ?? undefined,
  };
}

/** Writes the view for the address; what is as at first is left out. */
export function writeModelsView(view: ModelsView): URLSearchParams {
  const params = new URLSearchParams();
  if (view.q) {
    params.set('q', view.q);
  }
  for (const name of FILTERS) {
    view.filters[name].forEach(value => params.append(name, value));
  }
  const sort = writeSort(view);
  if (sort !== 'name') {
    params.set('sort', sort);
  }
  if (view.pageSize !== DEFAULT_PAGE_SIZE) {
    params.set('limit', String(view.pageSize));
  }
  if (view.cursor) {
    params.set('cursor', view.cursor);
  }
  return params;
}

/** The filters and the search of a view, as the API takes them. */
export function toFilterQuery(view: ModelsView): ModelsQuery {
  const { filters } = view;
  return {
    q: view.q || undefined,
    owner: filters.owner,
    task: filters.task,
    riskTier: keepKnown(filters.riskTier, RISK_TIERS),
    stage: filters.stage,
    drift: keepKnown(filters.drift, DRIFT_STATES),
    framework: filters.framework,
    source: filters.source,
    card: keepKnown(filters.card, CARD_STATES),
    review: keepKnown(filters.review, REVIEW_STATES),
    tag: filters.tag,
  };
}

/** A view's page, as the API takes it. */
export function toPageQuery(view: ModelsView): ModelsQuery {
  return {
    ...toFilterQuery(view),
    sort: writeSort(view),
    limit: view.pageSize,
    cursor: view.cursor,
  };
}

/** A view's facets, without its rows. */
export function toFacetsQuery(view: ModelsView): ModelsQuery {
  return { ...toFilterQuery(view), limit: 1, facets: FILTERS.join(',') };
}

/** The filters behind the numbers above the list, of which one at a time is on. */
export const QUICK_FILTER_NAMES = ['stage', 'drift', 'review', 'card'] as const;

/** Whether anything but the numbers above the list narrows it. */
export function isNarrowedBeside(view: ModelsView): boolean {
  const quick: readonly FilterName[] = QUICK_FILTER_NAMES;
  return (
    view.q !== '' ||
    FILTERS.some(name => !quick.includes(name) && view.filters[name].length > 0)
  );
}

/** Whether anything narrows the list. */
export function isNarrowed(view: ModelsView): boolean {
  return view.q !== '' || FILTERS.some(name => view.filters[name].length > 0);
}

function writeSort(view: ModelsView): NonNullable<ModelsQuery['sort']> {
  const { field, descending } = view.sort;
  return descending ? `-${field}` : field;
}

function keepKnown<T extends string>(
  values: string[],
  known: readonly T[],
): T[] {
  return known.filter(candidate => values.includes(candidate));
}
