import { roundRobin } from './roundRobin';

describe('roundRobin', () => {
  it('takes one item of every group before the second of any', () => {
    expect(roundRobin(['a1', 'a2', 'a3', 'b1', 'c1', 'c2'], i => i[0])).toEqual(
      ['a1', 'b1', 'c1', 'a2', 'c2', 'a3'],
    );
    expect(roundRobin([], i => i)).toEqual([]);
  });
});
