import { FitViewOptions, useReactFlow, useStore } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { Point } from './layeredLayout';
import { BOX_HEIGHT, BOX_WIDTH } from './sizes';

/** Room that is left around a box that is brought into sight. */
const MARGIN = 20;

/**
 * Fits a graph that is seen as a whole anew when its frame changes, as it does when a panel opens beside it, and brings
 * into sight what is selected or what the arrow keys lead to.
 */
export function KeepInSight(props: {
  places: Map<string, Point>;
  reached: string | undefined;
  selected: string | undefined;
  opensOn: FitViewOptions;
}) {
  const { places, reached, selected, opensOn } = props;
  const { fitView, getViewport, setCenter } = useReactFlow();
  const width = useStore(state => state.width);
  const height = useStore(state => state.height);
  const fitted = useRef<number>();
  const show = useCallback(
    (id: string | undefined) => {
      const place = id === undefined ? undefined : places.get(id);
      if (!place || width === 0) {
        return;
      }
      const { x, y, zoom } = getViewport();
      const [left, top] = [place.x * zoom + x, place.y * zoom + y];
      const isInSight =
        left >= MARGIN &&
        top >= MARGIN &&
        left + BOX_WIDTH * zoom <= width - MARGIN &&
        top + BOX_HEIGHT * zoom <= height - MARGIN;
      if (!isInSight) {
        setCenter(place.x + BOX_WIDTH / 2, place.y + BOX_HEIGHT / 2, { zoom });
      }
    },
    [places, width, height, getViewport, setCenter],
  );
  useEffect(() => show(reached), [show, reached]);
  useEffect(() => {
    // React Flow fits the graph into its first frame by itself.
    const isResized = fitted.current !== undefined && fitted.current !== width;
    if (width > 0) {
      fitted.current = width;
    }
    if (isResized && !opensOn.nodes) {
      fitView(opensOn).then(() => show(selected));
    } else {
      show(selected);
    }
  }, [width, fitView, opensOn, show, selected]);
  return null;
}
