import { graphSvg } from './graphSvg';

const SIZES = { width: 220, height: 52, column: 310, row: 70 };

describe('graphSvg', () => {
  it('draws boxes and lines, and no text of theirs as markup', () => {
    const svg = graphSvg('a & b', {
      nodes: [
        {
          id: 'a',
          kind: 'Dataset',
          label: '<script>alert(1)</script>\u0000',
          colour: '"/><image href="x"/>',
        },
        { id: 'b', kind: 'Run', label: 'x'.repeat(80), colour: '#123456' },
      ],
      edges: [{ from: 'a', to: 'b' }],
      places: new Map([
        ['a', { column: 0, row: 0 }],
        ['b', { column: 1, row: 2 }],
      ]),
      sizes: SIZES,
    });
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.querySelectorAll('script, image')).toHaveLength(0);
    expect(parsed.querySelectorAll('g')).toHaveLength(2);
    expect(parsed.querySelectorAll('path[marker-end]')).toHaveLength(1);
    expect(parsed.querySelector('svg > title')?.textContent).toBe('a & b');
    expect(parsed.querySelector('g > title')?.textContent).toBe(
      '<script>alert(1)</script>',
    );
    expect(svg).toContain(`${'x'.repeat(29)}…`);
    expect(parsed.documentElement.getAttribute('width')).toBe('570');
    expect(parsed.documentElement.getAttribute('height')).toBe('232');
  });
});
