import { forgetOnSignOut } from './forgetOnSignOut';

it('forgets, signs out, and passes everything else on', async () => {
  const calls: string[] = [];
  const identity = forgetOnSignOut(
    {
      getProfileInfo: async () => ({ displayName: 'Ada' }),
      getBackstageIdentity: async () => ({
        type: 'user',
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: [],
      }),
      getCredentials: async () => ({ token: 'token' }),
      signOut: async () => {
        calls.push('signed out');
      },
    },
    () => calls.push('forgotten'),
  );

  expect(await identity.getProfileInfo()).toEqual({ displayName: 'Ada' });
  expect(await identity.getCredentials()).toEqual({ token: 'token' });
  expect((await identity.getBackstageIdentity()).userEntityRef).toBe(
    'user:default/ada',
  );
  await identity.signOut();
  expect(calls).toEqual(['forgotten', 'signed out']);
});
