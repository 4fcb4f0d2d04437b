import { InputError } from '@backstage/errors';
import { ModelSourceProvider } from '@modelport/plugin-modelport-node';
import { EnvironmentConfig } from '../config';
import { matchesPattern } from '../matchesPattern';
import { SourceProviders } from './SourceProviders';

/**
 * Checks that versions can be copied where environments say.
 *
 * @throws `InputError` with the path of what can't be.
 */
export function checkCopies(
  environments: EnvironmentConfig[],
  providers: SourceProviders,
): void {
  for (const [index, { copy }] of environments.entries()) {
    if (copy) {
      const path = `modelport.environments.${index}.copy`;
      if (copy.source !== undefined) {
        checkTarget(copy.source, providers, `${path}.source`);
      }
      const unable = providers
        .list()
        .find(
          provider =>
            copy.source === undefined &&
            !provider.takesCopies &&
            isNamed(provider, copy.from ?? ['*']),
        );
      if (unable) {
        throw new InputError(
          `Invalid config at ${path}: the source "${unable.id}", of the kind ${unable.kind}, takes no copies of versions; expected a source that does, or a from that leaves it out`,
        );
      }
    }
  }
}

function checkTarget(
  id: string,
  providers: SourceProviders,
  path: string,
): void {
  const provider =
    providers.get(id) ?? providers.get(id.slice(0, id.indexOf('.')));
  if (!provider?.takesCopies) {
    const able = providers.list().filter(({ takesCopies }) => takesCopies);
    throw new InputError(
      `Invalid config at ${path}: ${
        provider
          ? `the source "${id}", of the kind ${provider.kind}, takes no copies of versions`
          : `there is no source "${id}"`
      }; expected ${
        able.map(other => other.id).join(' or ') || 'a source that does'
      }`,
    );
  }
}

/** Whether some of a provider's sources are named, each of which may be a workspace of it. */
function isNamed({ id }: ModelSourceProvider, patterns: string[]): boolean {
  return patterns.some(
    pattern => matchesPattern(pattern, id) || pattern.startsWith(`${id}.`),
  );
}
