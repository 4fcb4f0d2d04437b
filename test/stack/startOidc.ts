import { createServer } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';
import { freePort } from './freePort.ts';

/** A real OpenID Connect server, with anybody whose name is typed in as its users. */
export interface Oidc {
  metadataUrl: string;
  client: { id: string; secret: string };
  /** Lets the client come back to an address. */
  allow(redirectUri: string): void;
  stop(): Promise<void>;
}

/** Starts the server; `<login>@example.org` is the address of who signs in. */
export async function startOidc(): Promise<Oidc> {
  const port = await freePort();
  // not `localhost`, so that its cookies are not the portal's
  const issuer = `http://127.0.0.1:${port}`;
  const client = {
    id: 'modelport',
    secret: 'a-secret-of-the-end-to-end-tests',
  };
  const redirectUris: string[] = [];
  const configuration: Configuration = {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: redirectUris,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    cookies: { keys: ['a key of the end-to-end tests'] },
    issueRefreshToken: async () => true,
    findAccount: async (_context, login) => ({
      accountId: login,
      claims: async () => ({
        sub: login,
        email: `${login}@example.org`,
        // Backstage takes no other address for somebody's
        email_verified: true,
        name: login,
      }),
    }),
  };
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    // Made at the first request: only then are the addresses known.
    provider ??= new Provider(issuer, configuration);
    void provider.callback()(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    metadataUrl: `${issuer}/.well-known/openid-configuration`,
    client,
    allow: redirectUri => {
      redirectUris.push(redirectUri);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
