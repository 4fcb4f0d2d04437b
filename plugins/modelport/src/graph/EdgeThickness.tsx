import { useStore } from '@xyflow/react';
import { useEffect } from 'react';

/** Thicker lines than this would hide what lies between boxes. */
const THICKEST = 3;

/** Keeps lines as thick as they are at full size, however small the graph is drawn: thinner ones fade away. */
export function EdgeThickness() {
  const zoom = useStore(state => state.transform[2]);
  const frame = useStore(state => state.domNode);
  useEffect(() => {
    frame?.style.setProperty(
      '--xy-edge-stroke-width',
      String(Math.min(THICKEST, Math.max(1, 1 / zoom))),
    );
  }, [zoom, frame]);
  return null;
}
