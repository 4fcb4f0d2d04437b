import { ModelsVisibility } from './modelsFilter';
import { readsAllOf } from './readsAllOf';

const owned = { key: 'owner' as const, values: ['group:default/team-x'] };
const fromHr = { key: 'source' as const, values: ['hr'] };
const isHigh = { key: 'riskTier' as const, values: ['high'] };
const ofAnyTier = {
  key: 'riskTier' as const,
  values: ['low', 'medium', 'high'],
};
const nothing = { key: 'owner' as const, values: [] };

describe('readsAllOf', () => {
  it.each<[string, ModelsVisibility, boolean]>([
    ['everything', undefined, true],
    ['a source', fromHr, true],
    ['all but a source', { not: fromHr }, false],
    ['all but another source', { not: { ...fromHr, values: ['x'] } }, true],
    ['what one owns', owned, false],
    ['what one does not own', { not: owned }, false],
    ['a tier', isHigh, false],
    ['every tier', ofAnyTier, true],
    ['no owner', nothing, false],
    ['whatever has not that owner', { not: nothing }, true],
    ['own models of a source', { allOf: [fromHr, owned] }, false],
    ['a source of any tier', { allOf: [fromHr, ofAnyTier] }, true],
    ['own ones and a source', { anyOf: [owned, fromHr] }, true],
    ['own ones and a tier', { anyOf: [owned, isHigh] }, false],
    [
      'own ones and what is not restricted by source',
      { anyOf: [owned, { not: { anyOf: [fromHr] } }] },
      false,
    ],
    [
      'own ones and what is not restricted by tier',
      { anyOf: [owned, { not: { anyOf: [isHigh] } }] },
      false,
    ],
  ])('of who reads %s', (_what, visibility, expected) => {
    expect(readsAllOf('hr', visibility)).toBe(expected);
  });
});
