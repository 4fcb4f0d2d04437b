import { stringifyEntityRef } from '@backstage/catalog-model';
import { AskAhead } from '../ahead/loadAhead';
import { versionsQuery } from './versionsQuery';

/** How the address of a model's versions ends in the catalog. */
const ADDRESS = /\/([^/]+)\/([^/]+)\/([^/]+)\/versions\/?$/;

/** Asks for the versions of the model whose entity the address names, without waiting for the entity itself. */
export const askVersionsAhead: AskAhead = async (api, address) => {
  const [, namespace, kind, name] =
    ADDRESS.exec(address.pathname)?.map(decodeURIComponent) ?? [];
  if (!name) {
    return;
  }
  const { items } = await api.listModels({
    entityRef: [stringifyEntityRef({ kind, namespace, name })],
    limit: 1,
  });
  if (items.length > 0) {
    const [model] = items;
    const cursor = new URLSearchParams(address.search).get('cursor');
    await api.listVersions(
      { source: model.source, name: model.name },
      versionsQuery(cursor ?? undefined),
    );
  }
};
