/** Sizes of a graph in pixels: its boxes, the room between two columns, and the distances within a column. */
export const BOX_WIDTH = 240;
export const BOX_HEIGHT = 68;
export const COLUMN_GAP = 90;
export const COLUMN = BOX_WIDTH + COLUMN_GAP;
export const BOX_GAP = 20;
/** Between lines that pass a column, and between such a line and a box. */
export const LINE_GAP = 14;
/** Of a dashed line, as SVG has it: what is drawn, and what is not. */
export const DASHES = '6 4';
