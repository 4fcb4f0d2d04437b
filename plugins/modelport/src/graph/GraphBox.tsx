import { Theme } from '@mui/material/styles';
import { Handle, Node, NodeProps, Position } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { BOX_HEIGHT, BOX_WIDTH } from './sizes';

const BOX = 'modelport-graph-box';

/** A node as React Flow draws it. */
export type BoxNode = Node<
  {
    id: string;
    title: string;
    shortLabel: string;
    kind: string;
    colour: string;
    marked: boolean;
    selected: boolean;
    /** Whether the arrow keys lead to it, so that it takes the focus. */
    reached: boolean;
    onSelect: (id: string) => void;
    onFocus: (id: string) => void;
  },
  'box'
>;

/**
 * How boxes look: said once for all of them. Where the whole of a large graph is in sight there are thousands, and one
 * with styles of its own costs several times as much.
 */
export function boxStyles(theme: Theme) {
  const { palette, shape, typography } = theme;
  return {
    [`& .${BOX}`]: {
      boxSizing: 'border-box',
      display: 'block',
      width: BOX_WIDTH,
      height: BOX_HEIGHT,
      padding: '2px 8px',
      textAlign: 'left',
      cursor: 'pointer',
      color: palette.text.primary,
      backgroundColor: palette.background.paper,
      border: `1px solid ${palette.divider}`,
      borderLeftWidth: 6,
      borderRadius: `${shape.borderRadius}px`,
      fontFamily: typography.fontFamily,
      fontSize: 13,
      lineHeight: '17px',
      '& small': {
        display: 'block',
        color: palette.text.secondary,
        fontSize: 12,
        lineHeight: '16px',
      },
      '& span': {
        display: '-webkit-box',
        WebkitLineClamp: '2',
        WebkitBoxOrient: 'vertical',
        overflow: 'hidden',
        overflowWrap: 'anywhere',
      },
      '&:hover': { borderColor: palette.text.secondary },
      '&.marked': { outline: `2px solid ${palette.warning.main}` },
      '&[aria-pressed=true], &:focus-visible': {
        outline: `2px solid ${palette.primary.main}`,
      },
    },
  } as const;
}

/** A node: what it is, and its name, which is whole in what is shown when the pointer rests on it. */
export function GraphBox({ data }: NodeProps<BoxNode>) {
  const { id, kind, title, shortLabel, reached } = data;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (reached) {
      button.current?.focus({ preventScroll: true });
    }
  }, [reached]);
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <button
        ref={button}
        type="button"
        className={data.marked ? `${BOX} marked` : BOX}
        style={{ borderLeftColor: data.colour }}
        onClick={() => data.onSelect(id)}
        onFocus={() => data.onFocus(id)}
        aria-pressed={data.selected}
        title={title}
      >
        <small>{kind}</small>
        <span>{shortLabel}</span>
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}
