import { entityName } from './entityName';

const free = () => false;

describe('entityName', () => {
  it.each([
    ['credit-risk', 'credit-risk'],
    ['Credit_Risk.v2', 'credit_risk.v2'],
  ])('keeps %s where the catalog allows it', (name, expected) => {
    expect(entityName({ source: 's', name }, free)).toBe(expected);
  });

  it.each(['a b', 'ü', '😀', '%2e%2e', '--', 'a--b', 'x'.repeat(64), '-a'])(
    'makes %s valid, and tells it from others that look alike',
    name => {
      const result = entityName({ source: 's', name }, free);
      expect(result).toMatch(/^[a-z0-9]([-a-z0-9_.]{0,61}[a-z0-9])?$/);
      expect(result).toMatch(/-[0-9a-f]{8}$/);
      expect(entityName({ source: 't', name }, free)).not.toBe(result);
    },
  );

  it('takes more of the digest where even that name is taken', () => {
    const first = entityName({ source: 's', name: 'a b' }, free);
    const second = entityName(
      { source: 's', name: 'a b' },
      name => name === first,
    );
    expect(second).toMatch(/^a-b-[0-9a-f]{12}$/);
  });

  it('gives a second model of the same name another one', () => {
    const taken = (name: string) => name === 'credit';
    expect(entityName({ source: 's', name: 'Credit' }, taken)).toMatch(
      /^credit-[0-9a-f]{8}$/,
    );
  });
});
