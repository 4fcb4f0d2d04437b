import { NodeToWrite } from './lineageNodes';

/**
 * What an edge says, from left to right: a dataset is an `input` of a run and its `output`, or a run was only `evaluated`
 * on it; `code`, a `job` or a `parent` run made a run; a run `made` a version; a version is `deployed`, and a deployment `serves` a consumer; a
 * `column` makes another; a dataset has a `version` and a `location`; `same` are two names of one thing.
 */
export type EdgeKind =
  | 'input'
  | 'evaluated'
  | 'output'
  | 'code'
  | 'job'
  | 'parent'
  | 'made'
  | 'deployed'
  | 'serves'
  | 'column'
  | 'version'
  | 'location'
  | 'same';

/** An edge between two nodes, by their keys. */
export interface EdgeToWrite {
  from: string;
  to: string;
  kind: EdgeKind;
}

/** Nodes and edges that belong together; each once. */
export class GraphPart {
  readonly nodes = new Map<string, NodeToWrite>();
  readonly edges = new Map<string, EdgeToWrite>();

  add<T extends NodeToWrite>(node: T): T {
    this.nodes.set(node.key, node);
    return node;
  }

  connect(from: NodeToWrite, kind: EdgeKind, to: NodeToWrite): void {
    this.add(from);
    this.add(to);
    if (from.key !== to.key) {
      this.edges.set(`${from.key} ${to.key} ${kind}`, {
        from: from.key,
        to: to.key,
        kind,
      });
    }
  }

  /** Two names of one thing: whoever finds the one finds the other. */
  identify(a: NodeToWrite, b: NodeToWrite): void {
    this.connect(a, 'same', b);
    this.connect(b, 'same', a);
  }
}
