/** Gives the id of the source that an OpenLineage namespace stands for. */
export type SourceOfNamespace = (namespace: string) => string | undefined;

/** What registers versions without knowing the portal names them by the server and MLflow's own name of a model. */
const REGISTRY = 'mlflow';
const MODEL = /^models:?\/(.+)$/;

/**
 * Sources by the namespace `mlflow://<host>:<port>`. An address that several sources have, as the workspaces of a server
 * do, names none of them.
 */
export function namespacesOf(
  sources: Array<{ id: string; kind: string; url: string }>,
): SourceOfNamespace {
  const ids = new Map<string, string | undefined>();
  for (const { id, kind, url } of sources) {
    const address = kind === REGISTRY && URL.canParse(url) && new URL(url).host;
    if (address) {
      const namespace = `${REGISTRY}://${address}`;
      ids.set(namespace, ids.has(namespace) ? undefined : id);
    }
  }
  return namespace => ids.get(namespace.toLowerCase().replace(/\/+$/, ''));
}

/**
 * The version that a dataset in the namespace of a registry is: `models/<name>` with its version as a facet, or
 * `models:/<name>/<version>`.
 */
export function registeredVersion(
  dataset: { namespace: string; name: string; version: string | null },
  sourceOf: SourceOfNamespace,
): { source: string; name: string; version: string } | undefined {
  const source = sourceOf(dataset.namespace);
  const [, path] = MODEL.exec(dataset.name) ?? [];
  if (source === undefined || path === undefined) {
    return undefined;
  }
  if (dataset.version !== null) {
    return { source, name: path, version: dataset.version };
  }
  const [, name, version] = /^(.+)\/(\d+)$/.exec(path) ?? [];
  return version === undefined ? undefined : { source, name, version };
}
