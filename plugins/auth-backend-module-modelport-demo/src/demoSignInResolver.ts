import { stringifyEntityRef } from '@backstage/catalog-model';
import { SignInResolver } from '@backstage/plugin-auth-node';
import { DemoResult } from './authenticator';

/**
 * Signs a person of the demo in as the catalog knows them. Just after the first start the catalog has not read the
 * organisation yet, or cannot answer; the demo's own groups hold until it does.
 */
export const demoSignInResolver: SignInResolver<DemoResult> = async (
  { result: { name, person } },
  context,
) => {
  const userEntityRef = stringifyEntityRef({
    kind: 'User',
    namespace: 'default',
    name,
  });
  const found = await context
    .findCatalogUser({ entityRef: userEntityRef })
    .catch(() => undefined);
  // An entity that isn't stitched yet has no relations; it would sign the person in without their groups.
  const memberships = found?.entity.relations?.some(
    relation => relation.type === 'memberOf',
  );
  const ent =
    found && memberships
      ? (await context.resolveOwnershipEntityRefs(found.entity))
          .ownershipEntityRefs
      : [userEntityRef, ...person.groups];
  return context.issueToken({ claims: { sub: userEntityRef, ent } });
};
