import { createModelportClient } from '@modelport/plugin-modelport-common';
import { wellFormedFetch } from './wellFormedFetch';

describe('wellFormedFetch', () => {
  it.each([
    'ship 🚢 and 👩‍🔬',
    'a/slash %2e%2e ?q=#x',
    'naïve 한국 ＡＢ',
    '\u{10FFFF}\u{10000}',
    'tab\tA\tb, line\nC\r\nÄ\r한\fé\v\b0',
    '\u0001x\u0007 \u001fA %09',
  ])('sends the name %s so that a server reads it back', async name => {
    const fetcher = jest.fn(async () => new Response('{}'));
    const client = createModelportClient({
      discoveryApi: { getBaseUrl: async () => 'http://x/api/modelport' },
      fetchApi: { fetch: wellFormedFetch(fetcher) },
    });
    await client.getModels({ query: { q: name } });
    await client.getModel({ path: { source: 'mlflow', name } });

    const [list, one] = fetcher.mock.calls.map(
      (call: unknown[]) => new URL(String(call[0])),
    );
    expect(list.searchParams.get('q')).toBe(name);
    expect(decodeURIComponent(one.pathname.split('/models/mlflow/')[1])).toBe(
      name,
    );
  });

  it('leaves escapes of others as they are', async () => {
    const fetcher = jest.fn(async () => new Response('{}'));
    const url = 'http://x/%e2%82%ac%2f%C3%A9%09%0A?q=%25%F0%9F%9A%80';
    await wellFormedFetch(fetcher)(url);
    expect(fetcher).toHaveBeenCalledWith(url, undefined);
  });
});
