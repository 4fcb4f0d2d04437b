import { InputError } from '@backstage/errors';

/**
 * Checks that a path of artefacts stays below their root, also where MLflow decodes it once more.
 *
 * @returns the path without a slash at its end
 * @throws `InputError`
 */
export function checkPath(path: string): string {
  const clean = path.replace(/\/+$/, '');
  let decoded = clean;
  for (let i = 0; i < 3; i++) {
    if (leavesRoot(decoded)) {
      throw new InputError(
        'The path leaves the artefacts: expected names with slashes between them, relative to the root',
      );
    }
    decoded = decodeLoosely(decoded);
  }
  return clean;
}

function leavesRoot(path: string): boolean {
  const isElsewhere = /^[/\\]|^[a-z][a-z0-9+.-]*:[/\\]|\p{Cc}/iu.test(path);
  const parts = path === '' ? [] : path.split(/[/\\]/);
  return (
    isElsewhere ||
    parts.some(part => part === '' || part === '.' || part === '..')
  );
}

function decodeLoosely(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
