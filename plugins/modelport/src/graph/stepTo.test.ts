import { layeredLayout } from './layeredLayout';
import { stepTo } from './stepTo';

describe('stepTo', () => {
  const edges = [
    { from: 'a', to: 'x' },
    { from: 'b', to: 'x' },
    { from: 'x', to: 'y' },
  ];
  const { places } = layeredLayout(['a', 'b', 'x', 'y'], edges);
  const graph = { edges, places };

  it('leads along edges', () => {
    expect(stepTo('a', 'ArrowRight', graph)).toBe('x');
    expect(stepTo('y', 'ArrowLeft', graph)).toBe('x');
    expect(['a', 'b']).toContain(stepTo('x', 'ArrowLeft', graph));
  });

  it('leads up and down within a column', () => {
    expect(stepTo('a', 'ArrowDown', graph)).toBe('b');
    expect(stepTo('b', 'ArrowUp', graph)).toBe('a');
  });

  it('stays where there is nothing, and at other keys', () => {
    expect(stepTo('a', 'ArrowUp', graph)).toBeUndefined();
    expect(stepTo('a', 'ArrowLeft', graph)).toBeUndefined();
    expect(stepTo('a', 'Enter', graph)).toBeUndefined();
    expect(stepTo('gone', 'ArrowDown', graph)).toBeUndefined();
  });
});
