import { RefObject, useEffect, useRef, useState } from 'react';

/** How long pieces are drawn before the page may do something else. */
const SLICE_MS = 50;

/**
 * A canvas as wide as what it stands in, drawn again whenever that or what is drawn changes; sharp on dense screens.
 *
 * @param draw - changes whenever there is something else to draw. Where it gives pieces, they are drawn one after the
 * other as they are asked for, with pauses; until then the canvas says that it is busy.
 */
export function useCanvas(
  height: number,
  draw: (
    context: CanvasRenderingContext2D,
    width: number,
  ) => Iterator<undefined> | undefined,
): {
  box: RefObject<HTMLDivElement>;
  canvas: RefObject<HTMLCanvasElement>;
  width: number;
} {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) {
      return undefined;
    }
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = canvas.current;
    const context = width > 0 ? element?.getContext('2d') : null;
    if (!element || !context) {
      return undefined;
    }
    const density = window.devicePixelRatio || 1;
    element.width = width * density;
    element.height = height * density;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    const pieces = draw(context, width);
    let later: number | undefined;
    const go = () => {
      const until = performance.now() + SLICE_MS;
      while (performance.now() < until) {
        if (!pieces || pieces.next().done) {
          element.removeAttribute('aria-busy');
          return;
        }
      }
      element.setAttribute('aria-busy', 'true');
      later = window.setTimeout(go);
    };
    go();
    return () => window.clearTimeout(later);
  }, [draw, width, height]);
  return { box, canvas, width };
}
