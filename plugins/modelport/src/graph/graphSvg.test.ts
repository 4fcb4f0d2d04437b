import { graphSvg } from './graphSvg';
import { layeredLayout } from './layeredLayout';

describe('graphSvg', () => {
  it('draws boxes and lines, and no text of theirs as markup', () => {
    const hostile = '<script>alert(1)</script>\u0000';
    const long = 'x'.repeat(80);
    const edges = [
      { from: 'a', to: 'b', dashed: false },
      { from: 'b', to: 'a', dashed: true },
    ];
    const svg = graphSvg('a & b', {
      nodes: [
        {
          id: 'a',
          kind: 'Dataset',
          title: hostile,
          shortLabel: hostile,
          colour: '"/><image href="x"/>',
        },
        { id: 'b', kind: 'Run', title: long, shortLabel: long, colour: '#123' },
      ],
      edges,
      layout: layeredLayout(['a', 'b'], edges),
    });
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.querySelectorAll('script, image')).toHaveLength(0);
    expect(parsed.querySelectorAll('g > g')).toHaveLength(2);
    expect(parsed.querySelectorAll('path[marker-end]')).toHaveLength(2);
    expect(parsed.querySelectorAll('path[stroke-dasharray]')).toHaveLength(1);
    expect(parsed.querySelector('svg > title')?.textContent).toBe('a & b');
    expect(parsed.querySelector('g > g > title')?.textContent).toBe(
      '<script>alert(1)</script>',
    );
    expect(svg).toContain(`>${'x'.repeat(34)}<`);
    expect(svg).toContain(`>${'x'.repeat(33)}…<`);
    expect(parsed.documentElement.getAttribute('width')).toBe('730');
  });
});
