import { useApi } from '@backstage/frontend-plugin-api';
import { FacetValue, ModelPage } from '@modelport/plugin-modelport-common';
import { modelportApiRef } from '../api/modelportApi';
import { Loaded, useLoad } from '../api/useLoad';
import {
  ModelsView,
  QUICK_FILTER_NAMES,
  toFacetsQuery,
  toFilterQuery,
  toPageQuery,
} from './modelsView';

/** Name of the environment behind the count "in production". */
export const PRODUCTION = 'production';

/** Facets by the name of their filter. */
export type Facets = Record<string, FacetValue[]>;

/** The page of models that a view shows. */
export function useModels(view: ModelsView): Loaded<ModelPage> {
  const api = useApi(modelportApiRef);
  const query = toPageQuery(view);
  return useLoad(JSON.stringify(query), () => api.listModels(query), {
    keepPrevious: true,
  });
}

/** The facets of a view; asked for apart, so that rows need not wait for them and paging does not ask again. */
export function useFacets(view: ModelsView): Loaded<ModelPage> {
  const api = useApi(modelportApiRef);
  const query = toFacetsQuery(view);
  return useLoad(JSON.stringify(query), () => api.listModels(query), {
    keepPrevious: true,
  });
}

/** The numbers on the quick filters. */
export interface Counts {
  all: number;
  production: number;
  drifting: number;
  awaitingReview: number;
  withoutCard: number;
}

/**
 * The numbers on the quick filters: how many models match everything else that is chosen.
 * They come with the facets while no quick filter is on, and are asked for apart otherwise.
 */
export function useCounts(
  view: ModelsView,
  facets: Loaded<ModelPage>,
): Counts | undefined {
  const api = useApi(modelportApiRef);
  const isQuickFilterOn = QUICK_FILTER_NAMES.some(
    name => view.filters[name].length > 0,
  );
  const query = {
    ...toFilterQuery(view),
    stage: [],
    drift: [],
    review: [],
    card: [],
    limit: 1,
    facets: QUICK_FILTER_NAMES.join(','),
  };
  const apart = useLoad(
    isQuickFilterOn ? JSON.stringify(query) : undefined,
    () => api.listModels(query),
    { keepPrevious: true },
  );
  const page = isQuickFilterOn ? apart.value : facets.value;
  return (
    page && {
      all: page.totalItems,
      production: countOf(page, 'stage', PRODUCTION),
      drifting: countOf(page, 'drift', 'drifting'),
      awaitingReview: countOf(page, 'review', 'awaiting'),
      withoutCard: countOf(page, 'card', 'missing'),
    }
  );
}

function countOf(page: ModelPage, facet: string, value: string): number {
  return (
    page.facets?.[facet]?.find(candidate => candidate.value === value)?.count ??
    0
  );
}
