import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import {
  Background,
  Controls,
  MarkerType,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { EdgeThickness } from './EdgeThickness';
import { BoxNode, boxStyles, GraphBox } from './GraphBox';
import { GraphRoute, RouteEdge } from './GraphRoute';
import { KeepInSight } from './KeepInSight';
import { DrawnEdge, Layout } from './layeredLayout';
import { routePath } from './routePath';
import { BOX_HEIGHT, BOX_WIDTH } from './sizes';
import { stepTo } from './stepTo';

/** A node to draw. */
export interface GraphNode {
  id: string;
  /** What it is called, without what would be too long. */
  shortLabel: string;
  /** All of what it is called, seen when the pointer rests on it. */
  title: string;
  /** What it is, above the label. */
  kind: string;
  /** Colour of its left side. */
  colour: string;
  /** Stands out, as what was searched for does. */
  marked: boolean;
}

/** A graph with more nodes opens on its centre, so that few of them are mounted; in a narrow window each does. */
const SEEN_AT_ONCE = 150;
const READABLE_ZOOM = 0.5;
const NODE_TYPES = { box: GraphBox };
const EDGE_TYPES = { route: GraphRoute };
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

/**
 * A graph from left to right. Of a large one only what is in sight is mounted; the arrow keys lead to the rest.
 */
export default function GraphView(props: {
  label: string;
  nodes: GraphNode[];
  edges: DrawnEdge[];
  layout: Layout;
  /** Ids of what a large graph opens on. */
  centre: string[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}) {
  const { label, nodes, edges, layout, centre, selected, onSelect } = props;
  const theme = useTheme();
  const { palette } = theme;
  const isLarge = nodes.length > SEEN_AT_ONCE;
  const isNarrow = useMediaQuery(theme.breakpoints.down('sm'));
  const focused = useRef<string>();
  const [reached, setReached] = useState<string>();
  const onFocus = useCallback((id: string) => {
    focused.current = id;
    setReached(before => (before === id ? id : undefined));
  }, []);
  const boxes = useMemo(
    () =>
      nodes.map(
        (node): BoxNode => ({
          id: node.id,
          type: 'box',
          position: layout.places.get(node.id) ?? { x: 0, y: 0 },
          ...SIZE,
          measured: SIZE,
          handles: HANDLES,
          data: {
            ...node,
            selected: node.id === selected,
            reached: node.id === reached,
            onSelect,
            onFocus,
          },
        }),
      ),
    [nodes, layout, selected, reached, onSelect, onFocus],
  );
  const lines = useMemo(
    () =>
      edges.map(({ from, to, dashed }, index): RouteEdge => {
        const stands = from === selected || to === selected;
        const color = stands ? palette.primary.main : palette.text.secondary;
        return {
          id: JSON.stringify([from, to]),
          type: 'route',
          source: from,
          target: to,
          focusable: false,
          selected: stands,
          data: { path: routePath(layout.routes[index] ?? []), dashed },
          markerEnd: { type: MarkerType.ArrowClosed, color },
          // Lines are for the eye; the table says the same in words.
          domAttributes: { 'aria-hidden': true },
          zIndex: stands ? 1 : 0,
        };
      }),
    [edges, layout, selected, palette],
  );
  const opensOn = useMemo(
    () =>
      isLarge || isNarrow
        ? {
            maxZoom: 1,
            minZoom: READABLE_ZOOM,
            nodes: centre.map(id => ({ id })),
          }
        : { maxZoom: 1, padding: 0.05 },
    [isLarge, isNarrow, centre],
  );
  const step = (event: KeyboardEvent) => {
    const to =
      focused.current && event.target instanceof HTMLButtonElement
        ? stepTo(focused.current, event.key, { edges, places: layout.places })
        : undefined;
    if (to !== undefined) {
      event.preventDefault();
      setReached(to);
    }
  };
  return (
    <Box
      onKeyDown={step}
      sx={{
        height: '100%',
        ...boxStyles(theme),
        '& .react-flow': {
          '--xy-edge-stroke': palette.text.secondary,
          '--xy-edge-stroke-selected': palette.primary.main,
        },
        // Arrows say where edges end.
        '& .react-flow__handle': { visibility: 'hidden' },
      }}
    >
      <ReactFlow
        aria-label={label}
        nodes={boxes}
        edges={lines}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        colorMode={palette.mode}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        onlyRenderVisibleElements={isLarge}
        deleteKeyCode={null}
        fitView
        fitViewOptions={opensOn}
        minZoom={0.05}
      >
        <KeepInSight
          places={layout.places}
          reached={reached}
          selected={selected}
          opensOn={opensOn}
        />
        {!isLarge && <EdgeThickness />}
        <Background />
        <Controls showInteractive={false} fitViewOptions={{ maxZoom: 1 }} />
      </ReactFlow>
    </Box>
  );
}
