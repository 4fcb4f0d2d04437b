import { forEachAtOnce } from './forEachAtOnce';

describe('forEachAtOnce', () => {
  it('works on every item once, no more than wanted at once', async () => {
    const seen: number[] = [];
    let underWay = 0;
    let most = 0;
    await forEachAtOnce([1, 2, 3, 4, 5, 6, 7], 3, async item => {
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      seen.push(item);
      underWay -= 1;
    });
    expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('begins nothing after an error, and waits for what is under way', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    await expect(
      forEachAtOnce([1, 2, 3, 4, 5], 2, async item => {
        begun.push(item);
        if (item === 1) {
          throw new Error('one');
        }
        await new Promise(resolve => setImmediate(resolve));
        ended.push(item);
      }),
    ).rejects.toThrow('one');
    expect(begun).toEqual([1, 2]);
    expect(ended).toEqual([2]);
  });
});
