import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogApi } from '@backstage/plugin-catalog-react';

/** Why something can't be the group that answers for a model, as a sentence; undefined where it can. */
export async function findOwnerProblem(
  value: string,
  catalog: Pick<CatalogApi, 'getEntityByRef'>,
): Promise<string | undefined> {
  const ref = groupRef(value);
  if (ref === undefined) {
    return 'Choose a group of the catalog.';
  }
  return (await catalog.getEntityByRef(ref))
    ? undefined
    : `The catalog has no ${ref}. Choose one of its groups.`;
}

/** The whole ref of a group; undefined where it is none. */
export function groupRef(value: string): string | undefined {
  try {
    const ref = parseEntityRef(value, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
    return ref.kind.toLowerCase() === 'group'
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}
