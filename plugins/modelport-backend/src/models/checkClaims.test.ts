import { EntityClaim } from '@modelport/plugin-modelport-common';
import { checkClaims } from './checkClaims';

const CLAIM: EntityClaim = {
  source: null,
  name: 'a/b 🚀',
  entityRef: 'Component:default/my-model_1.x',
};

describe('checkClaims', () => {
  it.each<[string, Partial<EntityClaim>]>([
    ['any source', {}],
    ['one source', { source: 'mlflow.team a' }],
    ['the longest name', { name: 'x'.repeat(512) }],
  ])('takes a claim for %s', (_what, overrides) => {
    expect(() => checkClaims([{ ...CLAIM, ...overrides }])).not.toThrow();
  });

  it.each<[Partial<EntityClaim>, string]>([
    [{ source: '' }, 'Claim 1, source: expected 1 to 255'],
    [{ source: 'x'.repeat(256) }, 'Claim 1, source: expected 1 to 255'],
    [{ name: '' }, 'Claim 1, name: expected 1 to 512'],
    [{ name: 'x'.repeat(513) }, 'Claim 1, name: expected 1 to 512'],
    [{ name: 'a\0b' }, 'without the null character'],
    [{ name: 'a\ud800b' }, 'half of a pair'],
    [{ entityRef: 'resource:default/a\ud800' }, 'half of a pair'],
    [{ entityRef: '' }, 'Claim 1, entityRef: expected the full ref'],
    [{ entityRef: 'credit' }, 'expected the full ref'],
    [{ entityRef: 'resource:credit' }, 'expected the full ref'],
    [{ entityRef: 'resource:default/a/b' }, 'expected the full ref'],
    [{ entityRef: 'resource:default/a b' }, 'expected the full ref'],
    [{ entityRef: 'resource:default/a:b' }, 'expected the full ref'],
    [{ entityRef: `resource:default/${'x'.repeat(300)}` }, 'at most 255'],
  ])('refuses %j', (overrides, message) => {
    expect(() => checkClaims([CLAIM, { ...CLAIM, ...overrides }])).toThrow(
      message,
    );
  });
});
