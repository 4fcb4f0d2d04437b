import { summariseExplanation } from '@modelport/plugin-modelport-common';
import { compareExplanations, ExplainedVersion } from './compareExplanations';

function explained(
  version: string,
  features: string[],
  contributions: number[][],
  made: { perturbation?: string; background?: string | null } = {},
): ExplainedVersion {
  const { perturbation = 'path-dependent', background = 'rows' } = made;
  const rows = contributions.map((list, place) => ({
    id: String(place),
    values: list.map(() => place),
    baseValue: 0,
    output: null,
    contributions: list,
  }));
  return {
    version,
    document: {
      evidence: { digest: version },
      summary: summariseExplanation({
        explains: { output: 'margin' },
        perturbation,
        background: background === null ? null : { digest: background },
        features: features.map(name => ({ name })),
        rows,
      }),
    },
    rows,
  };
}

const compare = (...versions: ExplainedVersion[]) =>
  compareExplanations(versions, { className: undefined, smallestGroup: 3 });

describe('compareExplanations', () => {
  it('counts rows whose largest contribution is another feature’s, in whichever order the features stand', () => {
    // By hand: row 0 keeps b, row 1 goes from a to b, row 2 was and is a tie, row 3 is nothing in both, row 4 gets a reason.
    const before = explained(
      '1',
      ['a', 'b'],
      [
        [1, -2],
        [3, 1],
        [2, -2],
        [0, 0],
        [0, 0],
      ],
    );
    const after = explained(
      '2',
      ['b', 'a'],
      [
        [-2, 1],
        [3, 1],
        [-2, 2],
        [0, 0],
        [1, 0],
      ],
    );
    const { churn, rows } = compare(before, after);
    expect(rows).toBe(5);
    expect(churn).toMatchObject([{ from: '1', to: '2', rows: 5, share: 0.4 }]);
  });

  it('compares wide explanations in no time that is felt', () => {
    const features = Array.from({ length: 4_000 }, (_, i) => `f${i}`);
    const rows = Array.from({ length: 200 }, (_row, place) =>
      features.map((_name, i) => (i === place ? 1 : 0)),
    );
    const begun = process.cpuUsage();
    const { churn } = compare(
      explained('1', features, rows),
      explained('2', features, rows),
    );
    expect(churn[0].share).toBe(0);
    expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(10);
  });

  describe('of rows that not all versions have', () => {
    const rowsOf = (count: number) =>
      Array.from({ length: count }, (_row, place) => [place + 1, 1]);
    const of = (version: string, count: number) =>
      explained(version, ['a', 'b'], rowsOf(count));

    it('says nothing of shared rows where the others are fewer than the smallest group', () => {
      // The mean over 9 rows and that over the first 8 would give away the ninth.
      const { churn, rows, features, warnings } = compare(
        of('1', 9),
        of('2', 8),
      );
      expect({ churn, rows }).toEqual({ churn: [], rows: null });
      expect(features[0]).toMatchObject({ name: 'a', meanAbs: [5, 4.5] });
      expect(warnings).toEqual([
        expect.stringMatching(/^Fewer than 3 rows are in some.*own rows/),
      ]);
    });

    it('says it where there are enough others, or none', () => {
      const enough = compare(of('1', 9), of('2', 6));
      expect(enough).toMatchObject({ rows: 6, warnings: [] });
      expect(enough.features[0].meanAbs).toEqual([3.5, 3.5]);
      expect(compare(of('1', 9), of('2', 9)).rows).toBe(9);
    });

    it('holds any of the versions against any other', () => {
      // With 2 alone, 1 shares 6; with both, 5.
      expect(compare(of('1', 9), of('2', 6), of('3', 5)).rows).toBeNull();
      expect(compare(of('1', 9), of('2', 6), of('3', 3)).rows).toBe(3);
    });
  });

  it('says what else than the model may have moved the figures', () => {
    const rows = [[1], [2], [3]];
    const warnings = (made: Parameters<typeof explained>[3]) =>
      compare(explained('1', ['a'], rows), explained('2', ['a'], rows, made))
        .warnings;
    expect(warnings({})).toEqual([]);
    expect(warnings({ perturbation: 'interventional' })).toEqual([
      'The explanations were made in different ways (1: path-dependent, 2: interventional); that alone moves figures.',
    ]);
    expect(warnings({ background: 'others' })).toEqual([
      'The explanations were made against different backgrounds (1: rows, 2: others); that alone may move figures.',
    ]);
    expect(warnings({ background: null })).toEqual([
      'Against which background version 2 was explained is not said; another one may move figures.',
    ]);
  });
});
