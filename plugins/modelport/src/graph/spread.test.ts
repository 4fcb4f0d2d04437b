import { spread } from './spread';

describe('spread', () => {
  it('leaves what has room where it wants to be', () => {
    expect(spread([0, 50, 200], [20, 20])).toEqual([0, 50, 200]);
  });

  it('parts what comes too near, evenly and in order', () => {
    expect(spread([10, 10], [20])).toEqual([0, 20]);
    expect(spread([30, 0, 100], [10, 10])).toEqual([10, 20, 100]);
  });

  it('takes none', () => {
    expect(spread([], [])).toEqual([]);
  });
});
