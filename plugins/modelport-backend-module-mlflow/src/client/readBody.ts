import { AnswerTooLargeError } from './errors';

/**
 * Reads a body into memory and stops as soon as it is larger than `maxBytes`.
 *
 * @throws `AnswerTooLargeError`
 */
export async function readBody(
  response: Response,
  options: { maxBytes: number; signal: AbortSignal },
): Promise<Buffer> {
  const { maxBytes, signal } = options;
  const tooLarge = () =>
    new AnswerTooLargeError(`larger than ${maxBytes} bytes`);
  const reader = response.body?.getReader();
  if (!reader) {
    return Buffer.alloc(0);
  }
  const stop = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (Number(response.headers.get('content-length')) > maxBytes) {
      throw tooLarge();
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) {
        return Buffer.concat(chunks, size);
      }
      size += value.byteLength;
      if (size > maxBytes) {
        throw tooLarge();
      }
      chunks.push(value);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
