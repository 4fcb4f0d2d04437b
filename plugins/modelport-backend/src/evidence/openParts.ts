import { open } from 'node:fs/promises';
import { FileParts } from '@modelport/plugin-modelport-node';

/** Bytes that are held at once. */
const MOST_AT_ONCE = 128 * 1024 * 1024;

/** Opens a file to be read part by part; whoever opens it closes it. */
export async function openParts(
  file: string,
): Promise<FileParts & { close(): Promise<void> }> {
  const handle = await open(file);
  const { size } = await handle.stat();
  return {
    byteLength: size,
    slice: async (start, end = size) => {
      const length = end - start;
      if (!(start >= 0 && end <= size && length >= 0)) {
        throw new Error(
          `It names bytes ${start} to ${end}, but has ${size} of them`,
        );
      }
      if (length > MOST_AT_ONCE) {
        throw new Error(
          `A part of it has ${length} bytes; at most ${MOST_AT_ONCE} are read at once`,
        );
      }
      const part = new ArrayBuffer(length);
      const { bytesRead } = await handle.read(
        new Uint8Array(part),
        0,
        length,
        start,
      );
      if (bytesRead < length) {
        throw new Error(`It ends before byte ${end}`);
      }
      return part;
    },
    close: () => handle.close(),
  };
}

/** Bytes that are held already, as parts of a file. */
export function partsOf(bytes: Uint8Array): FileParts {
  return {
    byteLength: bytes.length,
    slice: async (start, end) => new Uint8Array(bytes.slice(start, end)).buffer,
  };
}
