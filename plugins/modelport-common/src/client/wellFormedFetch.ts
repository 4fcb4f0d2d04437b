/** A character beyond the basic plane, as two escaped surrogates of three bytes each. */
const ESCAPED_SURROGATES =
  /%ED%(A[0-9A-F])%([89AB][0-9A-F])%ED%(B[0-9A-F])%([89AB][0-9A-F])/gi;

/**
 * The generated client's URI templates escape an emoji as two surrogates, which is not UTF-8 and which servers refuse.
 * This brings such characters into UTF-8 before the request goes out.
 */
export function wellFormedFetch(fetcher: typeof fetch): typeof fetch {
  return (input, init) =>
    fetcher(typeof input === 'string' ? wellFormed(input) : input, init);
}

function wellFormed(url: string): string {
  return url.replace(ESCAPED_SURROGATES, (_, ...bytes: string[]) => {
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
