import { SignInPage } from '@backstage/core-components';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { oidcAuthApiRef } from './oidcAuthApi';

/** Signs in through the organisation's OpenID Connect server. */
export function OidcSignIn(props: SignInPageProps) {
  return (
    <SignInPage
      {...props}
      provider={{
        id: 'oidc',
        title: 'Your organisation',
        message: 'Sign in with the account of your organisation',
        apiRef: oidcAuthApiRef,
      }}
    />
  );
}
