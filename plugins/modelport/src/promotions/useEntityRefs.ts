import { useApi } from '@backstage/frontend-plugin-api';
import { AuditEntry } from '@modelport/plugin-modelport-common';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';

/** The catalog's entity of the model that an entry is about; undefined where there is none, or not yet. */
export type EntityRefOf = (entry: AuditEntry) => string | undefined;

/** Finds the entities of models that entries are about; those of models that are gone have none. */
export function useEntityRefs(entries: AuditEntry[]): EntityRefOf {
  const api = useApi(modelportApiRef);
  const models = new Map(
    entries.flatMap(({ source, name }) =>
      source && name ? [[keyOf(source, name), { source, name }] as const] : [],
    ),
  );
  const { value } = useLoad(
    models.size === 0 ? undefined : [...models.keys()].sort().join(' '),
    async () => {
      const found = await Promise.allSettled(
        [...models].map(async ([key, id]) => {
          const { entityRef } = await api.getModel(id);
          return [key, entityRef] as const;
        }),
      );
      return new Map(
        found.flatMap(one => (one.status === 'fulfilled' ? [one.value] : [])),
      );
    },
    { keepPrevious: true },
  );
  return ({ source, name }) =>
    source && name ? value?.get(keyOf(source, name)) : undefined;
}

function keyOf(source: string, name: string): string {
  return JSON.stringify([source, name]);
}
