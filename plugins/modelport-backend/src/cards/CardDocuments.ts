/** Kinds of evidence that say something of a card's fields, beside cards. */
export const TELLING_KINDS = ['fairness', 'explanation', 'drift'];

/** A document that belongs to a version, as a reader left it: a card, or evidence that fields are derived from. */
export interface CardDocument {
  /** `card`, or one of {@link TELLING_KINDS}. */
  kind: string;
  /** SHA-256 of the bytes as they were received. */
  digest: string;
  /** What it was read from, such as `huggingface`. */
  format: string;
  /** By the schema of its kind; checked before it is used. */
  body: unknown;
  /** Who handed it in; null where nobody is known. */
  by: string | null;
  /** When it was made, or pushed; null for an artefact that does not say it: when it was read says nothing of it. */
  saidAt: string | null;
  /** Where it lies among the artefacts of its version, and when it was read there; absent for what was pushed. */
  file?: { path: string; readAt: string };
  /** The same, or else when the version was made, or when it was read; what is newer counts more. */
  at: string;
}

/** What the evidence holds of a version that its card is made of. */
export interface CardDocuments {
  /**
   * @param options - with `ask` the version's source is asked for files that were not read yet.
   */
  of(
    version: { source: string; name: string; version: string },
    options: { ask: boolean },
  ): Promise<CardDocument[]>;
}
