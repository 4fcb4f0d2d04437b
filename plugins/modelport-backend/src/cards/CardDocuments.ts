/** A card document that belongs to a version, as a reader left it. */
export interface CardDocument {
  /** SHA-256 of the bytes as they were received. */
  digest: string;
  /** What it was read from, such as `huggingface`. */
  format: string;
  /** A card body; checked before it is used. */
  body: unknown;
  /** Who handed it in; null where nobody is known. */
  by: string | null;
  /** When it was made, or received where that is not known; ISO 8601. */
  at: string;
}

/** The card documents that the evidence holds of a version. */
export interface CardDocuments {
  /**
   * @param options - with `ask` the version's source is asked for files that were not read yet.
   */
  of(
    version: { source: string; name: string; version: string },
    options: { ask: boolean },
  ): Promise<CardDocument[]>;
}
