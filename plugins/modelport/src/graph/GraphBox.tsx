import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { Handle, Node, NodeProps, Position } from '@xyflow/react';

export const BOX_WIDTH = 220;
export const BOX_HEIGHT = 52;

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

/** A node: what it is, and its name. */
export function GraphBox({ data }: NodeProps<BoxNode>) {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <ButtonBase
        onClick={() => data.onSelect(data.id)}
        aria-pressed={data.selected}
        title={data.label}
        sx={{
          width: BOX_WIDTH,
          height: BOX_HEIGHT,
          px: 1,
          display: 'block',
          textAlign: 'left',
          bgcolor: 'background.paper',
          border: 1,
          borderRadius: 1,
          borderColor: data.selected ? 'primary.main' : 'divider',
          borderLeft: `6px solid ${data.colour}`,
          outline: data.marked ? '2px solid' : undefined,
          outlineColor: 'warning.main',
          '&:focus-visible': { outline: '2px solid' },
        }}
      >
        <Typography variant="caption" color="text.secondary" display="block">
          {data.kind}
        </Typography>
        <Typography variant="body2" noWrap>
          {data.label}
        </Typography>
      </ButtonBase>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}
