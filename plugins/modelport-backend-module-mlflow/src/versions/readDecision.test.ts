import { readDecision } from './readDecision';

const tagged = (value: unknown) => ({
  'modelport.decision':
    typeof value === 'string' ? value : JSON.stringify(value),
});

describe('readDecision', () => {
  it('reads thresholds, the band that people decide and the scaling', () => {
    const decision = {
      thresholds: [0.2, 0.5],
      referBand: { lower: 0.4, upper: 0.6 },
      scaling: 'Platt, on the validation set',
    };
    expect(readDecision(tagged(decision), {})).toEqual({
      decision,
      problem: null,
    });
  });

  it('leaves absent what is not said', () => {
    expect(readDecision({}, tagged({ thresholds: [0.5] }))).toEqual({
      decision: { thresholds: [0.5], referBand: null, scaling: null },
      problem: null,
    });
    expect(readDecision({ other: '{}' }, {})).toEqual({
      decision: null,
      problem: null,
    });
  });

  it("takes the version's tag before its run's", () => {
    const { decision } = readDecision(
      tagged({ thresholds: [0.7] }),
      tagged({ thresholds: [0.5] }),
    );
    expect(decision?.thresholds).toEqual([0.7]);
  });

  it.each([
    ['0.5', 'expected an object'],
    ['{"thresholds": 0.5}', 'thresholds: expected a list of numbers'],
    ['{"thresholds": [1e999]}', 'thresholds: 0: expected a finite number'],
    ['{"threshold": 0.5}', 'threshold'],
    [
      '{"referBand": {"lower": 0.6, "upper": 0.4}}',
      'referBand: expected lower not to be above upper',
    ],
    ['{"thresholds": [0.5', 'expected an object'],
  ])('says what is wrong with %s, and shows none', (written, said) => {
    const { decision, problem } = readDecision(tagged(written), {});
    expect(decision).toBeNull();
    expect(problem).toContain(said);
    expect(problem).toContain('No decision is shown.');
  });
});
