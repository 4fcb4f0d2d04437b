/** What a version's `source` says of the model behind it. */
export type ModelUri =
  | { kind: 'loggedModel'; modelId: string }
  | { kind: 'version'; name: string; version: string };

/** Reads `models:/m-…`, a logged model of MLflow 3, and `models:/name/2`, of which the version is a copy. */
export function parseModelUri(source: string | null): ModelUri | undefined {
  const path = source?.match(/^models:\/+(.+)$/s)?.[1];
  if (!path) {
    return undefined;
  }
  const slash = path.lastIndexOf('/');
  if (slash < 0) {
    return /^[\w-]+$/.test(path)
      ? { kind: 'loggedModel', modelId: path }
      : undefined;
  }
  const version = path.slice(slash + 1);
  return /^\d+$/.test(version)
    ? { kind: 'version', name: path.slice(0, slash), version }
    : undefined;
}

/** Folder of a model among the artefacts of its run; undefined where what the version names is not among them. */
export function folderInRun(
  source: string | null,
  runId: string,
): string | undefined {
  const ofRun = source?.match(/^runs:\/+([^/]+)(?:\/(.*))?$/s);
  if (ofRun) {
    return ofRun[1] === runId ? ofRun[2] ?? '' : undefined;
  }
  const root = `/${runId}/artifacts`;
  const at = source?.lastIndexOf(root) ?? -1;
  const rest = at < 0 ? undefined : source?.slice(at + root.length);
  return rest === undefined || (rest !== '' && !rest.startsWith('/'))
    ? undefined
    : rest.replace(/^\/+|\/+$/g, '');
}
