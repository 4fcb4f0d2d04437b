import { FileTree } from './FileTree';

/** Where a source's folder comes from. */
export interface TreeOrigin {
  /** For a person to read; never with credentials in it. */
  readonly url: string;
  /**
   * The tree as it is now.
   *
   * @throws any error where that can't be told.
   */
  refresh(options: { signal: AbortSignal }): Promise<FileTree>;
  /** The tree of the last refresh, or of a first one. */
  current(options: { signal: AbortSignal }): Promise<FileTree>;
  /** Why nothing can be written here whatever the file system allows; null where it can. */
  readonly readOnly: string | null;
  /** How a person gets at a path of the tree. */
  checkout(): Promise<TreeCheckout>;
}

/** Where Python code finds the files. */
export interface TreeCheckout {
  /** Where to stand, in words. */
  place: string;
  /** Path of the tree's root from there; empty where it is the root itself. */
  folder: string;
}
