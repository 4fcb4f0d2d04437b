import { profileFile } from './profileFile';
import { SampleAnswer } from './profileTask';

const PROFILE = { rows: 1, isWhole: true, nested: [], notes: [], columns: [] };

/** A worker that does something with what it is sent. */
class FakeWorker extends EventTarget implements Worker {
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  terminate = jest.fn();

  constructor(private readonly does: (worker: FakeWorker) => void) {
    super();
  }

  postMessage(): void {
    this.does(this);
  }

  answer(data: SampleAnswer): void {
    this.onmessage?.call(this, new MessageEvent('message', { data }));
  }
}

describe('profileFile', () => {
  const ask = (worker: FakeWorker) =>
    profileFile(new Blob(['a']), { start: () => worker, deadlineMs: 20 });

  it('gives what the worker tells, and ends the worker', async () => {
    const worker = new FakeWorker(one => one.answer({ profile: PROFILE }));
    expect(await ask(worker)).toEqual(PROFILE);
    expect(worker.terminate).toHaveBeenCalled();
  });

  it.each<[string, (worker: FakeWorker) => void, string]>([
    [
      'a file that it can’t read',
      worker => worker.answer({ problem: 'It is empty' }),
      'It is empty',
    ],
    [
      'a worker that breaks',
      worker => worker.onerror?.call(worker, new ErrorEvent('error')),
      'It needs more memory than there is',
    ],
    ['a worker that never answers', () => {}, 'longer than 0.02 s'],
  ])('says so of %s, and ends the worker', async (_what, does, words) => {
    const worker = new FakeWorker(does);
    await expect(ask(worker)).rejects.toThrow(words);
    expect(worker.terminate).toHaveBeenCalled();
  });
});
