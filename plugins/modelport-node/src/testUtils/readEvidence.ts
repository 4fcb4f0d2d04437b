import { findEvidenceKind } from '@modelport/plugin-modelport-common';
import {
  EvidenceReader,
  EvidenceReading,
  FileToRead,
} from '../evidence/EvidenceReader';

/** Bytes that a reader sees before it says whether it reads a file. */
const HEAD = 512;

/**
 * Lets a reader read a file as the portal does, and checks what it makes of it: that it says it reads such files, by
 * path alone as well where it is an artefact, that the worker finds it, that it reads the same by parts where it does
 * that, that its body follows the schema of its kind, and that it survives being written as JSON.
 *
 * @param file - `kind` is what a pushed part is called; without it the file is an artefact.
 * @throws what the reader throws, or an `Error` that says which promise it breaks.
 * @public
 */
export async function readEvidence(
  reader: EvidenceReader,
  file: Omit<FileToRead, 'mediaType'> & {
    bytes: Uint8Array;
    kind?: string;
    mediaType?: string;
  },
): Promise<EvidenceReading> {
  const { bytes, kind = null, path, ...rest } = file;
  const mediaType = file.mediaType ?? 'application/octet-stream';
  const known = { kind, path, mediaType, size: bytes.length };
  if (!reader.matches({ ...known, head: bytes.slice(0, HEAD) })) {
    throw new Error(`The reader ${reader.id} does not say that it reads this`);
  }
  if (kind === null && !reader.matches({ ...known, head: new Uint8Array() })) {
    throw new Error(
      `The reader ${reader.id} needs the first bytes of an artefact, which would never be fetched`,
    );
  }
  if (!reader.module.path || !reader.module.name) {
    throw new Error(
      `The reader ${reader.id} does not say where the worker finds it`,
    );
  }
  const about = { ...rest, path, mediaType };
  const reading = await reader.read(bytes, about);
  const byParts = await reader.readParts?.(
    {
      byteLength: bytes.length,
      slice: async (start, end) =>
        new Uint8Array(bytes.slice(start, end)).buffer,
    },
    about,
  );
  if (byParts && JSON.stringify(byParts) !== JSON.stringify(reading)) {
    throw new Error(
      `The reader ${reader.id} reads otherwise by parts than at once`,
    );
  }
  const checked = findEvidenceKind(reader.kind)?.body.safeParse(reading.body);
  if (checked && !checked.success) {
    const [issue] = checked.error.issues;
    throw new Error(
      `The reader ${reader.id} breaks the schema of ${
        reader.kind
      } at ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  if (
    reading.producedAt !== null &&
    Number.isNaN(Date.parse(reading.producedAt))
  ) {
    throw new Error(`The reader ${reader.id} gives no time as producedAt`);
  }
  JSON.stringify(reading.body);
  return reading;
}
