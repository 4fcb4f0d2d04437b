import { LineageGraph, LineageNode } from '@modelport/plugin-modelport-common';

/** Who stands before and after a node. */
export class Neighbours {
  private readonly found = new Map<string, LineageNode[]>();

  constructor(graph: LineageGraph) {
    const nodes = new Map(graph.nodes.map(node => [node.id, node]));
    for (const { from, to, kind } of graph.edges) {
      const [left, right] = [nodes.get(from), nodes.get(to)];
      if (left && right) {
        this.add(`before ${kind} ${to}`, left);
        this.add(`after ${kind} ${from}`, right);
      }
    }
  }

  before(node: LineageNode, ...kinds: string[]): LineageNode[] {
    return this.get('before', node, kinds);
  }

  after(node: LineageNode, ...kinds: string[]): LineageNode[] {
    return this.get('after', node, kinds);
  }

  private get(side: string, node: LineageNode, kinds: string[]) {
    return kinds.flatMap(
      kind => this.found.get(`${side} ${kind} ${node.id}`) ?? [],
    );
  }

  private add(key: string, node: LineageNode): void {
    this.found.set(key, [...(this.found.get(key) ?? []), node]);
  }
}
