/** How long what was read ahead waits for the page that it is for. */
const WAIT_MS = 10_000;
/** How long a page that has begun to be drawn may be drawn anew, as React does while a part of it is loaded. */
const REDRAW_MS = 500;

/** Readings that those who ask for the same at the same time share. */
export interface SharedReading {
  fetch: typeof fetch;
  /** Reads what a page is going to ask for; the answer waits for it. */
  fetchAhead: typeof fetch;
}

/**
 * Lets those who ask for the same at the same time share one answer: a page that is drawn anew before it could stand
 * asks twice. An answer that was read ahead goes to the page that asks for it, once it does. What is written ends the
 * sharing, so that nobody who asks after it is told of the time before.
 */
export function shareReading(fetcher: typeof fetch): SharedReading {
  const underWay = new Map<string, Promise<Response>>();
  const ahead = new Map<string, Promise<Response>>();

  const read = async (url: string, init?: RequestInit): Promise<Response> => {
    const early = ahead.get(url);
    if (early) {
      setTimeout(() => forget(ahead, url, early), REDRAW_MS);
    }
    const shared = early ?? underWay.get(url);
    if (shared) {
      return (await shared).clone();
    }
    const asked = fetcher(url, init);
    underWay.set(url, asked);
    try {
      return (await asked).clone();
    } finally {
      forget(underWay, url, asked);
    }
  };

  const readAhead = async (
    url: string,
    init?: RequestInit,
  ): Promise<Response> => {
    const asked = fetcher(url, init);
    ahead.set(url, asked);
    try {
      const response = await asked;
      setTimeout(() => forget(ahead, url, asked), response.ok ? WAIT_MS : 0);
      return response.clone();
    } catch (error) {
      forget(ahead, url, asked);
      throw error;
    }
  };

  const sharing =
    (plainly: (url: string, init?: RequestInit) => Promise<Response>) =>
    async (input: RequestInfo | URL, init?: RequestInit) => {
      if (typeof input === 'string' && isPlainReading(init)) {
        return plainly(input, init);
      }
      try {
        underWay.clear();
        ahead.clear();
        return await fetcher(input, init);
      } finally {
        underWay.clear();
        ahead.clear();
      }
    };

  return { fetch: sharing(read), fetchAhead: sharing(readAhead) };
}

function forget(
  readings: Map<string, Promise<Response>>,
  url: string,
  asked: Promise<Response>,
) {
  if (readings.get(url) === asked) {
    readings.delete(url);
  }
}

/** Whether nothing but the address tells one request from another. */
function isPlainReading(init?: RequestInit): boolean {
  return (init?.method ?? 'GET') === 'GET' && !init?.signal && !init?.body;
}
