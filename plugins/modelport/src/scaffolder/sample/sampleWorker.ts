import { profileTask, SampleAnswer } from './profileTask';

// What this file needs of a worker's global scope; the types of both worlds can't be loaded together.
const scope: {
  onmessage: ((event: MessageEvent<Blob>) => void) | null;
  postMessage: (message: SampleAnswer) => void;
} = self;

scope.onmessage = async ({ data }) =>
  scope.postMessage(await profileTask(data));
