import { ModelSource, SourceVersion } from './ModelSource';

/**
 * A version that is to stand in another model, of the same registry or of another one.
 *
 * @public
 */
export interface VersionCopy {
  /** Source of the version that is copied. */
  from: ModelSource;
  version: SourceVersion;
  /** Model that the copy becomes a version of; it is made where it is not there. */
  name: string;
  /** Names the copy: whoever makes it again under the same mark goes on with what is there. */
  mark: string;
  /** Tags of the copy besides those of the version. */
  tags: Record<string, string>;
}

/**
 * Takes copies of versions into a registry. What a copy is is told by its mark, so that one that nobody finished is found
 * again, whoever goes on with it.
 *
 * @public
 */
export interface VersionCopies {
  /**
   * Why no copies from a source are taken here; null where they are. Nothing is made by asking.
   *
   * @throws any error where that can't be told just now.
   */
  whyNot(
    from: ModelSource,
    options: { signal: AbortSignal },
  ): Promise<string | null>;

  /** Versions of a model that carry a mark, the oldest first. */
  find(
    name: string,
    mark: string,
    options: { signal: AbortSignal },
  ): Promise<SourceVersion[]>;

  /**
   * Makes a copy, or finishes what was begun under its mark; of several under one mark the oldest stays.
   *
   * @throws `InputError`, `NotFoundError` or `NotAllowedError` where the registry refuses it for good. Any other error
   * leaves open what was done.
   */
  make(
    copy: VersionCopy,
    options: { signal: AbortSignal },
  ): Promise<SourceVersion>;

  /** Removes what was made under a mark; nothing that is not there is missed. */
  remove(
    name: string,
    mark: string,
    options: { signal: AbortSignal },
  ): Promise<void>;
}
