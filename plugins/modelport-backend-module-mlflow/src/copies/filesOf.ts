import { ModelSource, SourceVersion } from '@modelport/plugin-modelport-node';

/** Files larger than this are never held, so their size has to be known. */
const MOST_HELD = 64 * 1024 * 1024;

const MOST_FILES = 10_000;

/** A file of a version on its way to another registry. */
export interface CopiedFile {
  /** Path below the folder of the model. */
  path: string;
  /** Bytes; null where its source does not say. */
  size: number | null;
  open(
    signal: AbortSignal,
  ): Promise<{ size: number; parts: AsyncIterable<Uint8Array> }>;
}

/** The files of a version's model, without what else its run left. */
export async function filesOf(
  from: ModelSource,
  version: SourceVersion,
  signal: AbortSignal,
): Promise<CopiedFile[]> {
  const root = (await from.modelFolder?.(version, { signal })) ?? '';
  const files: CopiedFile[] = [];
  const folders = [root];
  for (const folder of folders) {
    for (const entry of await from.listArtefacts(version, folder, { signal })) {
      if (entry.isFolder) {
        folders.push(entry.path);
      } else {
        files.push({
          path: root === '' ? entry.path : entry.path.slice(root.length + 1),
          size: entry.size,
          open: later => open(from, version, entry, later),
        });
      }
    }
    if (files.length + folders.length > MOST_FILES) {
      throw new Error(
        `Version ${version.version} of ${version.model} has more than ${MOST_FILES} files`,
      );
    }
  }
  return files;
}

async function open(
  from: ModelSource,
  version: SourceVersion,
  { path, size }: { path: string; size: number | null },
  signal: AbortSignal,
) {
  if (size !== null && from.streamArtefact) {
    return {
      size,
      parts: await from.streamArtefact(version, path, { signal }),
    };
  }
  const bytes = await from.readArtefact(version, path, {
    signal,
    maxBytes: MOST_HELD,
  });
  return {
    size: bytes.length,
    parts: (async function* whole() {
      yield bytes;
    })(),
  };
}
