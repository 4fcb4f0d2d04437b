import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ModelsConfig } from '../config';

/**
 * Who may own a model, in the order in which the catalog is asked. A rule of config that names the model's source or name
 * counts, whatever its owner tag says: a tag can be set by anybody who may write to the registry. Where there is none,
 * rules that say what the tag means, then the tag itself, then rules for all models. A name without a kind may be a
 * group's or else a person's.
 */
export function ownerCandidates(
  model: { source: string; name: string; ownerTag: string | null },
  config: ModelsConfig,
): string[] {
  const fitting = config.owners.filter(
    rule =>
      (rule.source === undefined || rule.source === model.source) &&
      (rule.tag === undefined || rule.tag === model.ownerTag) &&
      (rule.name === undefined || matches(rule.name, model.name)),
  );
  const isOfModel = ({ source, name }: (typeof fitting)[number]) =>
    source !== undefined || name !== undefined;
  const decided = fitting.filter(
    rule => rule.tag === undefined && isOfModel(rule),
  );
  if (decided.length > 0) {
    return refsOf(decided.map(({ owner }) => owner));
  }
  const translated = fitting.filter(({ tag }) => tag !== undefined);
  const fallback = fitting.filter(({ tag }) => tag === undefined);
  return refsOf([
    ...translated.map(({ owner }) => owner),
    ...(model.ownerTag ? [model.ownerTag] : []),
    ...fallback.map(({ owner }) => owner),
  ]);
}

/** Whether config names owners of a model, and its tag names somebody else, who does not count. */
export function isOverruled(
  ownerTag: string | null,
  candidates: string[],
): boolean {
  // Most tags are a whole ref, which is quicker to find than to read.
  if (ownerTag === null || candidates.includes(ownerTag)) {
    return false;
  }
  const named = refsOf([ownerTag]);
  return named.length > 0 && !named.some(ref => candidates.includes(ref));
}

/** Refs of groups and people that names may stand for. */
function refsOf(names: string[]): string[] {
  const refs = names.flatMap(name =>
    ['group', 'user'].flatMap(kind => entityRefOf(name, kind) ?? []),
  );
  return [...new Set(refs)].filter(ref => /^(?:group|user):/.test(ref));
}

function entityRefOf(owner: string, defaultKind: string): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(owner, { defaultKind, defaultNamespace: 'default' }),
    ).toLowerCase();
  } catch {
    return undefined;
  }
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
