import { LayoutEdge, Place } from './layeredLayout';

/** A node as it is drawn into a file. */
export interface SvgNode {
  id: string;
  kind: string;
  label: string;
  colour: string;
}

/** Sizes in pixels, those of the page. */
export interface SvgSizes {
  width: number;
  height: number;
  column: number;
  row: number;
}

const MARGIN = 20;
/** Characters that fit into a box. */
const MOST_LETTERS = 30;

/** A graph as an SVG file: plain shapes and texts, nothing that could run. */
export function graphSvg(
  title: string,
  graph: {
    nodes: SvgNode[];
    edges: LayoutEdge[];
    places: Map<string, Place>;
    sizes: SvgSizes;
  },
): string {
  const { nodes, edges, places, sizes } = graph;
  const at = (id: string) => {
    const { column, row } = places.get(id) ?? { column: 0, row: 0 };
    return {
      x: MARGIN + column * sizes.column,
      y: MARGIN + row * sizes.row,
    };
  };
  const spots = nodes.map(({ id }) => at(id));
  const width = Math.max(0, ...spots.map(({ x }) => x)) + sizes.width + MARGIN;
  const height =
    Math.max(0, ...spots.map(({ y }) => y)) + sizes.height + MARGIN;
  const lines = edges.map(({ from, to }) => {
    const [start, end] = [at(from), at(to)];
    const [x1, y1] = [start.x + sizes.width, start.y + sizes.height / 2];
    const [x2, y2] = [end.x, end.y + sizes.height / 2];
    const bend = Math.max(40, (x2 - x1) / 2);
    return `<path d="M${x1},${y1} C${x1 + bend},${y1} ${
      x2 - bend
    },${y2} ${x2},${y2}" fill="none" stroke="#999" marker-end="url(#arrow)"/>`;
  });
  const boxes = nodes.map(({ id, kind, label, colour }) => {
    const { x, y } = at(id);
    return [
      `<g transform="translate(${x},${y})"><title>${escaped(label)}</title>`,
      `<rect width="${sizes.width}" height="${sizes.height}" rx="4" fill="#fff" stroke="#bbb"/>`,
      `<rect width="6" height="${sizes.height}" fill="${escaped(colour)}"/>`,
      `<text x="14" y="20" font-size="11" fill="#666">${escaped(kind)}</text>`,
      `<text x="14" y="38" font-size="13">${escaped(
        shortened(label),
      )}</text></g>`,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif">`,
    `<title>${escaped(title)}</title>`,
    '<defs><marker id="arrow" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0,0 L10,5 L0,10 z" fill="#999"/></marker></defs>',
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...lines,
    ...boxes,
    '</svg>',
    '',
  ].join('\n');
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length > MOST_LETTERS
    ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…`
    : text;
}

/** For texts and values in quotes; characters that XML has none of are left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
