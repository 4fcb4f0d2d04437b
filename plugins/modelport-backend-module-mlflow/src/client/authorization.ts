import { MlflowAuth } from '../config';

/** The header that authenticates, if any. */
export function authorization(auth: MlflowAuth): Record<string, string> {
  switch (auth.type) {
    case 'basic':
      return { authorization: `Basic ${basic(auth)}` };
    case 'bearer':
      return { authorization: `Bearer ${auth.token}` };
    default:
      return {};
  }
}

/** What must not be shown, also where a server echoes it. */
export function secretsOf(auth: MlflowAuth): string[] {
  switch (auth.type) {
    case 'basic':
      return [basic(auth), auth.password].filter(Boolean);
    case 'bearer':
      return [auth.token];
    default:
      return [];
  }
}

function basic(auth: { username: string; password: string }): string {
  const pair = Buffer.from(`${auth.username}:${auth.password}`, 'utf8');
  return pair.toString('base64');
}
