import { shareReading } from './shareReading';

interface Asked {
  url: string;
  answer: (text: string, status?: number) => void;
  fail: (error: Error) => void;
}

describe('shareReading', () => {
  let asked: Asked[];
  let shared: typeof fetch;
  let ahead: typeof fetch;

  beforeEach(() => {
    asked = [];
    ({ fetch: shared, fetchAhead: ahead } = shareReading(
      input =>
        new Promise((resolve, reject) => {
          asked.push({
            url: String(input),
            answer: (text, status) => resolve(new Response(text, { status })),
            fail: reject,
          });
        }),
    ));
  });

  afterEach(() => {
    jest.useRealTimers();
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

  it('keeps what was read ahead for the page that asks for it, and for the page drawn anew', async () => {
    jest.useFakeTimers();
    const early = ahead('/models');
    asked[0].answer('two');
    await early;
    for (let drawn = 0; drawn < 2; drawn++) {
      expect(await (await shared('/models')).text()).toBe('two');
    }
    jest.runAllTimers();
    const later = shared('/models');
    asked[1].answer('three');
    expect(await (await later).text()).toBe('three');
  });

  it('waits for what is being read ahead', async () => {
    const early = ahead('/models');
    const page = shared('/models');
    asked[0].answer('two');
    await early;
    expect(await (await page).text()).toBe('two');
    expect(asked).toHaveLength(1);
  });

  it('drops what was read ahead where nobody asks for it in time, where it failed, and where something is written', async () => {
    jest.useFakeTimers();
    const early = ahead('/old');
    asked[0].answer('old');
    await early;
    const refused = ahead('/refused');
    asked[1].answer('no', 503);
    await refused;
    jest.runAllTimers();
    const failed = ahead('/failed');
    asked[2].fail(new Error('away'));
    await expect(failed).rejects.toThrow('away');
    const before = ahead('/before');
    asked[3].answer('before');
    await before;
    const writing = shared('/written', { method: 'POST' });
    asked[4].answer('written');
    await writing;

    const urls = ['/old', '/refused', '/failed', '/before'];
    const texts = urls.map(async url => (await shared(url)).text());
    expect(asked.slice(5).map(({ url }) => url)).toEqual(urls);
    asked.slice(5).forEach(one => one.answer('new'));
    expect(await Promise.all(texts)).toEqual(Array(4).fill('new'));
  });
});
