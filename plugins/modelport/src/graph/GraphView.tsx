import { useTheme } from '@mui/material/styles';
import {
  Background,
  Controls,
  Edge,
  MarkerType,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useMemo } from 'react';
import { BOX_HEIGHT, BOX_WIDTH, BoxNode, GraphBox } from './GraphBox';
import { layeredLayout, LayoutEdge } from './layeredLayout';

/** A node to draw. */
export interface GraphNode {
  id: string;
  label: string;
  /** What it is, above the label. */
  kind: string;
  /** Colour of its left side. */
  colour: string;
  /** Stands out, as what was searched for does. */
  marked: boolean;
}

const COLUMN = BOX_WIDTH + 90;
const ROW = BOX_HEIGHT + 18;
/** A graph with more nodes opens on its centre, so that few of them are mounted. */
const SEEN_AT_ONCE = 150;
const READABLE_ZOOM = 0.5;
const NODE_TYPES = { box: GraphBox };

/** A graph from left to right, of which only what is in sight is mounted. */
export default function GraphView(props: {
  label: string;
  nodes: GraphNode[];
  edges: LayoutEdge[];
  /** Ids of what a large graph opens on. */
  centre: string[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}) {
  const { label, nodes, edges, centre, selected, onSelect } = props;
  const theme = useTheme();
  const places = useMemo(
    () =>
      layeredLayout(
        nodes.map(node => node.id),
        edges,
      ),
    [nodes, edges],
  );
  const boxes = useMemo(
    () =>
      nodes.map((node): BoxNode => {
        const { column, row } = places.get(node.id) ?? { column: 0, row: 0 };
        return {
          id: node.id,
          type: 'box',
          position: { x: column * COLUMN, y: row * ROW },
          width: BOX_WIDTH,
          height: BOX_HEIGHT,
          data: { ...node, selected: node.id === selected, onSelect },
        };
      }),
    [nodes, places, selected, onSelect],
  );
  const lines = useMemo(
    () =>
      edges.map(
        ({ from, to }): Edge => ({
          id: JSON.stringify([from, to]),
          source: from,
          target: to,
          focusable: false,
          markerEnd: { type: MarkerType.ArrowClosed },
        }),
      ),
    [edges],
  );
  return (
    <ReactFlow
      aria-label={label}
      nodes={boxes}
      edges={lines}
      nodeTypes={NODE_TYPES}
      colorMode={theme.palette.mode}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      onlyRenderVisibleElements
      fitView
      fitViewOptions={
        nodes.length > SEEN_AT_ONCE
          ? {
              maxZoom: 1,
              minZoom: READABLE_ZOOM,
              nodes: centre.map(id => ({ id })),
            }
          : { maxZoom: 1 }
      }
      minZoom={0.05}
    >
      <Background />
      <Controls showInteractive={false} />
    </ReactFlow>
  );
}
