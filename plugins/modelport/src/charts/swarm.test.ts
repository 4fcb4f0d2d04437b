import { swarm } from './swarm';

describe('swarm', () => {
  it('stacks equal values around the middle, within the height', () => {
    const { x, y } = swarm([0.5, 0.5, 0.5, 0], {
      at: value => value,
      width: 100,
      height: 20,
      mark: 2,
    });
    expect(Array.from(x)).toEqual([50, 50, 50, 0]);
    expect(Array.from(y).map(Math.abs)).toEqual([0, 2, 2, 0]);
    const many = swarm(new Array(1000).fill(0.2), {
      at: value => value,
      width: 100,
      height: 20,
      mark: 2,
    });
    expect(Math.max(...many.y)).toBeLessThanOrEqual(10.1);
    expect(Math.min(...many.y)).toBeGreaterThanOrEqual(-10.1);
  });
});
