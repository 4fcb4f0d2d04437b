import { linearScale } from './linearScale';

describe('linearScale', () => {
  it('ends at round numbers and marks them', () => {
    const scale = linearScale([-1.3, 0.2, 2.7], { ticks: 5 });
    expect(scale).toMatchObject({
      min: -2,
      max: 3,
      ticks: [-2, -1, 0, 1, 2, 3],
    });
    expect(scale.at(0.5)).toBe(0.5);
  });

  it('holds nothing, one number, and numbers that are none', () => {
    expect(linearScale([], { ticks: 4 })).toMatchObject({ min: 0, max: 1 });
    expect(linearScale([3, NaN], { ticks: 2 })).toMatchObject({
      min: 2.5,
      max: 3.5,
    });
  });
});
