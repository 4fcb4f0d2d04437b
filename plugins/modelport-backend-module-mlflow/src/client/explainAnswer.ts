import { z } from 'zod';
import { MlflowAnswerError } from './errors';
import { oneLine } from './oneLine';

/** As much of a text as is looked at for its beginning: secrets are hidden before it is cut to its length. */
const LOOKED_AT = 16 * 1024;

export interface Answer {
  response: Response;
  body: Buffer;
}

const jsonErrorSchema = z.object({
  error_code: z.coerce.string().min(1),
  message: z.string().optional(),
});

/** Turns an answer that is no success into an error that says what, where and in whose words, without secrets. */
export function explainAnswer(
  where: string,
  answer: Answer,
  secrets: string[],
): MlflowAnswerError {
  const { response, body } = answer;
  if (response.status >= 300 && response.status < 400) {
    return new MlflowAnswerError(
      `${where} answered ${response.status}, a redirect to ${targetOf(
        response,
        secrets,
      )}, which is not followed: put the address that answers into the source's url`,
      response.status,
    );
  }
  const error = jsonErrorSchema.safeParse(parseJson(body));
  if (!error.success) {
    return new MlflowAnswerError(
      `${where} answered ${response.status}: ${excerpt(body, secrets)}`,
      response.status,
    );
  }
  const code = inWords(error.data.error_code, secrets, 80);
  const detail = inWords(error.data.message ?? '', secrets);
  return new MlflowAnswerError(
    `${where} answered ${response.status} ${code}: ${detail}`,
    response.status,
    code,
    detail,
  );
}

/** The beginning of a body, for a person. */
export function excerpt(body: Buffer, secrets: string[]): string {
  const text = body.subarray(0, LOOKED_AT).toString('utf8');
  return inWords(text, secrets) || 'an empty body';
}

/**
 * A text of the server's as a part of a message: one line, not long, without secrets and without what addresses have of
 * credentials and queries.
 */
export function inWords(
  text: string,
  secrets: string[],
  longest?: number,
): string {
  const hidden = hide(text.slice(0, LOOKED_AT), secrets)
    .replace(/:\/\/[^\s/?#@]{0,2000}@/g, '://***@')
    .replace(/(:\/\/[^\s?"'<>]{0,2000}\?)[^\s"'<>]+/g, '$1***');
  return oneLine(hidden, longest);
}

function hide(text: string, secrets: string[]): string {
  return secrets.reduce(
    (hidden, secret) => hidden.replaceAll(secret, '***'),
    text,
  );
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Where a redirect leads, without user, password, query and fragment. */
function targetOf(response: Response, secrets: string[]): string {
  const location = response.headers.get('location') ?? '';
  const base = response.url || undefined;
  if (!location || !URL.canParse(location, base)) {
    return 'nowhere';
  }
  const { protocol, host, pathname } = new URL(location, base);
  // A secret in the path may be encoded, and would be shown so.
  const path = decode(hide(pathname, secrets));
  return inWords(`${protocol}//${host}${path}`, secrets);
}

function decode(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, encoded => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
