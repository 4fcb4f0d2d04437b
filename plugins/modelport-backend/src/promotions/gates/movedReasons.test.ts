import {
  ExplanationBody,
  explanationKind,
} from '@modelport/plugin-modelport-common';
import {
  testEvidence,
  testFacts,
  testGateVersion,
} from '../../__testUtils__/gateFacts';
import { gateRuleSchema } from './gateRules';
import { judgeGate } from './judgeGate';

/** Ten rows of three features, of which `a` is the top reason of the first `n`. */
function explanation(
  n: number,
  part: Partial<ExplanationBody> & { sign?: number } = {},
) {
  const { sign = 1, ...body } = part;
  const { kept, rows } = explanationKind.seal({
    explains: { output: 'margin' },
    perturbation: 'interventional',
    background: { digest: 'bg' },
    features: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
    rows: Array.from({ length: 10 }, (_, i) => ({
      id: String(i),
      values: [i, i, i],
      baseValue: 0,
      contributions: [i < n ? 5 : 1 + i / 100, 2 + (sign * i) / 100, i / 1000],
    })),
    ...body,
  });
  return testEvidence('explanation', {
    ...kept,
    rows: rows.map(({ row }) => row),
  });
}

function judged(
  rule: object,
  ours: ReturnType<typeof explanation>,
  theirs = explanation(10),
) {
  const parsed = gateRuleSchema.parse({
    id: 'stable',
    type: 'explanation-stable',
    minRankCorrelation: -1,
    ...rule,
  });
  if (parsed.type === 'custom') {
    throw new Error('It is a gate of its own');
  }
  return judgeGate(
    parsed,
    testFacts({
      candidate: testGateVersion('3', [ours]),
      production: testGateVersion('2', [theirs]),
    }),
  );
}

describe('reasons that moved', () => {
  it('counts rows whose top reason is another one', () => {
    expect(judged({}, explanation(8)).outcome).toBe('pass');
    expect(judged({ maxChurn: 0.2 }, explanation(8))).toMatchObject({
      outcome: 'pass',
      message: expect.stringContaining(
        'another one for 0.2 of the rows, of at most 0.2.',
      ),
    });
    expect(judged({ maxChurn: 0.2 }, explanation(7)).outcome).toBe('fail');
  });

  it('holds them against training again, where that is known', () => {
    const noise = (churn: number | null) => ({
      retrainingNoise: { runs: 5, churn },
    });
    const rule = { maxChurn: 'noise' };
    expect(judged(rule, explanation(7)).outcome).toBe('unknown');
    expect(judged(rule, explanation(7, noise(null))).outcome).toBe('unknown');
    expect(judged(rule, explanation(7, noise(0.3)))).toMatchObject({
      outcome: 'pass',
      message: expect.stringContaining('as training again gives'),
    });
    expect(judged(rule, explanation(7, noise(0.1))).outcome).toBe('fail');
  });

  it('sees that the parts do not add up to the output', () => {
    const rows = Array.from({ length: 10 }, (_, i) => ({
      id: String(i),
      values: [i, i, i],
      baseValue: 0,
      output: i === 9 ? 6.5 : 6,
      contributions: [1, 2, 3],
    }));
    expect(judged({}, explanation(10, { rows }))).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('worst error 0.5'),
    });
    const right = rows.map(row => ({ ...row, output: 6 }));
    expect(judged({}, explanation(10, { rows: right })).outcome).toBe('pass');
  });

  it('sees directions that turned around', () => {
    const turned = explanation(10, { sign: -1 });
    expect(judged({}, turned).outcome).toBe('pass');
    expect(judged({ allowFlips: false }, turned)).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('turned around of b.'),
    });
    expect(judged({ allowFlips: false }, explanation(10)).outcome).toBe('pass');
  });
});
