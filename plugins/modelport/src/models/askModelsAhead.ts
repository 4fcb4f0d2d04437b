import { AskAhead } from '../ahead/loadAhead';
import { readModelsView, toFacetsQuery, toPageQuery } from './modelsView';

/** Asks for the rows and the facets that the list at an address shows first. */
export const askModelsAhead: AskAhead = async (api, { search }) => {
  const view = readModelsView(new URLSearchParams(search));
  await Promise.all([
    api.listModels(toPageQuery(view)),
    api.listModels(toFacetsQuery(view)),
  ]);
};
