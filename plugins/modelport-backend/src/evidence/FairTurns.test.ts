import { FairTurns } from './FairTurns';

describe('turns', () => {
  it('come to each name in its order, one of a name at once', async () => {
    const turns = new FairTurns(2);
    const started: string[] = [];
    const ends = new Map<string, () => void>();
    const take = (name: string, what: string) =>
      turns.take(name, async () => {
        started.push(what);
        await new Promise<void>(end => ends.set(what, end));
        return what;
      });
    const end = async (what: string) => {
      ends.get(what)?.();
      await new Promise(setImmediate);
    };
    const all = [
      take('hostile', 'h1'),
      take('hostile', 'h2'),
      take('hostile', 'h3'),
      take('one', 'o1'),
      take('other', 'x1'),
    ];
    await new Promise(setImmediate);
    expect(started).toEqual(['h1', 'o1']);
    expect(turns.waitingOf()).toBe(3);
    expect(turns.waitingOf('hostile')).toBe(2);
    await end('h1');
    // The hostile one’s turn comes again after that of the other.
    expect(started).toEqual(['h1', 'o1', 'x1']);
    await end('o1');
    expect(started).toEqual(['h1', 'o1', 'x1', 'h2']);
    await end('x1');
    expect(started).toEqual(['h1', 'o1', 'x1', 'h2']);
    await end('h2');
    expect(started).toEqual(['h1', 'o1', 'x1', 'h2', 'h3']);
    await end('h3');
    expect(await Promise.all(all)).toEqual(['h1', 'h2', 'h3', 'o1', 'x1']);
    expect(turns.waitingOf()).toBe(0);
  });

  it('go on after something failed', async () => {
    const turns = new FairTurns(1);
    const failed = turns.take('a', async () => {
      throw new Error('no');
    });
    const other = turns.take('a', async () => 'yes');
    await expect(failed).rejects.toThrow('no');
    expect(await other).toBe('yes');
  });
});
