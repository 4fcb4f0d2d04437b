import { RefObject, useEffect, useRef, useState } from 'react';

/**
 * A canvas as wide as what it stands in, drawn again whenever that or what is drawn changes; sharp on dense screens.
 *
 * @param draw - changes whenever there is something else to draw.
 */
export function useCanvas(
  height: number,
  draw: (context: CanvasRenderingContext2D, width: number) => void,
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
    const context = width > 0 ? canvas.current?.getContext('2d') : null;
    if (!canvas.current || !context) {
      return;
    }
    const density = window.devicePixelRatio || 1;
    canvas.current.width = width * density;
    canvas.current.height = height * density;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context, width);
  }, [draw, width, height]);
  return { box, canvas, width };
}
