import { MlflowAuth } from '../config';

const IN_HTML: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

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

/** What must not be shown, also where a server echoes it, in whatever way it escapes it; the longest first. */
export function secretsOf(auth: MlflowAuth): string[] {
  return [...new Set(plainSecrets(auth).flatMap(escapedForms))].sort(
    (a, b) => b.length - a.length,
  );
}

function plainSecrets(auth: MlflowAuth): string[] {
  switch (auth.type) {
    case 'basic':
      return [basic(auth), auth.password].filter(Boolean);
    case 'bearer':
      return [auth.token];
    default:
      return [];
  }
}

/** A text as it is, and as addresses, forms, JSON and HTML have it. */
function escapedForms(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    secret.replace(/[&<>"']/g, character => IN_HTML[character]),
  ];
}

function basic(auth: { username: string; password: string }): string {
  const pair = Buffer.from(`${auth.username}:${auth.password}`, 'utf8');
  return pair.toString('base64');
}
