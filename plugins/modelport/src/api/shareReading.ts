/**
 * Lets those who ask for the same at the same time share one answer: a page that is drawn anew before it could stand, as
 * React does while a part of it is loaded, asks twice. What is written ends the sharing, so that nobody who asks after
 * it is told of the time before.
 */
export function shareReading(fetcher: typeof fetch): typeof fetch {
  const underWay = new Map<string, Promise<Response>>();

  const read = async (url: string, init?: RequestInit): Promise<Response> => {
    const shared = underWay.get(url);
    if (shared) {
      return (await shared).clone();
    }
    const asked = fetcher(url, init);
    underWay.set(url, asked);
    try {
      return (await asked).clone();
    } finally {
      if (underWay.get(url) === asked) {
        underWay.delete(url);
      }
    }
  };

  return async (input, init) => {
    if (typeof input === 'string' && isPlainReading(init)) {
      return read(input, init);
    }
    try {
      underWay.clear();
      return await fetcher(input, init);
    } finally {
      underWay.clear();
    }
  };
}

/** Whether nothing but the address tells one request from another. */
function isPlainReading(init?: RequestInit): boolean {
  return (init?.method ?? 'GET') === 'GET' && !init?.signal && !init?.body;
}
