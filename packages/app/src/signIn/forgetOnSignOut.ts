import { IdentityApi } from '@backstage/frontend-plugin-api';

/** The same identity, which also calls `forget` when the person signs out. */
export function forgetOnSignOut(
  identity: IdentityApi,
  forget: () => void,
): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      forget();
      await identity.signOut();
    },
  };
}
