import { LaidOut, LayoutTask } from './layOut';
import { layeredLayout } from './layeredLayout';

// What this file needs of a worker's global scope; the types of both worlds can't be loaded together.
const scope: {
  onmessage: ((event: MessageEvent<LayoutTask>) => void) | null;
  postMessage: (message: LaidOut) => void;
} = self;

scope.onmessage = ({ data }) =>
  scope.postMessage(layeredLayout(data.ids, data.edges));
