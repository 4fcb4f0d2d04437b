import {
  LineageGraph,
  LineageKind,
  LineageNode,
} from '@modelport/plugin-modelport-common';
import { CsvCell } from '../components/csv';

const SIDES = ['from', 'to'] as const;

/** The edges of a graph as rows of a file: what leads to what, each by kind, name, version and id. */
export function lineageRows(
  graph: LineageGraph,
  kindOf: (kind: LineageKind) => string,
): CsvCell[][] {
  const nodes = new Map(graph.nodes.map(node => [node.id, node]));
  const cellsOf = (node: LineageNode | undefined): CsvCell[] => [
    node && kindOf(node.kind),
    node?.name,
    node?.version,
    node?.id,
  ];
  return [
    [
      ...SIDES.flatMap(side =>
        ['kind', 'name', 'version', 'id'].map(part => `${side} ${part}`),
      ),
      'edge',
    ],
    ...graph.edges.map(({ from, to, kind }) => [
      ...cellsOf(nodes.get(from)),
      ...cellsOf(nodes.get(to)),
      kind,
    ]),
  ];
}
