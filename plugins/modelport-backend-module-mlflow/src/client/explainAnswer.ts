import { z } from 'zod';
import { MlflowAnswerError } from './errors';

const EXCERPT = 200;

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
  const detail = hideSecrets(error.data.message ?? '', secrets);
  return new MlflowAnswerError(
    `${where} answered ${response.status} ${
      error.data.error_code
    }: ${detail.slice(0, EXCERPT)}`,
    response.status,
    error.data.error_code,
    detail,
  );
}

/** The beginning of a body, for a person. */
export function excerpt(body: Buffer, secrets: string[]): string {
  const text = body
    .subarray(0, 4 * EXCERPT)
    .toString('utf8')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return hideSecrets(text, secrets).slice(0, EXCERPT) || 'an empty body';
}

export function hideSecrets(text: string, secrets: string[]): string {
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

function targetOf(response: Response): string {
  const location = response.headers.get('location') ?? '';
  const base = response.url || undefined;
  if (!location || !URL.canParse(location, base)) {
    return 'nowhere';
  }
  const { origin, pathname } = new URL(location, base);
  return `${origin}${pathname}`;
}
