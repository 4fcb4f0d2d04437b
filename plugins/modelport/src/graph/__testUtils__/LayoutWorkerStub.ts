import { LaidOut, LayoutTask } from '../layOut';
import { layeredLayout } from '../layeredLayout';

/** A worker in the place of the browser's, which jsdom does not have: lays out a moment later, or does nothing. */
export class LayoutWorkerStub extends EventTarget implements Worker {
  onmessage: ((event: MessageEvent<LaidOut>) => void) | null = null;
  onmessageerror = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  isTerminated = false;

  constructor(private readonly behaviour: 'works' | 'hangs' | 'breaks') {
    super();
  }

  postMessage({ ids, edges }: LayoutTask): void {
    queueMicrotask(() => {
      if (this.behaviour === 'works') {
        const data: LaidOut = layeredLayout(ids, edges);
        this.onmessage?.(new MessageEvent('message', { data }));
      } else if (this.behaviour === 'breaks') {
        this.onerror?.(new ErrorEvent('error', { message: '' }));
      }
    });
  }

  terminate(): void {
    this.isTerminated = true;
  }
}
