import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import {
  Background,
  Controls,
  Edge,
  MarkerType,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useMemo } from 'react';
import { BoxNode, boxStyles, GraphBox } from './GraphBox';
import { BOX_HEIGHT, BOX_WIDTH, COLUMN, ROW } from './sizes';
import { LayoutEdge, Place } from './layeredLayout';

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

/** A graph with more nodes opens on its centre, so that few of them are mounted. */
const SEEN_AT_ONCE = 150;
const READABLE_ZOOM = 0.5;
const NODE_TYPES = { box: GraphBox };
const SIZE = { width: BOX_WIDTH, height: BOX_HEIGHT };
/** Where edges leave and reach a box. React Flow mounts every node once to measure what it isn't told. */
const HANDLES = [
  {
    type: 'target' as const,
    position: Position.Left,
    x: 0,
    y: BOX_HEIGHT / 2,
  },
  {
    type: 'source' as const,
    position: Position.Right,
    x: BOX_WIDTH,
    y: BOX_HEIGHT / 2,
  },
];

/** A graph from left to right, of which only what is in sight is mounted. */
export default function GraphView(props: {
  label: string;
  nodes: GraphNode[];
  edges: LayoutEdge[];
  places: Map<string, Place>;
  /** Ids of what a large graph opens on. */
  centre: string[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}) {
  const { label, nodes, edges, places, centre, selected, onSelect } = props;
  const theme = useTheme();
  const boxes = useMemo(
    () =>
      nodes.map((node): BoxNode => {
        const { column, row } = places.get(node.id) ?? { column: 0, row: 0 };
        return {
          id: node.id,
          type: 'box',
          position: { x: column * COLUMN, y: row * ROW },
          ...SIZE,
          measured: SIZE,
          handles: HANDLES,
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
    <Box
      sx={{
        height: '100%',
        ...boxStyles(theme),
        '& .react-flow': { '--xy-edge-stroke': theme.palette.text.secondary },
      }}
    >
      <ReactFlow
        aria-label={label}
        nodes={boxes}
        edges={lines}
        nodeTypes={NODE_TYPES}
        colorMode={theme.palette.mode}
        defaultMarkerColor={theme.palette.text.secondary}
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
    </Box>
  );
}
