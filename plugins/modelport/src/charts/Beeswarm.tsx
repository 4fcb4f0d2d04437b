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
        rows.reduce((ends, row) => endsOf(row.values, ends), [0, 0]),
        { ticks: 6 },
      ),
    [rows],
  );
  const swarmOf = useMemo(() => {
    const laidOut = new Map<number, Map<number, Swarm>>();
    return (plot: number, place: number) => {
      if (laidOut.size > MOST_LAID_OUT) {
        laidOut.clear();
      }
      const ofWidth = laidOut.get(plot) ?? new Map<number, Swarm>();
      laidOut.set(plot, ofWidth);
      const known =
        ofWidth.get(place) ??
        swarm(rows[place].values, {
          at: scale.at,
          width: plot,
          height: ROW - 6,
          mark: MARK,
        });
      ofWidth.set(place, known);
      return known;
    };
  }, [rows, scale]);
  const batches = useMemo(() => {
    const known = new Map<number, ReturnType<typeof batchesOf>>();
    return (place: number) => {
      const found =
        known.get(place) ??
        batchesOf(rows[place].colours, rows[place].values.length);
      known.set(place, found);
      return found;
    };
  }, [rows]);
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
    function* pieces(context: CanvasRenderingContext2D, width: number) {
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
      for (const [place, row] of rows.entries()) {
        yield undefined;
        const middle = place * ROW + ROW / 2;
        context.fillStyle = colours.text;
        context.textAlign = 'right';
        context.fillText(
          shortened(context, row.label, left - 10),
          left - 6,
          middle,
        );
        const { x, y } = swarmOf(plot * zoom, place);
        context.globalAlpha = 0.85;
        for (const { step, marks } of batches(place)) {
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
      return undefined;
    },
    [
      rows,
      scale,
      colours,
      format,
      xLabel,
      height,
      swarmOf,
      batches,
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
    if (onPick && rows[place] && !panZoom.wasDragged()) {
      const nearest = nearestTo(
        swarmOf(reach, place),
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

/** The least and the most of some numbers and of two others. */
function endsOf(values: ArrayLike<number>, ends: number[]): number[] {
  let [low, high] = ends;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
  }
  return [low, high];
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
