import { isError } from '@backstage/errors';

/** What the codes of Node's network say, in words that name the server. */
const WORDS: Array<[RegExp, (origin: string, host: string) => string]> = [
  [/^ECONNREFUSED$/, origin => `Nothing answers at ${origin}`],
  [
    /^(ENOTFOUND|EAI_AGAIN)$/,
    (_, host) => `The name ${host} is not known to this network`,
  ],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    origin => `The connection to ${origin} broke off`,
  ],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/,
    origin => `${origin} cannot be reached`,
  ],
  [
    /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/,
    origin => `The certificate of ${origin} is not trusted`,
  ],
];

/**
 * Why a request had no answer: in plain words with the code behind them where that is a usual one, and else as Node says
 * it.
 *
 * @param options - `url` is the server's; of it only the origin is told.
 */
export function connectionProblem(
  error: unknown,
  options: { url: string; request: string },
): string {
  const { url, request } = options;
  if (!isError(error)) {
    return `${request} failed: no connection`;
  }
  const { cause } = error;
  const code = codeOf(cause) ?? codeOf(error);
  const words = code && WORDS.find(([pattern]) => pattern.test(code))?.[1];
  if (!words) {
    const told =
      isError(cause) && cause.message ? cause.message : error.message;
    return `${request} failed: ${told}`;
  }
  const { origin, hostname } = new URL(url);
  return `${words(origin, hostname)} (${code}); ${request} had no answer`;
}

/** A name that has several addresses fails with one error that holds one an address, and the code of the first. */
function codeOf(error: unknown): string | undefined {
  return isError(error) && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
