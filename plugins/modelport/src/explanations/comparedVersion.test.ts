import { comparedVersion } from './comparedVersion';

const EXPLAINED = ['1', '2', '4', '5'].map(version => ({
  version,
  createdAt: null,
  digest: version,
  rows: 100,
}));

function of(version: string, production: string, chosen?: string) {
  return comparedVersion({
    chosen,
    version,
    environments: [
      {
        environment: 'staging',
        version: '1',
        share: 1,
        since: null,
        observed: [],
      },
      {
        environment: 'production',
        version: production,
        share: 1,
        since: null,
        observed: [],
      },
    ],
    explained: EXPLAINED,
  });
}

describe('what an explanation is held against, where nobody chose', () => {
  it.each([
    ['a candidate: the version in production', '5', '2', '2'],
    ['an older one: the version in production', '1', '2', '2'],
    ['the version in production: the one before', '2', '2', '1'],
    ['production is not explained: the one before', '5', '3', '4'],
    ['the first, in production', '1', '1', undefined],
    ['none that is explained', '3', '3', undefined],
  ])('%s', (_case, version, production, expected) => {
    expect(of(version, production)).toBe(expected);
  });

  it('is what was chosen, and nothing where that was chosen', () => {
    expect(of('5', '2', '4')).toBe('4');
    expect(of('5', '2', 'none')).toBeUndefined();
    expect(of('5', '2', '5')).toBeUndefined();
  });

  it('is nothing while it is not known what is explained', () => {
    expect(
      comparedVersion({
        chosen: undefined,
        version: '5',
        environments: [],
        explained: undefined,
      }),
    ).toBeUndefined();
  });
});
