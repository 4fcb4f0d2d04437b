import { ModelportApi } from '../api/modelportApi';

/** Asks for what the page at an address is going to ask for first. */
export type AskAhead = (
  api: Pick<ModelportApi, 'listModels' | 'listVersions'>,
  address: { pathname: string; search: string },
) => Promise<void>;

/** The code of a page that knows what it is going to ask for. */
export interface PageCode {
  askAhead: AskAhead;
}

let opened: Promise<PageCode> | undefined;

/**
 * Loads a page's code; begins at once where the browser was opened at the page, so that the code is there when the
 * person is signed in, instead of being asked for then.
 *
 * @param address - How the address of the page ends.
 */
export function loadAhead<T extends PageCode>(
  address: RegExp,
  load: () => Promise<T>,
): () => Promise<T> {
  if (address.test(window.location.pathname)) {
    opened = load();
    // Whether it failed is seen by the page, which loads again.
    opened.catch(() => undefined);
  }
  return load;
}

/** The code of the page that the browser was opened at, where that is loaded ahead. */
export function openedPage(): Promise<PageCode> | undefined {
  return opened;
}
