/** Sizes of a graph in pixels: its boxes, and the distances from one to the next. */
export const BOX_WIDTH = 220;
export const BOX_HEIGHT = 52;
export const COLUMN = BOX_WIDTH + 90;
export const ROW = BOX_HEIGHT + 18;
