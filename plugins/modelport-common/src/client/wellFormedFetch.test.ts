import { createModelportClient } from '@modelport/plugin-modelport-common';
import { wellFormedFetch } from './wellFormedFetch';

describe('wellFormedFetch', () => {
  it.each([
    'ship 🚢 and 👩‍🔬',
    'a/slash %2e%2e ?q=#x',
    'naïve 한국 ＡＢ',
    '\u{10FFFF}\u{10000}',
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
});
