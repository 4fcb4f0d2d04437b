import { PointerEvent, RefObject, useEffect, useRef } from 'react';

/** The part of an axis that is shown: where it starts, from 0 to 1, and how often the part fits into the whole. */
export interface AxisView {
  start: number;
  zoom: number;
}

/** All of it. */
export const WHOLE: AxisView = { start: 0, zoom: 1 };

const MOST_ZOOM = 64;
const STEP = 2;
/** Of the part that is shown. */
const PAN_SHARE = 0.25;
/** Pixels; less is a click. */
const DRAG = 4;

/** What moves the part that is shown, for buttons. */
export interface PanZoomActions {
  zoomIn(): void;
  zoomOut(): void;
  left(): void;
  right(): void;
  whole(): void;
  isWhole: boolean;
}

/** The same part zoomed around a place of it, from 0 to 1, or moved by a share of it; never out of the axis. */
export function movedView(
  { start, zoom }: AxisView,
  change: { factor?: number; around?: number; by?: number },
): AxisView {
  const { factor = 1, around = 0.5, by = 0 } = change;
  const next = Math.min(MOST_ZOOM, Math.max(1, zoom * factor));
  const fixed = start + around / zoom;
  const moved = fixed - around / next + by / next;
  return {
    zoom: next,
    start: Math.min(1 - 1 / next, Math.max(0, moved)),
  };
}

/** Zooms by the wheel with Ctrl and by buttons, pans by dragging and by buttons. */
export function usePanZoom(options: {
  canvas: RefObject<HTMLCanvasElement>;
  view: AxisView;
  onChange: (view: AxisView) => void;
  /** Pixels left of the plot. */
  gutter: number;
  /** Pixels of the plot. */
  plot: number;
}) {
  const { canvas, view, onChange, gutter, plot } = options;
  const drag = useRef<{ x: number; from: AxisView; moved: boolean }>();
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const element = canvas.current;
    if (!element) {
      return undefined;
    }
    const onWheel = (event: WheelEvent) => {
      // Without Ctrl the page scrolls.
      if (!event.ctrlKey) {
        return;
      }
      event.preventDefault();
      const now = latest.current;
      const { left } = element.getBoundingClientRect();
      const around = (event.clientX - left - now.gutter) / now.plot;
      now.onChange(
        movedView(now.view, {
          factor: event.deltaY < 0 ? STEP : 1 / STEP,
          around: Math.min(1, Math.max(0, around)),
        }),
      );
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [canvas]);
  const change = (part: Parameters<typeof movedView>[1]) => () =>
    onChange(movedView(view, part));
  const actions: PanZoomActions = {
    zoomIn: change({ factor: STEP }),
    zoomOut: change({ factor: 1 / STEP }),
    left: change({ by: -PAN_SHARE }),
    right: change({ by: PAN_SHARE }),
    whole: () => onChange(WHOLE),
    isWhole: view.zoom === 1,
  };
  return {
    actions,
    /** Whether the pointer was moved between press and release, so that its click is none. */
    wasDragged: () => drag.current?.moved ?? false,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
        drag.current = { x: event.clientX, from: view, moved: false };
        if (view.zoom > 1 && event.clientX > gutter) {
          event.currentTarget.setPointerCapture(event.pointerId);
        }
      },
      onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
        const { current } = drag;
        if (!current || event.buttons === 0) {
          return;
        }
        const pixels = event.clientX - current.x;
        current.moved ||= Math.abs(pixels) >= DRAG;
        if (current.moved) {
          onChange(movedView(current.from, { by: -pixels / plot }));
        }
      },
    },
  };
}
