import {
  EVALUATED,
  LineageGraph,
  LineageNode,
} from '@modelport/plugin-modelport-common';
import { isShortened, keyOf } from './lineageNodes';
import { Neighbours } from './Neighbours';
import { decoded, MODELPORT_NAMESPACE } from './openLineageGraph';

const PRODUCER = 'https://github.com/modelport/modelport';
const SPEC = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs';
const FACETS = 'https://openlineage.io/spec/facets';

type Facets = Record<string, Record<string, unknown>>;

interface Identifier {
  namespace: string;
  name: string;
}

/**
 * A graph as OpenLineage events, which this portal and others read: one of each run, one of each job that no run is of,
 * one of each version that data went into without a run, and one of each dataset that none of them names. Deployments and consumers have no place in OpenLineage.
 *
 * @param at - the time of all events, in ISO 8601.
 */
export function writeOpenLineage(
  graph: LineageGraph,
  at: string,
): Array<Record<string, unknown>> {
  const around = new Neighbours(graph);
  const told = new Set<string>();
  const common = { eventTime: at, producer: PRODUCER };
  const write = (node: LineageNode) => ({
    ...nameOf(node),
    facets: datasetFacets(node, around),
  });
  const ends = (actor: LineageNode) => {
    const inputs = around.before(actor, 'input', EVALUATED);
    const outputs = around.after(actor, 'output', 'made');
    [actor, ...inputs, ...outputs].forEach(({ id }) => told.add(id));
    return { inputs: inputs.map(write), outputs: outputs.map(write) };
  };
  const ofKind = (kind: string) =>
    graph.nodes.filter(node => node.kind === kind && !told.has(node.id));
  const events: Array<Record<string, unknown>> = [];
  for (const run of ofKind('run')) {
    const [job] = around.before(run, 'job');
    if (job) {
      told.add(job.id);
    }
    events.push({
      ...common,
      eventType: run.failed ? 'FAIL' : 'COMPLETE',
      schemaURL: `${SPEC}/RunEvent`,
      run: { runId: uuidOf(run), facets: runFacets(run, around) },
      job: { ...jobOf(job, run), facets: jobFacets(run, around) },
      ...ends(run),
    });
  }
  for (const job of ofKind('job')) {
    events.push({
      ...common,
      schemaURL: `${SPEC}/JobEvent`,
      job: { ...nameOf(job), facets: {} },
      ...ends(job),
    });
  }
  for (const version of graph.nodes.filter(({ kind }) => kind === 'version')) {
    const inputs = around.before(version, 'input', EVALUATED);
    inputs.forEach(({ id }) => told.add(id));
    if (inputs.length > 0) {
      events.push({
        ...common,
        schemaURL: `${SPEC}/JobEvent`,
        job: { namespace: MODELPORT_NAMESPACE, name: version.id, facets: {} },
        inputs: inputs.map(write),
        outputs: [write(version)],
      });
    }
  }
  for (const dataset of ofKind('dataset')) {
    events.push({
      ...common,
      schemaURL: `${SPEC}/DatasetEvent`,
      dataset: write(dataset),
    });
  }
  return events;
}

/** The parts of an id, as they were before they were written into it; one that was too long is cut. */
function partsOf(node: LineageNode): string[] {
  const [path] = node.id.slice(node.id.indexOf(':') + 1).split('@');
  return path.split('/').map(decoded);
}

/** The name is that of the node: an id that was too long does not hold all of it. */
function nameOf(node: LineageNode): Identifier {
  const [first] = partsOf(node);
  return node.kind === 'version'
    ? {
        namespace: MODELPORT_NAMESPACE,
        name: [first, node.name, node.version ?? '']
          .map(encodeURIComponent)
          .join('/'),
      }
    : { namespace: first, name: node.name };
}

/** A run of which no job is known is one of its own. */
function jobOf(job: LineageNode | undefined, run: LineageNode): Identifier {
  return job
    ? nameOf(job)
    : { namespace: MODELPORT_NAMESPACE, name: `run ${run.name}` };
}

/** OpenLineage takes UUIDs only: another id becomes one made of it, the same each time. */
function uuidOf(run: LineageNode): string {
  const digits = /^[0-9a-f]{32}$/.test(run.name) ? run.name : keyOf(run.id);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function runFacets(run: LineageNode, around: Neighbours): Facets {
  const [parent] = around.before(run, 'parent');
  if (!parent) {
    return {};
  }
  const [job] = around.before(parent, 'job');
  return {
    parent: facet('1-1-0/ParentRunFacet', {
      run: { runId: uuidOf(parent) },
      job: jobOf(job, parent),
    }),
  };
}

function jobFacets(run: LineageNode, around: Neighbours): Facets {
  const [code] = around.before(run, 'code');
  return code
    ? {
        sourceCodeLocation: facet('1-0-1/SourceCodeLocationJobFacet', {
          type: 'git',
          url: code.name,
          repoUrl: code.name,
          ...(code.version === null ? {} : { version: code.version }),
        }),
      }
    : {};
}

function datasetFacets(dataset: LineageNode, around: Neighbours): Facets {
  if (dataset.kind !== 'dataset') {
    return {};
  }
  const facets: Facets = {};
  if (dataset.version !== null) {
    facets.version = facet('1-0-1/DatasetVersionDatasetFacet', {
      datasetVersion: dataset.version,
    });
  }
  const others = [
    ...around
      .before(dataset, 'location')
      .map(node => ({ ...nameOf(node), type: 'LOCATION' })),
    ...around
      .after(dataset, 'same')
      .map(node => ({ ...nameOf(node), type: 'TABLE' })),
  ];
  if (others.length > 0) {
    facets.symlinks = facet('1-0-1/SymlinksDatasetFacet', {
      identifiers: others,
    });
  }
  const own = nameOf(dataset);
  const isWhole = ({ id }: LineageNode) => !isShortened(id);
  const columns = around
    .before(dataset, 'column')
    .filter(isWhole)
    .map((column): [string, { inputFields: object[] }] => {
      const { namespace, name, field } = fieldOf(column);
      const isOwn = namespace === own.namespace && name === own.name;
      const from = isOwn
        ? around
            .before(column, 'column')
            .filter(({ kind }) => kind === 'feature')
            .filter(isWhole)
        : [column];
      return [field, { inputFields: from.map(fieldOf) }];
    });
  if (columns.length > 0) {
    facets.columnLineage = facet('1-2-0/ColumnLineageDatasetFacet', {
      fields: Object.fromEntries(columns),
    });
  }
  return facets;
}

function fieldOf(column: LineageNode) {
  const [namespace, name, field] = partsOf(column);
  return { namespace, name, field };
}

function facet(name: string, content: Record<string, unknown>) {
  const [version, definition] = name.split('/');
  return {
    _producer: PRODUCER,
    _schemaURL: `${FACETS}/${version}/${definition}.json#/$defs/${definition}`,
    ...content,
  };
}
