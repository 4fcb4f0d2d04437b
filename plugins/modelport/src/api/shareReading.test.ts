import { shareReading } from './shareReading';

interface Asked {
  url: string;
  answer: (text: string) => void;
  fail: (error: Error) => void;
}

describe('shareReading', () => {
  let asked: Asked[];
  let shared: typeof fetch;

  beforeEach(() => {
    asked = [];
    shared = shareReading(
      input =>
        new Promise((resolve, reject) => {
          asked.push({
            url: String(input),
            answer: text => resolve(new Response(text)),
            fail: reject,
          });
        }),
    );
  });

  it('asks once for what several want at the same time, and again later', async () => {
    const both = [shared('/models'), shared('/models'), shared('/sources')];
    expect(asked.map(({ url }) => url)).toEqual(['/models', '/sources']);
    asked[0].answer('two');
    asked[1].answer('one');
    const texts = await Promise.all(both.map(async one => (await one).text()));
    expect(texts).toEqual(['two', 'two', 'one']);

    const later = shared('/models');
    asked[2].answer('three');
    expect(await (await later).text()).toBe('three');
  });

  it('shares a failure, and forgets it', async () => {
    const both = [shared('/models'), shared('/models')];
    asked[0].fail(new Error('away'));
    for (const one of both) {
      await expect(one).rejects.toThrow('away');
    }
    const later = shared('/models');
    asked[1].answer('back');
    expect(await (await later).text()).toBe('back');
  });

  it('gives nobody who asks after something was written what was read before', async () => {
    const before = shared('/models');
    const writing = shared('/models', { method: 'POST' });
    const during = shared('/models');
    asked[1].answer('written');
    await writing;
    const after = shared('/models');
    expect(asked).toHaveLength(4);
    asked[0].answer('old');
    asked[2].answer('either');
    asked[3].answer('new');
    expect(await (await before).text()).toBe('old');
    expect(await (await during).text()).toBe('either');
    expect(await (await after).text()).toBe('new');
  });
});
