import {
  judged,
  testEvidence,
  testGateVersion,
  testRows,
} from '../../__testUtils__/gateFacts';

const rule = {
  type: 'fairness',
  metric: 'selection_rate',
  attribute: 'sex',
  referenceGroup: 'm',
  threshold: 0.5,
  maxDifference: 0.1,
};

function of(kind: string, body: unknown, part: Record<string, unknown> = {}) {
  return judged(
    { ...rule, ...part },
    { candidate: testGateVersion('3', [testEvidence(kind, body)]) },
  );
}

/** Every second row is of each group; of those of `f` one in `every` is decided like the label is not. */
function rows(n: number, every: number) {
  return testRows(
    n,
    (label, row) => {
      const isWrong = row % 4 >= 2 && Math.floor(row / 4) % every === 0;
      return label !== isWrong ? 0.9 : 0.1;
    },
    row => ({ sex: row % 4 >= 2 ? 'f' : 'm' }),
  );
}

const document = {
  metric: 'selection_rate',
  attribute: 'sex',
  threshold: 0.5,
  groups: [
    { group: 'm', n: 1_000, value: 0.5 },
    { group: 'f', n: 1_000, value: 0.48 },
  ],
};

describe('from rows', () => {
  it('passes equal groups, by the whole interval', () => {
    const result = of('evaluation-rows', rows(4_000, 1e9));
    expect(result).toMatchObject({
      outcome: 'pass',
      threshold: 'difference at most 0.1',
    });
    expect(result.message).toMatch(/against "m", decided at 0.5/);
  });

  it('cannot tell from few rows, and does not judge groups that are too small', () => {
    expect(of('evaluation-rows', rows(160, 1e9)).outcome).toBe('unknown');
    const small = of('evaluation-rows', rows(40, 1e9));
    expect(small.message).toMatch(/"m" has 20 rows, fewer than the 30/);
  });

  it('fails equal opportunity where one group is missed', () => {
    expect(
      of('evaluation-rows', rows(4_000, 2), { metric: 'true_positive_rate' }),
    ).toMatchObject({
      outcome: 'fail',
      value: expect.closeTo(-0.5, 12),
      lower: expect.any(Number),
    });
    const odds = of('evaluation-rows', rows(4_000, 2), {
      metric: 'equalised_odds',
    });
    expect(odds.outcome).toBe('fail');
    expect(odds.message).toMatch(/"f, false_positive_rate" differs by 0.5/);
  });

  it('judges the ratio either way', () => {
    const ratio = { maxDifference: undefined, minRatio: 0.8 };
    expect(of('evaluation-rows', rows(4_000, 1e9), ratio).outcome).toBe('pass');
    expect(of('evaluation-rows', rows(200, 1e9), ratio).outcome).toBe(
      'unknown',
    );
    const more = testRows(
      4_000,
      (_label, row) => (row % 4 >= 2 || row % 8 === 0 ? 0.9 : 0.1),
      row => ({ sex: row % 4 >= 2 ? 'f' : 'm' }),
    );
    expect(of('evaluation-rows', more, ratio).outcome).toBe('fail');
  });

  it('says where the reference group is not among the rows', () => {
    expect(
      of('evaluation-rows', rows(400, 1e9), { referenceGroup: 'x' }).message,
    ).toMatch(/No row of "holdout" is of the reference group "x"/);
  });
});

describe('from a document', () => {
  it("takes Wilson's intervals of shares of whole groups", () => {
    expect(of('fairness', document).outcome).toBe('pass');
    expect(of('fairness', document, { maxDifference: 0.03 }).outcome).toBe(
      'unknown',
    );
    expect(
      of('fairness', {
        ...document,
        groups: [document.groups[0], { group: 'f', n: 1_000, value: 0.2 }],
      }).outcome,
    ).toBe('fail');
  });

  it('needs intervals of rates whose whole it does not know, at the level of the rule', () => {
    const rates = (level: number | null) => ({
      ...document,
      metric: 'true_positive_rate',
      groups: [
        { group: 'm', n: 500, value: 0.9, lower: 0.88, upper: 0.92, level },
        { group: 'f', n: 500, value: 0.89, lower: 0.87, upper: 0.91, level },
      ],
    });
    const part = { metric: 'true_positive_rate' };
    expect(of('fairness', rates(0.95), part).outcome).toBe('pass');
    expect(of('fairness', rates(0.9), part).outcome).toBe('unknown');
    expect(of('fairness', rates(null), part).message).toMatch(
      /push evaluation-rows/,
    );
  });

  it('passes over another threshold, attribute or metric', () => {
    expect(of('fairness', { ...document, threshold: 0.4 }).message).toMatch(
      /is about "selection_rate" by "sex" decided at 0.5/,
    );
    expect(of('fairness', { ...document, attribute: 'age' }).outcome).toBe(
      'unknown',
    );
    expect(of('fairness', document, { referenceGroup: 'x' }).message).toMatch(
      /nothing of the reference group "x"/,
    );
  });
});
