import { BaseEdge, Edge, EdgeProps } from '@xyflow/react';
import { DASHES } from './sizes';

/** An edge as React Flow draws it: along the route that the layout found for it. */
export type RouteEdge = Edge<{ path: string; dashed: boolean }, 'route'>;

/** An edge on its way around the boxes. */
export function GraphRoute(props: EdgeProps<RouteEdge>) {
  const { id, data, markerEnd } = props;
  return (
    <BaseEdge
      id={id}
      path={data?.path ?? ''}
      markerEnd={markerEnd}
      strokeDasharray={data?.dashed ? DASHES : undefined}
      interactionWidth={0}
    />
  );
}
