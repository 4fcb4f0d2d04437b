import { DEFAULT_NAMESPACE } from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';

/** How models stand in the catalog. */
export interface CatalogConfig {
  frequency: HumanDuration;
  entityType: string;
  namespace: string;
}

/**
 * Reads `modelport.catalog`.
 *
 * @throws `InputError` with the path of a wrong value and what was expected there.
 */
export function readCatalogConfig(config: Config): CatalogConfig {
  const namespace =
    config.getOptionalString('modelport.catalog.namespace') ??
    DEFAULT_NAMESPACE;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(namespace) || namespace.length > 63) {
    throw new InputError(
      `Invalid config at modelport.catalog.namespace: expected at most 63 lower-case letters, digits and single dashes, got '${namespace}'`,
    );
  }
  return {
    frequency: config.has('modelport.catalog.frequency')
      ? readDurationFromConfig(config, { key: 'modelport.catalog.frequency' })
      : { seconds: 10 },
    entityType:
      config.getOptionalString('modelport.catalog.entityType') ?? 'ml-model',
    namespace,
  };
}
