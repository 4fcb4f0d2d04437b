import { InputError } from '@backstage/errors';

/** Files that hold tables of data, whose rows may be of single people. */
const TABLE =
  /\.(?:parquet|pq|csv|tsv|npy|npz|arrow|feather|avro|orc|jsonl|ndjson|xlsx?|h5|hdf5|db|sqlite3?)(?:\.(?:gz|bz2|xz|zst|zip))?$/i;

/** Whether a file may hold rows of single people, by its name. */
export function mayHoldRows(path: string): boolean {
  return TABLE.test(path);
}

/** The header by which a browser saves an answer under the name of a file, whatever characters that holds. */
export function attachmentOf(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  const plain = name.replace(/[^\w. -]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(
    name,
  ).replace(/['()*]/g, found => `%${found.charCodeAt(0).toString(16)}`)}`;
}

/** @throws `InputError` for a path that could lead out of a version's artefacts. */
export function refuseOddPath(path: string): void {
  const parts = path.split(/[/\\]/);
  if (path.includes('\0') || parts.some(part => /^\.{0,2}$/.test(part))) {
    throw new InputError(
      'Expected the path of a file as the list of artefacts names it, without "..", "." and empty parts',
    );
  }
}
