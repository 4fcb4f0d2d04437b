import { LayoutWorkerStub } from './__testUtils__/LayoutWorkerStub';
import { layOut } from './layOut';
import { startLayoutWorker } from './startLayoutWorker';

jest.mock('./startLayoutWorker');

const TASK = { ids: ['a', 'b'], edges: [{ from: 'a', to: 'b' }] };

function startWorker(behaviour: 'works' | 'hangs' | 'breaks') {
  const worker = new LayoutWorkerStub(behaviour);
  jest.mocked(startLayoutWorker).mockReturnValue(worker);
  return worker;
}

describe('layOut', () => {
  afterEach(() => jest.useRealTimers());

  it('gives the places that the worker finds, and ends it', async () => {
    const worker = startWorker('works');
    const { places } = await layOut(TASK, new AbortController().signal);
    expect(places.get('a')?.x).toBeLessThan(places.get('b')?.x ?? 0);
    expect(worker.isTerminated).toBe(true);
  });

  it('gives up at the deadline, and ends the worker', async () => {
    jest.useFakeTimers();
    const worker = startWorker('hangs');
    await Promise.all([
      expect(layOut(TASK, new AbortController().signal)).rejects.toThrow(
        'took too long',
      ),
      jest.advanceTimersByTimeAsync(10_000),
    ]);
    expect(worker.isTerminated).toBe(true);
  });

  it('ends the worker when nobody wants the layout any more', async () => {
    const worker = startWorker('hangs');
    const wanted = new AbortController();
    const laidOut = layOut(TASK, wanted.signal);
    wanted.abort();
    await expect(laidOut).rejects.toThrow('not wanted');
    expect(worker.isTerminated).toBe(true);
  });

  it('fails where the worker cannot be started', async () => {
    startWorker('breaks');
    const { signal } = new AbortController();
    await expect(layOut(TASK, signal)).rejects.toThrow('did not start');
    jest.mocked(startLayoutWorker).mockImplementation(() => {
      throw new Error('refused by the content security policy');
    });
    await expect(layOut(TASK, signal)).rejects.toThrow('refused');
  });
});
