import { MouseEvent, useCallback, useMemo } from 'react';
import { CanvasColours } from './Beeswarm';
import { colourSteps, stepOf } from './colourSteps';
import { linearScale } from './linearScale';
import { useCanvas } from './useCanvas';

const HEIGHT = 320;
const LEFT = 64;
const BOTTOM = 44;
const TOP = 10;
const RIGHT = 12;
const RADIUS = 2;
const REACH = 8;

/** Many points in two dimensions with a colour, drawn on canvas. */
export default function ScatterCanvas(props: {
  xs: ReadonlyArray<number>;
  ys: ReadonlyArray<number>;
  colourOf: ReadonlyArray<number | null>;
  xLabel: string;
  yLabel: string;
  summary: string;
  colours: CanvasColours;
  format: (value: number) => string;
  /** Words in place of the numbers of the axis, by number. */
  categories?: ReadonlyArray<string>;
  onPick?: (place: number) => void;
}) {
  const { xs, ys, colourOf, colours, format, xLabel, yLabel, categories } =
    props;
  const x = useMemo(() => linearScale(xs, { ticks: 6 }), [xs]);
  const y = useMemo(() => linearScale([0, ...ys], { ticks: 5 }), [ys]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number) => {
      const plot = width - LEFT - RIGHT;
      const tall = HEIGHT - TOP - BOTTOM;
      const steps = colourSteps(colours.low, colours.high);
      context.font = `12px ${colours.font}`;
      context.textBaseline = 'middle';
      context.fillStyle = colours.text;
      context.strokeStyle = colours.line;
      context.textAlign = 'right';
      for (const tick of y.ticks) {
        const at = TOP + (1 - y.at(tick)) * tall;
        context.globalAlpha = tick === 0 ? 1 : 0.5;
        context.beginPath();
        context.moveTo(LEFT, at);
        context.lineTo(width - RIGHT, at);
        context.stroke();
        context.globalAlpha = 1;
        context.fillText(format(tick), LEFT - 6, at);
      }
      context.textAlign = 'center';
      for (const tick of x.ticks) {
        context.fillText(
          categories ? categories[tick] ?? '' : format(tick),
          LEFT + x.at(tick) * plot,
          HEIGHT - BOTTOM + 12,
        );
      }
      context.fillText(xLabel, LEFT + plot / 2, HEIGHT - 10);
      context.save();
      context.translate(10, TOP + tall / 2);
      context.rotate(-Math.PI / 2);
      context.fillText(yLabel, 0, 0);
      context.restore();
      context.globalAlpha = 0.75;
      for (const [i, value] of xs.entries()) {
        const step = stepOf(colourOf[i] ?? null);
        context.fillStyle = step < 0 ? colours.none : steps[step];
        context.fillRect(
          LEFT + x.at(value) * plot - RADIUS,
          TOP + (1 - y.at(ys[i])) * tall - RADIUS,
          RADIUS * 2,
          RADIUS * 2,
        );
      }
      context.globalAlpha = 1;
      return undefined;
    },
    [xs, ys, colourOf, colours, format, x, y, xLabel, yLabel, categories],
  );
  const { box, canvas, width } = useCanvas(HEIGHT, draw);
  const pick = (event: MouseEvent<HTMLCanvasElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const plot = width - LEFT - RIGHT;
    const tall = HEIGHT - TOP - BOTTOM;
    let nearest = -1;
    let least = REACH ** 2;
    for (const [i, value] of xs.entries()) {
      const dx = LEFT + x.at(value) * plot - (event.clientX - bounds.left);
      const dy = TOP + (1 - y.at(ys[i])) * tall - (event.clientY - bounds.top);
      if (dx * dx + dy * dy < least) {
        least = dx * dx + dy * dy;
        nearest = i;
      }
    }
    if (nearest >= 0) {
      props.onPick?.(nearest);
    }
  };
  return (
    <div ref={box} style={{ width: '100%' }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={props.summary}
        style={{
          width: '100%',
          height: HEIGHT,
          display: 'block',
          cursor: props.onPick ? 'pointer' : 'default',
        }}
        onClick={pick}
      />
    </div>
  );
}
