/**
 * Loads a page's code; begins at once where the browser was opened at the page, so that the code is there when the
 * person is signed in, instead of being asked for then.
 *
 * @param address - How the address of the page ends.
 */
export function loadAhead<T>(
  address: RegExp,
  load: () => Promise<T>,
): () => Promise<T> {
  if (address.test(window.location.pathname)) {
    // Whether it failed is seen by the page, which loads again.
    load().catch(() => undefined);
  }
  return load;
}
