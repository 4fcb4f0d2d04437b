import { ExplainWorkers } from './ExplainWorkers';

const run = jest.fn();
jest.mock('piscina', () => ({
  Piscina: class {
    run = () => run();
  },
}));

const TASK = {
  digest: 'a',
  bytes: new Uint8Array(),
  rows: [],
  background: null,
};
const RESULT = { refused: 'nothing' };

/** Until everything that has been promised already has happened. */
const settle = () => new Promise(resolve => setImmediate(resolve));

describe('ExplainWorkers', () => {
  const begun: Array<{ answer: () => void; fail: (error: Error) => void }> = [];
  let workers: ExplainWorkers;

  beforeEach(() => {
    begun.length = 0;
    run.mockImplementation(
      () =>
        new Promise((resolve, reject) =>
          begun.push({ answer: () => resolve(RESULT), fail: reject }),
        ),
    );
    workers = new ExplainWorkers({ timeout: { seconds: 20 } });
  });

  afterEach(() => jest.restoreAllMocks());

  it('counts the time from when a request has its turn', async () => {
    const deadline = jest.spyOn(AbortSignal, 'timeout');
    const first = workers.run(TASK);
    const second = workers.run(TASK);
    await settle();
    expect(begun).toHaveLength(1);
    expect(deadline).toHaveBeenCalledTimes(1);
    begun[0].answer();
    expect(await first).toEqual(RESULT);
    await settle();
    expect(deadline).toHaveBeenCalledTimes(2);
    begun[1].answer();
    expect(await second).toEqual(RESULT);
  });

  it('goes on after one that was given up', async () => {
    const first = workers.run(TASK);
    const second = workers.run(TASK);
    await settle();
    begun[0].fail(Object.assign(new Error('x'), { name: 'AbortError' }));
    await expect(first).rejects.toThrow(/took more than 20 s/);
    await settle();
    begun[1].answer();
    expect(await second).toEqual(RESULT);
  });

  it('sends away what comes while 32 wait, and takes more once one had its turn', async () => {
    const first = workers.run(TASK);
    await settle();
    const waiting = Array.from({ length: 32 }, () => workers.run(TASK));
    await expect(workers.run(TASK)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/32 explanations wait.*not taken on/),
    });
    begun[0].answer();
    await first;
    await settle();
    const last = workers.run(TASK);
    for (let place = 1; place <= 33; place++) {
      begun[place].answer();
      await settle();
    }
    expect(await Promise.all([...waiting, last])).toHaveLength(33);
  });
});
