import {
  CardField,
  CardPath,
  LineageGraph,
  LineageNode,
  Version,
  EVALUATED,
} from '@modelport/plugin-modelport-common';
import { isForTraining, isOnlyMeasuredOn } from '../models/datasetUses';

/** Things that are named. */
const MOST_NAMED = 20;

/** Edges between two names of one thing, or from a thing to its version or place. */
const SAME_THING = ['same', 'version', 'location'];

/**
 * What the lineage says of a version in the words of its card: the data that the run read which made it, what that data
 * was made from, and the code.
 *
 * @param graph - upstream of the version.
 * @param of - id of the version's node.
 * @param registry - what the registry says of the data: its words come first, and what it names as no data of training
 * is none.
 */
export function lineageFields(
  graph: LineageGraph,
  of: string,
  registry: {
    version: Pick<Version, 'datasets' | 'measurements'>;
    trainingData: CardField | undefined;
  },
): Map<CardPath, CardField> {
  const fields = new Map<CardPath, CardField>();
  const nodes = new Map(graph.nodes.map(node => [node.id, node]));
  const makers = identical(
    [
      of,
      ...graph.edges
        .filter(({ to, kind }) => to === of && kind === 'made')
        .map(({ from }) => from),
    ],
    graph,
    ['same'],
  );
  const into = (kind: string) =>
    graph.edges.flatMap(edge =>
      edge.kind === kind && makers.has(edge.to)
        ? nodes.get(edge.from) ?? []
        : [],
    );
  const put = (path: CardPath, value: string, from: LineageNode[]) =>
    fields.set(path, {
      value,
      provenance: {
        from: 'derived',
        evidence: null,
        by: null,
        at: null,
        nodes: from.slice(0, MOST_NAMED).map(({ id }) => id),
      },
    });

  const { version } = registry;
  const others = version.datasets
    .filter(dataset =>
      dataset.context === null
        ? isOnlyMeasuredOn(version, dataset)
        : !isForTraining(dataset),
    )
    .map(({ name }) => name);
  const read = unique(
    into('input').filter(
      ({ kind, name }) => kind === 'dataset' && !others.includes(name),
    ),
  );
  const known = identical(
    read.map(({ id }) => id),
    graph,
    SAME_THING,
  );
  const origins = upstreamOf(known, graph);
  const behind = graph.nodes.filter(
    ({ id, kind }) => kind === 'dataset' && origins.has(id) && !known.has(id),
  );
  const { trainingData } = registry;
  if (trainingData ? behind.length > 0 : read.length > 0) {
    const words =
      trainingData?.value ??
      named(read)
        .map(name => `- ${name}`)
        .join('\n');
    const made =
      behind.length > 0 ? `\n\nMade from ${named(behind).join(', ')}` : '';
    put('trainingData', `${words}${made}`, [...read, ...behind]);
  }
  const code = unique(into('code'));
  if (code.length > 0) {
    put('code', named(code).join('; '), code);
  }
  return fields;
}

/** All names of some nodes. */
function identical(
  ids: string[],
  graph: LineageGraph,
  kinds: string[],
): Set<string> {
  const found = new Set(ids);
  let before = 0;
  while (before < found.size) {
    before = found.size;
    for (const { from, to, kind } of graph.edges) {
      if (kinds.includes(kind) && (found.has(from) || found.has(to))) {
        found.add(from).add(to);
      }
    }
  }
  return found;
}

/** Some nodes and all that leads to them; what else the run read that made the version is not among it. */
function upstreamOf(ids: Set<string>, graph: LineageGraph): Set<string> {
  const found = new Set(ids);
  let before = 0;
  while (before < found.size) {
    before = found.size;
    for (const { from, to, kind } of graph.edges) {
      if (found.has(to) && kind !== EVALUATED) {
        found.add(from);
      } else if (SAME_THING.includes(kind) && found.has(from)) {
        found.add(to);
      }
    }
  }
  return found;
}

function unique(nodes: LineageNode[]): LineageNode[] {
  return [...new Map(nodes.map(node => [node.id, node])).values()];
}

function named(nodes: LineageNode[]): string[] {
  const names = nodes
    .slice(0, MOST_NAMED)
    .map(({ kind, name, version }) =>
      version === null
        ? name
        : `${name} (${kind === 'code' ? 'commit' : 'version'} ${version})`,
    );
  const more = nodes.length - names.length;
  return more > 0 ? [...names, `and ${more} more`] : names;
}
