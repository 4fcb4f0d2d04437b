import { diff3Merge } from 'node-diff3';
import { Tree } from '../render/renderLayers';

/** What an update makes of a repository. */
export interface MergedTree {
  /** Content by path of what changes; null where a file goes. */
  changes: Map<string, string | null>;
  /** What a person has to look at. */
  conflicts: MergeConflict[];
}

/** A file that both the team and the template changed. */
export interface MergeConflict {
  path: string;
  reason: string;
}

/**
 * Merges a newer template into a repository, file by file and line by line.
 *
 * @param base - what the template made when the repository was last brought up to date
 * @param current - the repository's files, with those of the base that are still there
 * @param next - what the newer template makes
 */
export function mergeTrees(base: Tree, current: Tree, next: Tree): MergedTree {
  const merged: MergedTree = { changes: new Map(), conflicts: [] };
  for (const path of [...new Set([...base.keys(), ...next.keys()])].sort()) {
    mergeFile(path, base.get(path), current.get(path), next.get(path), merged);
  }
  return merged;
}

function mergeFile(
  path: string,
  base: string | undefined,
  current: string | undefined,
  next: string | undefined,
  merged: MergedTree,
): void {
  if (next === base || next === current) {
    return;
  }
  const conflict = (reason: string) => merged.conflicts.push({ path, reason });
  if (next === undefined) {
    if (current === base) {
      merged.changes.set(path, null);
    } else if (current !== undefined) {
      conflict('the template has it no more, and the team changed it: kept');
    }
    return;
  }
  if (current === base) {
    merged.changes.set(path, next);
    return;
  }
  if (current === undefined) {
    conflict('the template changed it, and the team removed it: left out');
    return;
  }
  const { text, clean } = mergeText(base ?? '', current, next);
  // where the team has taken the template's change over already, there is none
  if (text !== current) {
    merged.changes.set(path, text);
  }
  if (!clean) {
    conflict('both changed the same lines: marked in the file');
  }
}

function mergeText(base: string, current: string, next: string) {
  let clean = true;
  const lines = diff3Merge(
    current.split('\n'),
    base.split('\n'),
    next.split('\n'),
    { excludeFalseConflicts: true },
  ).flatMap(({ ok, conflict }) => {
    if (!conflict) {
      return ok ?? [];
    }
    clean = false;
    return [
      '<<<<<<< repository',
      ...conflict.a,
      '=======',
      ...conflict.b,
      '>>>>>>> template',
    ];
  });
  return { text: lines.join('\n'), clean };
}
