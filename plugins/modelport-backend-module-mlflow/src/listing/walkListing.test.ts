import { Listing, walkListing } from './walkListing';

const PAGE = 20;

/** A registry with MLflow's own offset tokens. */
function registry(names: string[], pageSize = PAGE): Listing<string> {
  return {
    where: 'GET /search',
    pageSize,
    keyOf: name => name,
    read: async token => {
      const { offset } = token
        ? JSON.parse(Buffer.from(token, 'base64').toString())
        : { offset: 0 };
      const end = offset + pageSize;
      return {
        items: names.slice(offset, end),
        nextPageToken:
          end < names.length
            ? Buffer.from(`{"offset": ${end}}`).toString('base64')
            : undefined,
      };
    },
  };
}

async function walk(
  listing: Listing<string>,
  afterPage: (page: number) => void = () => {},
): Promise<string[]> {
  const all: string[] = [];
  let pages = 0;
  let pageToken: string | undefined;
  do {
    const page = await walkListing(listing, pageToken);
    all.push(...page.items);
    pageToken = page.nextPageToken;
    pages += 1;
    afterPage(pages);
  } while (pageToken !== undefined);
  return all;
}

const hundred = () =>
  Array.from({ length: 100 }, (_, i) => `m${String(i).padStart(3, '0')}`);

describe('walkListing', () => {
  it('gives each item once while nothing changes', async () => {
    expect(await walk(registry(hundred()))).toEqual(hundred());
  });

  it.each([1, 2, 3, 10, 11])(
    'comes to the end of a list in pages of %s',
    async pageSize => {
      expect(await walk(registry(hundred(), pageSize))).toEqual(hundred());
    },
  );

  it.each([
    ['one before the place', [0, 1]],
    ['five before the place', [3, 5]],
    ['the last ones seen', [18, 2]],
    ['all that the overlap knows', [9, 11]],
    ['more than a page', [0, 20]],
  ])('skips nothing where it was deleted meanwhile: %s', async (_, [at, n]) => {
    const names = hundred();
    const seen = await walk(registry(names), page => {
      if (page === 1) {
        names.splice(at, n);
      }
    });
    expect(new Set(names.filter(name => !seen.includes(name)))).toEqual(
      new Set(),
    );
  });

  it('repeats nothing where few were added meanwhile', async () => {
    const names = hundred();
    const seen = await walk(registry(names), page => {
      if (page === 2) {
        names.unshift('a', 'b', 'c');
      }
    });
    expect(seen).toEqual(hundred());
  });

  it('ends where all is deleted meanwhile', async () => {
    const names = hundred();
    const seen = await walk(registry(names), page => {
      if (page === 1) {
        names.length = 0;
      }
    });
    expect(seen).toHaveLength(PAGE);
  });

  it('gives up where the place is lost again and again', async () => {
    let names = hundred();
    const listing = registry(names);
    await expect(
      walk({ ...listing, read: token => registry(names).read(token) }, page => {
        names = hundred().map(name => `${name}-${page}`);
      }),
    ).rejects.toThrow('changes faster than it can be read');
  });

  it.each([
    ['an empty page with a token', { items: [], nextPageToken: 'x' }],
    [
      'a token that stands still, as for max_results=0',
      {
        items: ['a'],
        nextPageToken: Buffer.from('{"offset": 0}').toString('base64'),
      },
    ],
    ['the same token again', { items: ['a'], nextPageToken: 'opaque' }],
  ])('fails on %s', async (_, answer) => {
    const listing = { ...registry([]), read: async () => answer };
    await expect(walk(listing)).rejects.toThrow('leads in a circle');
  });

  it('fails where ever new tokens bring the same again', async () => {
    let pages = 0;
    const listing = {
      ...registry([]),
      read: async () => {
        pages += 1;
        return { items: ['a', 'b'], nextPageToken: `opaque ${pages}` };
      },
    };
    await expect(walk(listing)).rejects.toThrow('leads in a circle');
    expect(pages).toBe(2);
  });

  it('fails where ever new tokens bring something new for ever', async () => {
    let pages = 0;
    const listing = {
      ...registry([]),
      read: async () => {
        pages += 1;
        return { items: [`m${pages}`], nextPageToken: `opaque ${pages}` };
      },
    };
    await expect(walk(listing)).rejects.toThrow('no end after 5000 pages');
  });

  it('does not look for its place by items that it can not tell apart', async () => {
    const names = hundred();
    const listing = { ...registry(names), keyOf: () => undefined };
    expect(await walk(listing)).toEqual(names);
  });

  it('follows tokens of another kind', async () => {
    const listing: Listing<string> = {
      ...registry([]),
      read: async token =>
        token === undefined
          ? { items: ['a'], nextPageToken: 'opaque' }
          : { items: ['b'], nextPageToken: undefined },
    };
    expect(await walk(listing)).toEqual(['a', 'b']);
  });

  it('refuses a token of another source', async () => {
    await expect(walkListing(registry([]), '%%%')).rejects.toThrow(
      'The page token is none of this source',
    );
  });
});
