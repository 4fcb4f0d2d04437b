import { Theme } from '@mui/material/styles';
import { Handle, Node, NodeProps, Position } from '@xyflow/react';
import { BOX_HEIGHT, BOX_WIDTH } from './sizes';

const BOX = 'modelport-graph-box';

/** A node as React Flow draws it. */
export type BoxNode = Node<
  {
    id: string;
    label: string;
    kind: string;
    colour: string;
    marked: boolean;
    selected: boolean;
    onSelect: (id: string) => void;
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
      padding: '0 8px',
      textAlign: 'left',
      cursor: 'pointer',
      color: palette.text.primary,
      backgroundColor: palette.background.paper,
      border: `1px solid ${palette.divider}`,
      borderLeftWidth: 6,
      borderRadius: `${shape.borderRadius}px`,
      fontFamily: typography.fontFamily,
      fontSize: typography.body2.fontSize,
      '& small': {
        display: 'block',
        color: palette.text.secondary,
        fontSize: typography.caption.fontSize,
      },
      '& span': {
        display: 'block',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      },
      '&:hover': { borderColor: palette.text.secondary },
      '&.marked': { outline: `2px solid ${palette.warning.main}` },
      '&[aria-pressed=true], &:focus-visible': {
        outline: `2px solid ${palette.primary.main}`,
      },
    },
  } as const;
}

/** A node: what it is, and its name. */
export function GraphBox({ data }: NodeProps<BoxNode>) {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <button
        type="button"
        className={data.marked ? `${BOX} marked` : BOX}
        style={{ borderLeftColor: data.colour }}
        onClick={() => data.onSelect(data.id)}
        aria-pressed={data.selected}
        title={data.label}
      >
        <small>{data.kind}</small>
        <span>{data.label}</span>
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}
