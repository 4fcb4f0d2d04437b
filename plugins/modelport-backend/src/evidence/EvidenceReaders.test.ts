import { endlessReader } from './__fixtures__/endlessReader';
import { EvidenceReaders } from './EvidenceReaders';

jest.setTimeout(120_000);

const MOST_MS = 1_000;

describe('reading', () => {
  const readers = new EvidenceReaders({ mostMs: MOST_MS });
  const read = (path: string, model: string) =>
    readers.read(
      {
        bytes: Buffer.from('{}'),
        kind: null,
        path,
        mediaType: 'application/json',
        inputs: null,
      },
      model,
    );

  beforeAll(() => readers.add(endlessReader));

  afterAll(() => readers.stop());

  it('gives up what takes too long, and counts no waiting: models take turns', async () => {
    const order: string[] = [];
    const noted = async (path: string, model: string) => {
      const result = await read(path, model);
      order.push(path);
      return result;
    };
    const hostile = [1, 2, 3, 4].map(n =>
      noted('endless', n % 2 ? 'hostile' : 'worse'),
    );
    const innocent = await noted('innocent', 'other');
    expect(innocent).toMatchObject({ message: null });
    expect(order.length).toBeLessThan(hostile.length);
    for (const result of await Promise.all(hostile)) {
      expect(result).toMatchObject({
        kind: 'metrics',
        body: null,
        message:
          'Reading it took more than 1 s and was given up; it is read again when it comes again.',
      });
    }
  });

  it('sends away what one model brings too much of, and takes what others bring', async () => {
    const hostile = Array.from({ length: 17 }, () => read('fast', 'hostile'));
    await expect(read('fast', 'hostile')).rejects.toThrow(
      'Too much evidence is being read at the moment',
    );
    expect(await read('fast', 'other')).toMatchObject({ message: null });
    await Promise.all(hostile);
  });

  it('keeps no verdict on what was being read when the portal stops', async () => {
    const stopping = read('endless', 'hostile');
    await read('fast', 'other');
    const [result] = await Promise.allSettled([stopping, readers.stop()]);
    expect(result).toMatchObject({
      reason: { message: expect.stringContaining('The portal is stopping') },
    });
  });
});
