import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
/** Bytes that all files of an archive may unpack to. */
const MOST_UNPACKED = 256 * 1024 * 1024;
const MOST_FILES = 100;

/**
 * The files of a small zip archive, as NumPy writes them.
 *
 * @throws `Error` where it is none, or unpacks to too much.
 */
export function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > buffer.length || buffer.readUInt32LE(end) !== END) {
    throw new Error('It is no zip archive');
  }
  const count = buffer.readUInt16LE(end + 10);
  if (count > MOST_FILES) {
    throw new Error(`It holds ${count} files; at most ${MOST_FILES} are read`);
  }
  const files = new Map<string, Uint8Array>();
  let at = buffer.readUInt32LE(end + 16);
  let left = MOST_UNPACKED;
  for (let i = 0; i < count; i++) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== CENTRAL) {
      throw new Error('Its list of files is broken');
    }
    const method = buffer.readUInt16LE(at + 10);
    const packed = buffer.readUInt32LE(at + 20);
    const nameLength = buffer.readUInt16LE(at + 28);
    const local = buffer.readUInt32LE(at + 42);
    const name = buffer.toString('utf8', at + 46, at + 46 + nameLength);
    if (local + 30 > buffer.length || buffer.readUInt32LE(local) !== LOCAL) {
      throw new Error(`${name}: its place in the archive is broken`);
    }
    const start =
      local +
      30 +
      buffer.readUInt16LE(local + 26) +
      buffer.readUInt16LE(local + 28);
    const content = unpack(
      name,
      method,
      buffer.subarray(start, start + packed),
      left,
    );
    left -= content.length;
    if (crc32(content) !== buffer.readUInt32LE(at + 16)) {
      throw new Error(`${name} is damaged: its checksum is another one`);
    }
    files.set(name, content);
    at +=
      46 +
      nameLength +
      buffer.readUInt16LE(at + 30) +
      buffer.readUInt16LE(at + 32);
  }
  return files;
}

function unpack(
  name: string,
  method: number,
  packed: Buffer,
  most: number,
): Uint8Array {
  try {
    if (method === STORED && packed.length <= most) {
      return packed;
    }
    if (method === DEFLATED) {
      return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
    }
  } catch (error) {
    throw new Error(
      `${name} can't be unpacked within ${MOST_UNPACKED} bytes: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
  throw new Error(`${name} is packed in a way that is not read, or too large`);
}
