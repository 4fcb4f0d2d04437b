import { EmptyState } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { DemoSignIn } from './DemoSignIn';
import { OidcSignIn } from './OidcSignIn';

/**
 * The organisation's OpenID Connect server where the provider `oidc` is configured, else the people of the demo where
 * `demo` is; else it says what is missing.
 */
export function SignInPage(props: SignInPageProps) {
  const configApi = useApi(configApiRef);
  if (configApi.has('auth.providers.oidc')) {
    return <OidcSignIn {...props} />;
  }
  return configApi.has('auth.providers.demo') ? (
    <DemoSignIn {...props} />
  ) : (
    <EmptyState
      missing="info"
      title="Nobody can sign in yet"
      description="This portal has no way to sign in. Add your organisation's auth provider to the app and the backend, as Backstage's documentation on authentication says."
    />
  );
}
