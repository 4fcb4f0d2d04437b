import { RepositoryFinding } from '../schema/openapi';
import { checkedAs } from './checkedFiles';
import { REPOSITORY_CHECKS } from './repositoryChecks';

/**
 * The files of a repository that a check looks at, by their paths from its root: content, or null where that was not
 * read. Files that no check looks at change nothing.
 *
 * @public
 */
export type RepositoryFiles = ReadonlyMap<string, string | null>;

/**
 * How far a repository follows the standard of ML repositories. Nothing of it is run.
 *
 * @public
 */
export function checkRepository(files: RepositoryFiles): {
  findings: RepositoryFinding[];
  /** How many things were looked for. */
  checks: number;
} {
  const checked = new Map(
    [...files].filter(([path]) => checkedAs(path) !== undefined),
  );
  return {
    findings: REPOSITORY_CHECKS.flatMap(({ name, file, fix, problem }) => {
      const message = problem(checked);
      return message === undefined ? [] : [{ check: name, file, message, fix }];
    }),
    checks: REPOSITORY_CHECKS.length,
  };
}
