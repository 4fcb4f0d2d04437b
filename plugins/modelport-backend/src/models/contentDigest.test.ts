import { contentDigest } from './contentDigest';

describe('contentDigest', () => {
  it('does not depend on the order of keys, but on that of items', () => {
    const digest = contentDigest({ a: 1, b: { c: [1, 2], d: null } });
    expect(contentDigest({ b: { d: null, c: [1, 2] }, a: 1 })).toBe(digest);
    expect(contentDigest({ b: { d: null, c: [2, 1] }, a: 1 })).not.toBe(digest);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
