/**
 * What is known of a file before it is read.
 *
 * @public
 */
export interface EvidenceFile {
  /** The kind that whoever pushed it gave; null for artefacts. */
  kind: string | null;
  /** Path among the artefacts, or name of the pushed file; with slashes. */
  path: string | null;
  /** As told; not to be trusted. */
  mediaType: string;
  /** Bytes. */
  size: number;
  /** The first bytes, at most 512; none while it is only decided whether an artefact is worth fetching. */
  head: Uint8Array;
}

/**
 * What a reader made of a file's bytes.
 *
 * @public
 */
export interface EvidenceReading {
  /** Version of the kind's schema that the body follows. */
  schemaVersion: number;
  /** The tool that made the file, where the file says so. */
  producer: { name: string; version: string | null } | null;
  /** When it was made, ISO 8601, where the file says so. */
  producedAt: string | null;
  /** What it says, by the schema of the reader's kind; no NaN and no infinities but as strings. */
  body: unknown;
  /** What the file says besides and could not be taken; shown beside the evidence. */
  problems?: string[];
}

/**
 * What is known of a file when it is read.
 *
 * @public
 */
export interface FileToRead {
  path: string | null;
  mediaType: string;
  /** The files beside it that its reader asked for and that are there, by the path that it gave. */
  beside?: Record<string, Uint8Array>;
  /** Names of the inputs of the version's signature, in their order; null where there is none. */
  inputs?: string[] | null;
}

/**
 * A file that is too large to be held, to be read part by part.
 *
 * @public
 */
export interface FileParts {
  /** Bytes of the file. */
  byteLength: number;
  /**
   * Bytes from one place up to another, or to the end.
   *
   * @throws an error where that leaves the file, or is more than is read at once.
   */
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

/**
 * Turns files of one form into evidence of one kind.
 *
 * @public
 */
export interface EvidenceReader {
  /** Unique among readers, such as `junit`. */
  readonly id: string;
  /** Rises whenever it reads something differently. */
  readonly version: string;
  /** Kind of evidence that it makes. */
  readonly kind: string;
  /** Whether it reads a file, by path, media type and first bytes. The first reader that says so does. */
  matches(file: EvidenceFile): boolean;
  /**
   * Paths of other artefacts of the version that are read together with one, where they are there: what it says can't
   * be understood without them. They count for the document's digest.
   */
  beside?(path: string): string[];
  /**
   * Reads a file. It runs in a worker with limits of time and memory, on bytes that may come from someone hostile: it
   * executes nothing of them, follows no reference out of them, and bounds what it unpacks.
   *
   * @throws an error whose message says what is wrong and where; it is shown in place of the evidence.
   */
  read(
    bytes: Uint8Array,
    file: FileToRead,
  ): EvidenceReading | Promise<EvidenceReading>;
  /**
   * Reads a file of more than 32 MB by the parts that it needs. What a reader without it would read stays unread, where
   * it is that large.
   *
   * @throws as `read` does.
   */
  readParts?(file: FileParts, about: FileToRead): Promise<EvidenceReading>;
  /**
   * Where the worker finds this reader: its module, and the name under which that exports it. A module that does no more
   * than this is loaded fastest.
   */
  readonly module: { path: string; name: string };
}
