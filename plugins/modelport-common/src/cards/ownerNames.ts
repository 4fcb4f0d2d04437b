const REF = /^(group|user|component|system):([\w.-]+\/)?[\w.-]+$/i;

/** Whoever answers for a model, as exports write it. */
export interface NamedOwner {
  name: string;
  /** Entity ref in the catalog; undefined for a name alone. */
  ref: string | undefined;
}

/**
 * An owner with a name that people outside of the portal understand.
 *
 * @param names - what the catalog calls entities, by their refs; others are called by the last part of theirs.
 */
export function namedOwner(
  owner: string,
  names: ReadonlyMap<string, string> | undefined,
): NamedOwner {
  if (!REF.test(owner)) {
    return { name: owner, ref: undefined };
  }
  return {
    name: names?.get(owner) ?? owner.replace(/^.*[:/]/, ''),
    ref: owner,
  };
}

/** Whether a text is the ref of an entity that may own something. */
export function isOwnerRef(text: unknown): text is string {
  return typeof text === 'string' && REF.test(text);
}

/** How an owner stands in one text: its name, and its ref in brackets. */
export function ownerText({ name, ref }: NamedOwner): string {
  return ref === undefined ? name : `${name} (${ref})`;
}

/** The owner that a text names: its ref where it holds one. */
export function ownerOfText(text: string): string {
  const ref = /\(([^()\s]+)\)$/.exec(text.trim())?.[1];
  return isOwnerRef(ref) ? ref : text;
}
