import { GraphPart } from './lineageEdges';
import {
  codeNode,
  datasetNode,
  featureNode,
  jobNode,
  NodeToWrite,
  runNode,
} from './lineageNodes';
import { namedVersion } from './namedVersion';
import {
  ModelVersionFacet,
  OpenLineageDataset,
  OpenLineageEvent,
  OpenLineageJob,
} from './openLineageSchema';
import { registeredVersion, SourceOfNamespace } from './registryNames';

/** A dataset in this namespace is a version of a model: its name is `<source>/<name>/<version>`. */
export const MODELPORT_NAMESPACE = 'modelport';

/** Where run ids count that are no UUIDs. */
const RUN_SCOPE = 'openlineage';

/** Edges between columns that are taken of one event; the event itself is kept whole. */
const MAX_COLUMN_EDGES = 1_000;

/**
 * What an event says of the graph. It is the same whatever came before it, so that the order of events does not matter
 * and neither does one that comes twice.
 *
 * @throws `OddVersionError` where it names a version that there cannot be.
 */
export function graphOfEvent(
  event: OpenLineageEvent,
  sourceOf: SourceOfNamespace = () => undefined,
): { part: GraphPart; run: NodeToWrite | undefined } {
  const part = new GraphPart();
  const { run, job, dataset } = event;
  const actor = run
    ? part.add(runNode(run.runId, RUN_SCOPE))
    : job && part.add(jobNode(job));
  if (job && actor) {
    addJob(part, job, actor);
  }
  if (run && actor) {
    addRun(part, run, actor);
  }
  for (const [index, input] of (event.inputs ?? []).entries()) {
    const path = `inputs.${index}`;
    const node = addDataset(part, input, { use: 'read', path, sourceOf });
    if (actor) {
      part.connect(node, 'input', actor);
    }
  }
  for (const [index, output] of (event.outputs ?? []).entries()) {
    const path = `outputs.${index}`;
    const node = addDataset(part, output, { use: 'written', path, sourceOf });
    if (actor) {
      part.connect(actor, node.kind === 'version' ? 'made' : 'output', node);
      if (node.kind === 'dataset' && node.version !== null) {
        // Who reads the dataset without naming a version reads what was written here, too.
        part.connect(
          actor,
          'output',
          datasetNode({ ...output, version: null }),
        );
      }
    }
  }
  if (dataset) {
    addDataset(part, dataset, { use: 'read', path: 'dataset', sourceOf });
  }
  return { part, run: run ? actor ?? undefined : undefined };
}

function addJob(
  part: GraphPart,
  job: OpenLineageJob,
  actor: NodeToWrite,
): void {
  part.connect(jobNode(job), 'job', actor);
  const location = job.facets?.sourceCodeLocation;
  const repository = location?.repoUrl ?? location?.url;
  if (repository) {
    const commit = location?.version ?? null;
    part.connect(codeNode({ repository, commit }), 'code', actor);
  }
}

function addRun(
  part: GraphPart,
  run: NonNullable<OpenLineageEvent['run']>,
  actor: NodeToWrite,
): void {
  const { parent, parentRun, mlflow_run, modelport_modelVersion } =
    run.facets ?? {};
  const above = parent ?? parentRun;
  if (above?.run) {
    const node = part.add(runNode(above.run.runId, RUN_SCOPE));
    part.connect(node, 'parent', actor);
    if (above.job) {
      part.connect(jobNode(above.job), 'job', node);
    }
  }
  if (mlflow_run?.runId) {
    part.identify(actor, runNode(mlflow_run.runId, RUN_SCOPE));
  }
  const version = versionOfFacet(modelport_modelVersion, 'run');
  if (version) {
    part.connect(actor, 'made', version);
  }
}

/** Adds a dataset with what its facets say; or the version of a model that it stands for. */
function addDataset(
  part: GraphPart,
  dataset: OpenLineageDataset,
  options: {
    use: 'read' | 'written';
    /** Where it is in the event. */
    path: string;
    sourceOf: SourceOfNamespace;
  },
): NodeToWrite {
  const { use, path, sourceOf } = options;
  const facets = dataset.facets ?? {};
  const version = facets.version?.datasetVersion ?? null;
  const named =
    versionOf(dataset) ?? registeredVersion({ ...dataset, version }, sourceOf);
  const model =
    versionOfFacet(facets.modelport_modelVersion, path) ??
    (named && namedVersion(named, `${path}.name`));
  if (model) {
    return part.add(model);
  }
  const plain = datasetNode({ ...dataset, version: null });
  const node = part.add(datasetNode({ ...dataset, version }));
  if (version !== null && use === 'read') {
    part.connect(plain, 'version', node);
  }
  for (const other of facets.symlinks?.identifiers ?? []) {
    part.identify(plain, datasetNode({ ...other, version: null }));
  }
  addColumns(part, dataset, plain);
  return node;
}

function addColumns(
  part: GraphPart,
  dataset: OpenLineageDataset,
  node: NodeToWrite,
): void {
  const edges = Object.entries(
    dataset.facets?.columnLineage?.fields ?? {},
  ).flatMap(([field, { inputFields }]) =>
    (inputFields ?? []).map(input => ({ field, input })),
  );
  for (const { field, input } of edges.slice(0, MAX_COLUMN_EDGES)) {
    const from = featureNode(input);
    const to = featureNode({ ...dataset, field });
    part.connect(datasetNode({ ...input, version: null }), 'column', from);
    part.connect(from, 'column', to);
    part.connect(to, 'column', node);
  }
}

/** The version that a facet names; undefined where it names none wholly. */
function versionOfFacet(
  facet: ModelVersionFacet | null | undefined,
  path: string,
): NodeToWrite | undefined {
  const { source, name, version } = facet ?? {};
  return source && name && version
    ? namedVersion(
        { source, name, version },
        `${path}.facets.modelport_modelVersion`,
      )
    : undefined;
}

/** A name may itself hold slashes: the first part is the source, the last the version. Parts may be URL-encoded. */
function versionOf(dataset: OpenLineageDataset) {
  if (dataset.namespace !== MODELPORT_NAMESPACE) {
    return undefined;
  }
  const parts = dataset.name.split('/').map(decoded);
  const [source, version] = [parts[0], parts[parts.length - 1]];
  const name = parts.slice(1, -1).join('/');
  return source && name && version ? { source, name, version } : undefined;
}

/** A part of a name as it was before it was URL-encoded, or as it is where it is not. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
