import { CustomErrorBase } from '@backstage/errors';

/** More than one request may hold, which may come in several. */
export class TooMuchError extends CustomErrorBase {
  readonly name = 'PayloadTooLargeError';
  readonly statusCode = 413;
}

/** Nodes and edges that one request may tell of. */
const MOST_OF_GRAPH = 120_000;

/** @throws `TooMuchError` where a request tells of more nodes and edges than are held at once. */
export function refuseLargeGraph(graph: {
  nodes: { size: number };
  edges: { size: number };
}): void {
  if (graph.nodes.size + graph.edges.size > MOST_OF_GRAPH) {
    throw new TooMuchError(
      `The body tells of more than ${MOST_OF_GRAPH} nodes and edges; expected ${MOST_OF_GRAPH} at most. Nothing of the request was kept. Send it in several requests.`,
    );
  }
}
