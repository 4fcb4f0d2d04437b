import {
  testEvidence,
  testFacts,
  testGateVersion,
  testRows,
} from '../__testUtils__/gateFacts';
import { CustomGates } from './CustomGates';
import { gateRuleSchema } from './gates/gateRules';
import { judgePromotion } from './judgePromotion';

it('freezes what gates were judged on of the live version, and of which it is', async () => {
  const rows = (digest: string) =>
    testEvidence(
      'evaluation-rows',
      testRows(60, (label, row) => (label ? 0.9 : 0.1) + row / 1000),
      { digest, producedAt: null },
    );
  const judgement = await judgePromotion({
    policy: {
      environment: 'production',
      alias: 'champion',
      gates: [
        gateRuleSchema.parse({
          id: 'main',
          type: 'metric-vs-production',
          metric: 'roc_auc',
        }),
      ],
      approvals: { approvals: 1, differentGroups: false, oneFrom: [] },
      riskGroups: [],
      rollback: 'one',
      expireAfterDays: 20,
      waiverMaximumDays: 10,
      authorsWaivable: true,
    },
    facts: testFacts({
      candidate: testGateVersion('3', [rows('ours')]),
      production: testGateVersion('2', [
        rows('theirs'),
        testEvidence('tests', {}, { digest: 'of no gate' }),
      ]),
    }),
    custom: new CustomGates(),
    makers: [],
    unmapped: [],
    riskTier: 'high',
    mainMetric: null,
  });
  expect(judgement.gates[0].evidence).toEqual(['ours', 'theirs']);
  expect(judgement.evidence).toEqual([
    expect.objectContaining({
      digest: 'ours',
      producedAt: null,
      receivedAt: '2026-05-02T00:00:00.000Z',
    }),
    expect.objectContaining({ digest: 'theirs', version: '2' }),
  ]);
});
