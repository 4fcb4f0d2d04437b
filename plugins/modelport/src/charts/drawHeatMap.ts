/** What a cell of a heat map shows. */
export interface HeatCell {
  /** From 0 to 1; how strong the colour is. */
  strength: number;
  /** `breach` has a dot, `quiet` is hatched, `none` is left empty. */
  look: 'calm' | 'breach' | 'quiet' | 'none';
}

/** More pixels than this a canvas may not have in every browser. */
const MOST_PIXELS = 16_000_000;
const LEAST_ALPHA = 0.08;
const LABEL_WIDTH = 64;

/** Draws a heat map; looks differ in more than their colour. */
export function drawHeatMap(
  canvas: HTMLCanvasElement,
  map: {
    rows: number;
    columns: ReadonlyArray<string>;
    cellOf: (row: number, column: number) => HeatCell;
    columnWidth: number;
    rowHeight: number;
    headHeight: number;
    colours: {
      calm: string;
      breach: string;
      quiet: string;
      text: string;
      mark: string;
      font: string;
    };
  },
): void {
  const { rows, columns, columnWidth, rowHeight, headHeight, colours } = map;
  const width = columnWidth * columns.length;
  const height = headHeight + rowHeight * rows;
  const scale = Math.min(
    window.devicePixelRatio || 1,
    Math.max(1, Math.sqrt(MOST_PIXELS / Math.max(1, width * height))),
  );
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (!context) {
    return;
  }
  context.scale(scale, scale);
  context.clearRect(0, 0, width, height);
  context.font = `11px ${colours.font}`;
  context.fillStyle = colours.text;
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / columnWidth));
  columns.forEach((label, column) => {
    if (column % every === 0) {
      context.fillText(label, column * columnWidth + 1, headHeight - 7);
    }
  });
  const gap = columnWidth > 8 ? 1 : 0;
  for (let row = 0; row < rows; row++) {
    const y = headHeight + row * rowHeight;
    for (let column = 0; column < columns.length; column++) {
      const cell = map.cellOf(row, column);
      if (cell.look !== 'none') {
        const x = column * columnWidth;
        context.globalAlpha =
          cell.look === 'quiet'
            ? 0.25
            : LEAST_ALPHA + (1 - LEAST_ALPHA) * cell.strength;
        context.fillStyle = colours[cell.look];
        context.fillRect(x, y, columnWidth - gap, rowHeight - 1);
        context.globalAlpha = 1;
        drawMark(context, cell.look, {
          x,
          y,
          width: columnWidth - gap,
          height: rowHeight - 1,
          colours,
        });
      }
    }
  }
}

function drawMark(
  context: CanvasRenderingContext2D,
  look: HeatCell['look'],
  box: {
    x: number;
    y: number;
    width: number;
    height: number;
    colours: { mark: string; quiet: string };
  },
): void {
  const { x, y, width, height, colours } = box;
  if (look === 'breach') {
    context.fillStyle = colours.mark;
    context.beginPath();
    context.arc(
      x + width / 2,
      y + height / 2,
      Math.min(3, width / 3),
      0,
      2 * Math.PI,
    );
    context.fill();
  } else if (look === 'quiet') {
    context.strokeStyle = colours.quiet;
    context.beginPath();
    context.moveTo(x, y + height);
    context.lineTo(x + width, y);
    context.stroke();
  }
}
