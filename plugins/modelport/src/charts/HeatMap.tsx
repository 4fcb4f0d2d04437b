import { useTheme } from '@mui/material/styles';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { MouseEvent, useEffect, useRef, useState } from 'react';
import { drawHeatMap, HeatCell } from './drawHeatMap';

const ROW_HEIGHT = 24;
const HEAD_HEIGHT = 22;

/** Narrower columns where there are many; the map scrolls sideways. */
function columnWidth(columns: number): number {
  if (columns <= 12) {
    return 56;
  }
  if (columns <= 60) {
    return 20;
  }
  return columns <= 150 ? 10 : 5;
}

/**
 * Rows by columns, coloured by how much there is of something, on a canvas: it holds many thousands of cells. A row opens
 * by its name. Where it scrolls sideways it begins at its last columns. What a cell says stands below while the pointer is on it; all of it should be in a table as well.
 */
export default function HeatMap(props: {
  label: string;
  rows: ReadonlyArray<{ key: string; label: string }>;
  columns: ReadonlyArray<string>;
  cellOf: (row: number, column: number) => HeatCell;
  /** What a cell says, for the line below. */
  textOf: (row: number, column: number) => string;
  hint: string;
  onOpen: (key: string) => void;
}) {
  const { label, rows, columns, cellOf, textOf, hint, onOpen } = props;
  const theme = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<{ row: number; column: number }>();
  const width = columnWidth(columns.length);
  const size = {
    width: width * columns.length,
    height: HEAD_HEIGHT + ROW_HEIGHT * rows.length,
  };

  useEffect(() => {
    if (canvas.current) {
      drawHeatMap(canvas.current, {
        rows: rows.length,
        columns,
        cellOf,
        columnWidth: width,
        rowHeight: ROW_HEIGHT,
        headHeight: HEAD_HEIGHT,
        colours: {
          calm: theme.palette.info.main,
          breach: theme.palette.error.main,
          quiet: theme.palette.text.disabled,
          text: theme.palette.text.secondary,
          mark: theme.palette.background.paper,
          font: theme.typography.fontFamily ?? 'sans-serif',
        },
      });
    }
  }, [rows, columns, cellOf, width, theme]);

  // The last columns are the newest; where not all have room, these are looked at first.
  useEffect(() => {
    if (scroller.current) {
      scroller.current.scrollLeft = scroller.current.scrollWidth;
    }
  }, [size.width]);

  const placeOf = (event: MouseEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.floor(
      (event.clientY - box.top - HEAD_HEIGHT) / ROW_HEIGHT,
    );
    const column = Math.floor((event.clientX - box.left) / width);
    return row >= 0 && row < rows.length && column < columns.length
      ? { row, column }
      : undefined;
  };
  const shown = at && at.row < rows.length ? at : undefined;

  return (
    <>
      <Box
        ref={scroller}
        sx={{ display: 'flex', minWidth: 0, maxHeight: 640, overflow: 'auto' }}
      >
        <Box
          sx={{
            flex: '0 0 auto',
            width: { xs: 132, sm: 220 },
            position: 'sticky',
            left: 0,
            zIndex: 1,
            bgcolor: 'background.paper',
            pt: `${HEAD_HEIGHT}px`,
            height: size.height,
          }}
        >
          {rows.map(row => (
            <ButtonBase
              key={row.key}
              onClick={() => onOpen(row.key)}
              title={row.label}
              sx={{
                display: 'block',
                width: '100%',
                height: ROW_HEIGHT,
                px: 0.5,
                textAlign: 'left',
                typography: 'body2',
                overflow: 'hidden',
                textOverflow: 'ellipsis',
                whiteSpace: 'nowrap',
                color: 'primary.main',
                '&:hover, &:focus-visible': { textDecoration: 'underline' },
              }}
            >
              {row.label}
            </ButtonBase>
          ))}
        </Box>
        <canvas
          ref={canvas}
          role="img"
          aria-label={label}
          style={{ ...size, flex: '0 0 auto', cursor: 'pointer' }}
          onMouseMove={event => setAt(placeOf(event))}
          onMouseLeave={() => setAt(undefined)}
          onClick={event => {
            const place = placeOf(event);
            if (place) {
              onOpen(rows[place.row].key);
            }
          }}
        />
      </Box>
      <Box
        sx={{
          typography: 'body2',
          minHeight: 24,
          mt: 0.5,
          color: 'text.secondary',
        }}
      >
        {shown ? textOf(shown.row, shown.column) : hint}
      </Box>
    </>
  );
}
