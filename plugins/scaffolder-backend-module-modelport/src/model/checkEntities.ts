import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Answers } from './readAnswers';

/**
 * Makes sure that the catalog has what the answers name of it.
 *
 * @throws `InputError` that names every answer for which there is nothing
 */
export async function checkEntities(
  { owner, approvers, system, dataset }: Answers,
  catalog: CatalogService,
  credentials: BackstageCredentials,
): Promise<void> {
  const named = [
    { answer: 'owner', ref: owner, words: 'choose one that it has' },
    ...[
      ...approvers.map(ref => ({ answer: 'approvers', ref })),
      ...(system ? [{ answer: 'system', ref: systemRef(system) }] : []),
      ...(dataset ? [{ answer: 'dataset', ref: dataset }] : []),
    ].map(each => ({
      ...each,
      words: 'choose one that it has, or leave it out',
    })),
  ];
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: named.map(({ ref }) => ref), fields: ['kind'] },
    { credentials },
  );
  const missing = named.filter((_, index) => !items[index]);
  if (missing.length > 0) {
    throw new InputError(
      missing
        .map(
          ({ answer, ref, words }) =>
            `${answer}: the catalog has no ${ref}, or you may not see it; ${words}`,
        )
        .join('. '),
    );
  }
}

/** Systems of the usual namespace are answered by their names alone. */
function systemRef(system: string): string {
  return system.includes(':') ? system : `system:default/${system}`;
}
