import { NodeToWrite, datasetNode } from './lineageNodes';

/** Schemes under which OpenLineage's naming rules know a file by its store and path. */
const STORES: Record<string, string> = {
  's3:': 's3',
  's3a:': 's3',
  's3n:': 's3',
  'gs:': 'gs',
  'hdfs:': 'hdfs',
  'abfss:': 'abfss',
  'wasbs:': 'wasbs',
};

/**
 * The dataset that OpenLineage knows by the address at which a registry's dataset was read, so that what wrote the file
 * is upstream of what was trained on it. Undefined where the address is none of a file's.
 */
export function datasetLocation(
  source: string | null | undefined,
): NodeToWrite | undefined {
  if (!source) {
    return undefined;
  }
  if (source.startsWith('/')) {
    return datasetNode({ namespace: 'file', name: source, version: null });
  }
  const match = /^([a-z0-9]+:)\/\/([^/?#]*)\/([^?#]+)/i.exec(source);
  if (!match) {
    return undefined;
  }
  const [, scheme, authority, path] = match;
  if (scheme.toLowerCase() === 'file:') {
    return datasetNode({ namespace: 'file', name: `/${path}`, version: null });
  }
  const store = STORES[scheme.toLowerCase()];
  return store && authority
    ? datasetNode({
        namespace: `${store}://${authority}`,
        name: path,
        version: null,
      })
    : undefined;
}
