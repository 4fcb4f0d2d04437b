import { mergeTrees } from './mergeTrees';

const merge = (base?: string, current?: string, next?: string) => {
  const tree = (content?: string) =>
    new Map(content === undefined ? [] : [['a', content]]);
  const { changes, conflicts } = mergeTrees(
    tree(base),
    tree(current),
    tree(next),
  );
  return [changes.has('a') ? changes.get('a') : '(as it is)', conflicts.length];
};

describe('mergeTrees', () => {
  it.each([
    ['nothing new', 'x', 'mine', 'x', '(as it is)', 0],
    ['both made the same change', 'x', 'y', 'y', '(as it is)', 0],
    ['untouched by the team', 'x', 'x', 'y', 'y', 0],
    ['new in the template', undefined, undefined, 'y', 'y', 0],
    ['gone from the template, untouched', 'x', 'x', undefined, null, 0],
    ['gone from both', 'x', undefined, undefined, '(as it is)', 0],
    ['gone from the template, changed', 'x', 'm', undefined, '(as it is)', 1],
    ['removed by the team, changed', 'x', undefined, 'y', '(as it is)', 1],
    [
      'different lines',
      'a\nb\nc\nd\ne',
      'A\nb\nc\nd\ne',
      'a\nb\nc\nd\nE',
      'A\nb\nc\nd\nE',
      0,
    ],
    [
      'taken over by the team, which changed more',
      'a\nb\nc',
      'A\nb\nC',
      'A\nb\nc',
      '(as it is)',
      0,
    ],
    [
      'the same line',
      'a\nb',
      'a\nmine',
      'a\ntheirs',
      'a\n<<<<<<< repository\nmine\n=======\ntheirs\n>>>>>>> template',
      1,
    ],
    [
      'new in both',
      undefined,
      'mine',
      'theirs',
      '<<<<<<< repository\nmine\n=======\ntheirs\n>>>>>>> template',
      1,
    ],
  ])('%s', (_what, base, current, next, text, conflicts) => {
    expect(merge(base, current, next)).toEqual([text, conflicts]);
  });
});
