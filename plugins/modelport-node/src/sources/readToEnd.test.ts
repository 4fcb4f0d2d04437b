import { PageOptions, SourcePage } from './ModelSource';
import { readToEnd } from './readToEnd';

const signal = new AbortController().signal;

async function walk(
  list: (options: PageOptions) => Promise<SourcePage<string>>,
): Promise<string[]> {
  const all: string[] = [];
  for await (const page of readToEnd(list, { signal })) {
    all.push(...page.items);
  }
  return all;
}

describe('readToEnd', () => {
  it('reads page after page', async () => {
    const all = await walk(async ({ pageToken }) =>
      pageToken === undefined
        ? { items: ['a', 'b'], nextPageToken: '2' }
        : { items: ['c'] },
    );
    expect(all).toEqual(['a', 'b', 'c']);
  });

  it('reads over pages that are empty', async () => {
    const all = await walk(async ({ pageToken = '0' }) =>
      pageToken === '500'
        ? { items: ['a'] }
        : { items: [], nextPageToken: String(Number(pageToken) + 1) },
    );
    expect(all).toEqual(['a']);
  });

  it('fails where a token comes again', async () => {
    await expect(
      walk(async () => ({ items: ['a'], nextPageToken: 'x' })),
    ).rejects.toThrow('a page token for the second time');
  });

  it('fails where ever new tokens bring nothing', async () => {
    let pages = 0;
    await expect(
      walk(async () => {
        pages += 1;
        return { items: [], nextPageToken: String(pages) };
      }),
    ).rejects.toThrow('1000 pages with nothing in them');
    expect(pages).toBe(1000);
  });
});
