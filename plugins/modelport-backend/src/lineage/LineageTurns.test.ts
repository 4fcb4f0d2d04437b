import { response } from 'express';
import { Readable } from 'node:stream';
import { LineageTurns } from './LineageTurns';

const LARGE = Buffer.alloc(100_000);
const { signal } = new AbortController();

describe('LineageTurns', () => {
  const headers = new Map<string, string>();
  const res = Object.create(response, {
    set: { value: (name: string, value: string) => headers.set(name, value) },
  });

  it('has room for so many bytes, and says when to come again', async () => {
    const turns = new LineageTurns(250_000);
    const rooms = [turns.enter(res), turns.enter(res), turns.enter(res)];
    const content = () =>
      Readable.from([LARGE.subarray(50_000), LARGE.subarray(50_000)]);
    expect(await rooms[0].receive(content())).toHaveLength(100_000);
    expect(await rooms[1].receive(content())).toHaveLength(100_000);
    const refused = content();
    await expect(rooms[2].receive(refused)).rejects.toMatchObject({
      statusCode: 429,
      message: expect.stringContaining('Nothing of the request was kept'),
    });
    expect(headers.get('Retry-After')).toBe('1');
    expect(refused.readableEnded).toBe(true);
    rooms[0].leave();
    rooms[0].leave();
    expect(await rooms[2].receive(content())).toHaveLength(100_000);
  });

  it('works on one large body at a time, on small ones at once, on none of who has gone', async () => {
    const turns = new LineageTurns();
    const steps: string[] = [];
    let end = () => {};
    const first = turns.take(LARGE, signal, async () => {
      steps.push('first');
      await new Promise<void>(resolve => {
        end = resolve;
      });
      throw new Error('no event');
    });
    const gone = turns.take(
      LARGE,
      AbortSignal.abort(new Error('gone')),
      async () => steps.push('gone'),
    );
    const second = turns.take(LARGE, signal, async () => steps.push('second'));
    await turns.take(Buffer.alloc(10), signal, async () => steps.push('small'));
    end();
    await expect(first).rejects.toThrow('no event');
    await expect(gone).rejects.toThrow('gone');
    await second;
    expect(steps.sort()).toEqual(['first', 'second', 'small']);
  });
});
