import { BaseEdge, Edge, EdgeProps } from '@xyflow/react';

/** An edge as React Flow draws it: along the route that the layout found for it. */
export type RouteEdge = Edge<{ path: string }, 'route'>;

/** An edge on its way around the boxes. */
export function GraphRoute(props: EdgeProps<RouteEdge>) {
  const { id, data, markerEnd } = props;
  return (
    <BaseEdge
      id={id}
      path={data?.path ?? ''}
      markerEnd={markerEnd}
      interactionWidth={0}
    />
  );
}
