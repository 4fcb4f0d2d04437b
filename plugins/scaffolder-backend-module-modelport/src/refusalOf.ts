import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { oneLine } from './model/text';

const MOST_TEXT = 500;
const ERRORS = new Map<number, new (message: string) => Error>([
  [401, AuthenticationError],
  [403, NotAllowedError],
  [404, NotFoundError],
  [409, ConflictError],
]);

/**
 * The error of a request that was refused, with the reason in the words of who refused: a task shows the message of an
 * error and nothing of its cause.
 *
 * @param what - what was asked for, as the beginning of a sentence
 */
export async function refusalOf(
  what: string,
  answer: Response,
): Promise<Error> {
  const { status } = answer;
  const why = oneLine(reasonIn(await answer.text().catch(() => '')));
  const message = `${what} was refused with ${status}${
    why === '' ? '' : `: ${why.slice(0, MOST_TEXT)}`
  }`;
  const Refusal =
    ERRORS.get(status) ?? (status < 500 ? InputError : ServiceUnavailableError);
  return new Refusal(message);
}

/** The messages of a JSON answer, wherever its service puts them; a plain text as it is, and nothing of a page. */
function reasonIn(text: string): string {
  const found: string[] = [];
  try {
    JSON.parse(text, (key, value: unknown) => {
      if (key === 'message' || key === 'error') {
        found.push(...[value].flat().filter(each => typeof each === 'string'));
      }
      return value;
    });
  } catch {
    return /^\s*</.test(text) ? '' : text;
  }
  return found.join('. ');
}
