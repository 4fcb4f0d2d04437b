import { Model } from '../schema/openapi';

const PRODUCTION = 'production';

/**
 * The version whose card is shown first: the one in production, else the latest; null where there is none.
 *
 * @public
 */
export function cardVersion(
  model: Pick<Model, 'environments' | 'latestVersion'>,
): { version: string; isInProduction: boolean } | null {
  const production = model.environments.find(
    ({ environment }) => environment === PRODUCTION,
  );
  if (production) {
    return { version: production.version, isInProduction: true };
  }
  return model.latestVersion === null
    ? null
    : { version: model.latestVersion, isInProduction: false };
}
