/**
 * Longest file whose content is read, in bytes.
 *
 * @public
 */
export const MOST_CHECKED_BYTES = 200_000;

/** Files whose content is checked. */
const READ = new Set([
  '.modelport/answers.yaml',
  'MODEL_CARD.md',
  'catalog-info.yaml',
  'conf/gates.yaml',
  'docs/model-card.md',
  'modelport.yaml',
]);

/** Files that only have to be there. */
const SEEN = new Set([
  '.gitlab-ci.yml',
  'Dockerfile',
  'azure-pipelines.yml',
  'conf/monitoring.yaml',
  'conf/reason-codes.yaml',
  'docs/rollback.md',
  'docs/runbook.md',
  'pyproject.toml',
  'uv.lock',
]);

/** Folders in which files that are named so have to be there. */
const FOLDERS = [/^tests\/test_[^/]+\.py$/, /^\.github\/workflows\/[^/]+$/];

/**
 * The folders in which all of them lie, from the root, which is the empty one.
 *
 * @public
 */
export const CHECKED_FOLDERS: readonly string[] = [
  '',
  '.modelport',
  'conf',
  'docs',
  'tests',
  '.github/workflows',
];

/**
 * What a check of a repository needs of a file: its content, or only that it is there; undefined where nothing.
 *
 * @param path - from the root of the repository, with slashes
 * @public
 */
export function checkedAs(path: string): 'content' | 'presence' | undefined {
  if (READ.has(path)) {
    return 'content';
  }
  return SEEN.has(path) || FOLDERS.some(names => names.test(path))
    ? 'presence'
    : undefined;
}
