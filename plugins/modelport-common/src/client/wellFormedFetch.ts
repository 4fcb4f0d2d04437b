/** A character beyond the basic plane, as two escaped surrogates of three bytes each. */
const ESCAPED_SURROGATES =
  /%ED%(A[0-9A-F])%([89AB][0-9A-F])%ED%(B[0-9A-F])%([89AB][0-9A-F])/gi;

/**
 * Characters of several escaped bytes, as they are, and else an escape of one digit, as of a tab; where the second could
 * be one of either, only what no character begins with is one.
 */
const ESCAPED =
  /%[CDcd][\dA-Fa-f]%[89ABab][\dA-Fa-f]|%[Ee][\dA-Fa-f](?:%[89ABab][\dA-Fa-f]){2}|%[Ff][0-7](?:%[89ABab][\dA-Fa-f]){3}|%([0-7])(?![\dA-Fa-f])|%([89A-F])/g;

/**
 * The generated client's URI templates escape an emoji as two surrogates, which is not UTF-8, and a tab or the end of a
 * line by one digit; servers refuse both. This brings such characters into UTF-8 before the request goes out.
 */
export function wellFormedFetch(fetcher: typeof fetch): typeof fetch {
  return (input, init) =>
    fetcher(typeof input === 'string' ? wellFormed(input) : input, init);
}

function wellFormed(url: string): string {
  return url
    .replace(ESCAPED, (escaped, ...digits: Array<string | undefined>) => {
      const digit = digits[0] ?? digits[1];
      return digit === undefined ? escaped : `%0${digit}`;
    })
    .replace(ESCAPED_SURROGATES, (_, ...bytes: string[]) => {
      const [a, b, c, d] = bytes.slice(0, 4).map(byte => parseInt(byte, 16));
      return encodeURIComponent(
        String.fromCharCode(surrogate(a, b), surrogate(c, d)),
      );
    });
}

/** The UTF-16 unit behind the second and third byte of an escaped surrogate. */
function surrogate(second: number, third: number): number {
  return 0xd000 + (second % 64) * 64 + (third % 64);
}
