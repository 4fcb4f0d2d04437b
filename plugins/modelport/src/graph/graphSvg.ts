import { DrawnEdge, Layout } from './layeredLayout';
import { routePath } from './routePath';
import { BOX_HEIGHT, BOX_WIDTH, DASHES } from './sizes';

/** A node as it is drawn into a file. */
export interface SvgNode {
  id: string;
  kind: string;
  title: string;
  shortLabel: string;
  colour: string;
}

/** Room around the graph, in which lines turn back as well. */
const MARGIN = 80;
/** Characters that fit into a line of a box. */
const MOST_LETTERS = 34;
const LINE = '#6b6b6b';

/** A graph as an SVG file, as the page draws it: plain shapes and texts, nothing that could run. */
export function graphSvg(
  title: string,
  graph: { nodes: SvgNode[]; edges: DrawnEdge[]; layout: Layout },
): string {
  const { nodes, edges, layout } = graph;
  const { places } = layout;
  const corners = [
    ...[...places.values()].map(({ x, y }) => ({
      x: x + BOX_WIDTH,
      y: y + BOX_HEIGHT,
    })),
    ...layout.routes.flat(),
  ];
  const furthest = (side: 'x' | 'y') =>
    corners.reduce((most, corner) => Math.max(most, corner[side]), 0);
  const width = furthest('x') + 2 * MARGIN;
  const height = furthest('y') + 2 * MARGIN;
  const lines = layout.routes.map(
    (points, index) =>
      `<path d="${routePath(points)}" fill="none" stroke="${LINE}"${
        edges[index]?.dashed ? ` stroke-dasharray="${DASHES}"` : ''
      } marker-end="url(#arrow)"/>`,
  );
  const boxes = nodes.map(({ id, kind, title: whole, shortLabel, colour }) => {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    return [
      `<g transform="translate(${x},${y})"><title>${escaped(whole)}</title>`,
      `<rect width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="4" fill="#fff" stroke="#bbb"/>`,
      `<rect width="6" height="${BOX_HEIGHT}" fill="${escaped(colour)}"/>`,
      `<text x="14" y="18" font-size="11" fill="#595959">${escaped(
        kind,
      )}</text>`,
      ...twoLines(shortLabel).map(
        (line, index) =>
          `<text x="14" y="${36 + 18 * index}" font-size="12">${escaped(
            line,
          )}</text>`,
      ),
      '</g>',
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<defs><marker id="arrow" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0,0 L10,5 L0,10 z" fill="${LINE}"/></marker></defs>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<g transform="translate(${MARGIN},${MARGIN})">`,
    ...lines,
    ...boxes,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** A text in at most two lines; what has no room in them is left out. */
function twoLines(text: string): string[] {
  const letters = [...text];
  const second = letters.slice(MOST_LETTERS);
  const rest =
    second.length > MOST_LETTERS
      ? [...second.slice(0, MOST_LETTERS - 1), '…']
      : second;
  return [letters.slice(0, MOST_LETTERS), rest]
    .map(line => line.join(''))
    .filter(line => line !== '');
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
