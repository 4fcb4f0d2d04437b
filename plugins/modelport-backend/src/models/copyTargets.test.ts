import { copyTargetOf, holdsCopies } from './copyTargets';

const within = { copy: { name: '{name}-prod' } };
const across = { copy: { source: 'prod', name: '{name}', from: ['dev*'] } };

describe('where the copies of a model are', () => {
  it('is another model of the same source', () => {
    expect(copyTargetOf(within, { source: 'dev', name: 'credit' })).toEqual({
      source: 'dev',
      name: 'credit-prod',
    });
  });

  it('is another source', () => {
    expect(copyTargetOf(across, { source: 'dev.a', name: '$& x' })).toEqual({
      source: 'prod',
      name: '$& x',
    });
  });

  it('is nowhere for models of sources that are not named, for those that hold copies, and without copies', () => {
    const name = 'credit';
    expect(copyTargetOf(across, { source: 'test', name })).toBeUndefined();
    expect(copyTargetOf(across, { source: 'prod', name })).toBeUndefined();
    expect(
      copyTargetOf(within, { source: 'dev', name: 'credit-prod' }),
    ).toBeUndefined();
    expect(copyTargetOf({}, { source: 'dev', name })).toBeUndefined();
  });

  it('is told from the name', () => {
    const { copy } = within;
    expect(holdsCopies(copy, { source: 'dev', name: 'credit-prod' })).toBe(
      true,
    );
    expect(holdsCopies(copy, { source: 'dev', name: '-prod' })).toBe(false);
  });
});
