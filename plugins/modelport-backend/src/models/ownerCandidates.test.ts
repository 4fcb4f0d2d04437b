import { isOverruled, ownerCandidates } from './ownerCandidates';

const RISK = 'group:default/risk';

const TAGS = {
  owner: [],
  system: [],
  lifecycle: [],
  task: [],
  framework: [],
  riskTier: [],
  mainMetric: [],
};

function of(
  ownerTag: string | null,
  ...owners: Array<{
    owner: string;
    source?: string;
    name?: string;
    tag?: string;
  }>
) {
  return ownerCandidates(
    { source: 'mlflow', name: 'credit.pd', ownerTag },
    { tags: TAGS, owners, mainMetrics: {} },
  );
}

it('takes the owner that config gives a model for it, whatever its tag says', () => {
  for (const rule of [{ name: 'credit.*' }, { source: 'mlflow' }]) {
    const candidates = of('group:default/mine', { owner: RISK, ...rule });
    expect(candidates).toEqual([RISK]);
    expect(isOverruled('group:default/mine', candidates)).toBe(true);
    expect(isOverruled('risk', candidates)).toBe(false);
  }
  expect(of('mine', { owner: RISK, name: 'other' })).toEqual([
    'group:default/mine',
    'user:default/mine',
  ]);
});

it('takes what config says that a tag means before the tag itself, and rules for all models last', () => {
  const candidates = of(
    'mine',
    { owner: 'group:platform' },
    { owner: RISK, tag: 'mine', source: 'mlflow' },
  );
  expect(candidates).toEqual([
    RISK,
    'group:default/mine',
    'user:default/mine',
    'group:default/platform',
  ]);
  expect(isOverruled('mine', candidates)).toBe(false);
  expect(isOverruled(null, candidates)).toBe(false);
  expect(of(null, { owner: 'group:platform' })).toEqual([
    'group:default/platform',
  ]);
});
