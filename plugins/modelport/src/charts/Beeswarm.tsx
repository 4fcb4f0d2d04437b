import { MouseEvent, ReactNode, useCallback, useMemo, useState } from 'react';
import { colourSteps, stepOf } from './colourSteps';
import { linearScale } from './linearScale';
import { Swarm, swarm } from './swarm';
import { useCanvas } from './useCanvas';
import { PanZoomActions, usePanZoom, WHOLE } from './usePanZoom';

const ROW = 30;
const AXIS = 34;
const MARK = 2.4;
const NARROW = 560;
const RIGHT = 12;
const ROUNDS = 4;
/** Layouts kept, one a width. */
const MOST_LAID_OUT = 4;

/** One row of marks. */
export interface BeeswarmRow {
  label: string;
  values: ArrayLike<number>;
  /** From 0 to 1; null is grey. */
  colours: ReadonlyArray<number | null>;
}

/** Colours of a chart on canvas. */
export interface CanvasColours {
  low: string;
  high: string;
  none: string;
  text: string;
  line: string;
  font: string;
}

/** Rows of marks over one axis, stacked where they would hide each other; drawn on canvas, since there are many. */
export default function Beeswarm(props: {
  rows: ReadonlyArray<BeeswarmRow>;
  xLabel: string;
  summary: string;
  colours: CanvasColours;
  format: (value: number) => string;
  /** Draws what changes the part that is shown. */
  controls?: (actions: PanZoomActions) => ReactNode;
  /** Told of the place of a mark in its row. */
  onPick?: (place: number) => void;
}) {
  const { rows, xLabel, summary, colours, format, onPick } = props;
  const height = rows.length * ROW + AXIS;
  const scale = useMemo(
    () =>
      linearScale(
        (function* all() {
          yield 0;
          for (const row of rows) {
            yield* Array.from(row.values);
          }
        })(),
        { ticks: 6 },
      ),
    [rows],
  );
  const swarmsOf = useMemo(() => {
    const laidOut = new Map<number, Swarm[]>();
    return (plot: number) => {
      if (laidOut.size > MOST_LAID_OUT) {
        laidOut.clear();
      }
      const known =
        laidOut.get(plot) ??
        rows.map(row =>
          swarm(row.values, {
            at: scale.at,
            width: plot,
            height: ROW - 6,
            mark: MARK,
          }),
        );
      laidOut.set(plot, known);
      return known;
    };
  }, [rows, scale]);
  const [view, setView] = useState(WHOLE);
  const { start, zoom } = view;
  const ticks = useMemo(
    () =>
      zoom === 1
        ? scale.ticks
        : linearScale(
            [start, start + 1 / zoom].map(
              share => scale.min + share * (scale.max - scale.min),
            ),
            { ticks: 6 },
          ).ticks,
    [scale, start, zoom],
  );
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number) => {
      const left = gutterOf(width);
      const plot = width - left - RIGHT;
      const steps = colourSteps(colours.low, colours.high);
      context.font = `12px ${colours.font}`;
      context.lineWidth = 1;
      context.textBaseline = 'middle';
      context.strokeStyle = colours.line;
      context.fillStyle = colours.text;
      context.textAlign = 'center';
      const shift = left - start * plot * zoom;
      for (const tick of ticks) {
        const x = shift + scale.at(tick) * plot * zoom;
        if (x < left - 1 || x > left + plot + 1) {
          continue;
        }
        context.globalAlpha = tick === 0 ? 1 : 0.5;
        context.beginPath();
        context.moveTo(x, 0);
        context.lineTo(x, height - AXIS + 4);
        context.stroke();
        context.globalAlpha = 1;
        context.fillText(format(tick), x, height - AXIS + 12);
      }
      context.fillText(xLabel, left + plot / 2, height - 7);
      const swarms = swarmsOf(plot * zoom);
      for (const [place, row] of rows.entries()) {
        const middle = place * ROW + ROW / 2;
        context.fillStyle = colours.text;
        context.textAlign = 'right';
        context.fillText(
          shortened(context, row.label, left - 10),
          left - 6,
          middle,
        );
        const { x, y } = swarms[place];
        context.globalAlpha = 0.85;
        for (const { step, marks } of batchesOf(row.colours, x.length)) {
          context.fillStyle = step < 0 ? colours.none : steps[step];
          for (const i of marks) {
            const at = shift + x[i];
            if (at >= left && at <= left + plot) {
              context.fillRect(
                at - MARK / 2,
                middle + y[i] - MARK / 2,
                MARK,
                MARK,
              );
            }
          }
        }
        context.globalAlpha = 1;
      }
    },
    [
      rows,
      scale,
      colours,
      format,
      xLabel,
      height,
      swarmsOf,
      start,
      zoom,
      ticks,
    ],
  );
  const { box, canvas, width } = useCanvas(height, draw);
  const panZoom = usePanZoom({
    canvas,
    view,
    onChange: setView,
    gutter: gutterOf(width),
    plot: width - gutterOf(width) - RIGHT,
  });
  const pick = (event: MouseEvent<HTMLCanvasElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const place = Math.floor((event.clientY - bounds.top) / ROW);
    const left = gutterOf(width);
    const reach = (width - left - RIGHT) * zoom;
    const found = swarmsOf(reach)[place];
    if (onPick && found && !panZoom.wasDragged()) {
      const nearest = nearestTo(
        found,
        event.clientX - bounds.left - left + start * reach,
        event.clientY - bounds.top - place * ROW - ROW / 2,
      );
      if (nearest >= 0) {
        onPick(nearest);
      }
    }
  };
  return (
    <div ref={box} style={{ width: '100%' }}>
      {props.controls?.(panZoom.actions)}
      <canvas
        {...panZoom.handlers}
        ref={canvas}
        role="img"
        aria-label={summary}
        style={{
          width: '100%',
          height,
          display: 'block',
          cursor: cursorOf(zoom, onPick !== undefined),
          touchAction: zoom === 1 ? 'auto' : 'pan-y',
        }}
        onClick={pick}
      />
    </div>
  );
}

/**
 * Marks of one colour together, since changing it is what takes time; in several rounds, so that where marks lie on each
 * other none of the colours hides all others.
 */
function batchesOf(colours: BeeswarmRow['colours'], marks: number) {
  const batches = new Map<number, { step: number; marks: number[] }>();
  for (let i = 0; i < marks; i++) {
    const step = stepOf(colours[i] ?? null);
    const key = (i % ROUNDS) * 1_000 + step;
    const batch = batches.get(key) ?? { step, marks: [] };
    batch.marks.push(i);
    batches.set(key, batch);
  }
  return [...batches].sort(([a], [b]) => a - b).map(([, batch]) => batch);
}

const REACH = 8;

function nearestTo({ x, y }: Swarm, atX: number, atY: number): number {
  let nearest = -1;
  let least = REACH ** 2;
  for (let i = 0; i < x.length; i++) {
    const distance = (x[i] - atX) ** 2 + (y[i] - atY) ** 2;
    if (distance < least) {
      least = distance;
      nearest = i;
    }
  }
  return nearest;
}

function cursorOf(zoom: number, picks: boolean): string {
  if (zoom > 1) {
    return 'grab';
  }
  return picks ? 'pointer' : 'default';
}

function gutterOf(width: number): number {
  return width < NARROW ? 104 : 190;
}

function shortened(
  context: CanvasRenderingContext2D,
  text: string,
  width: number,
): string {
  if (context.measureText(text).width <= width) {
    return text;
  }
  let length = text.length;
  while (
    length > 1 &&
    context.measureText(`${text.slice(0, length)}…`).width > width
  ) {
    length--;
  }
  return `${text.slice(0, length)}…`;
}
