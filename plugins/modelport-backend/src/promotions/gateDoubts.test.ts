import {
  ADA,
  signal,
  TestPromotions,
  testSource,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

describePromotions('what gates can not tell', ({ start }) => {
  const gatesOf = async (test: TestPromotions, environment: string) => {
    const { gates } = await test.promotionRequests.preview({
      source: 'fake',
      name: 'credit',
      version: '2',
      environment,
      visibility: undefined,
      requestedBy: ADA,
    });
    return gates;
  };

  it('lets nothing pass against a production that nobody knows', async () => {
    const test = await start({
      config: { gates: [{ id: 'callers', type: 'signature-compatible' }] },
    });
    const callers = async () => (await gatesOf(test, 'staging'))[0];
    expect(await callers()).toMatchObject({
      outcome: 'pass',
      message: expect.stringContaining('Nothing is live in staging'),
    });
    const asked = await test.request('2', ADA, 'staging');
    expect(asked.requested.gates[0].outcome).toBe('pass');

    // Somebody made something live there that the portal has not read.
    await test.source.setAlias('credit', 'challenger', '3', { signal });
    expect(await callers()).toMatchObject({
      outcome: 'unknown',
      message: expect.stringContaining('the registry says that it is 3'),
    });
    test.source.onCall = () => {
      throw new Error('connection refused');
    };
    expect(await callers()).toMatchObject({
      outcome: 'unknown',
      message: expect.stringContaining('connection refused'),
    });
    const blind = await test.request('3', ADA, 'staging');
    expect(blind.requested.gates[0].outcome).toBe('unknown');
    // Once the registry answers it is known again, with the next look.
    test.source.onCall = () => {};
    const model = await test.source.getModel('credit', { signal });
    test.source.putModel({
      ...model,
      name: 'credit',
      aliases: { champion: '1' },
    });
    const seen = await test.promotionJudging.current(blind.id);
    expect(seen.now?.gates[0].outcome).toBe('pass');
  });

  it('takes no figure of nobody knows how many rows where the rule asks for some', async () => {
    const limit = { type: 'metric-limit', metric: 'roc_auc', min: 0.7 };
    const test = await start({
      config: {
        gates: [
          { id: 'strict', ...limit, minimumRows: 100 },
          { id: 'lax', ...limit },
        ],
      },
    });
    const [strict, lax] = await gatesOf(test, 'production');
    expect(strict).toMatchObject({
      outcome: 'unknown',
      message: expect.stringContaining('minimumRows: 0'),
    });
    expect(lax.outcome).toBe('pass');
  });

  it('reads what counts behind however many metrics somebody else pushed', async () => {
    const test = await start({
      source: testSource(),
      config: {
        gates: [
          {
            id: 'f1',
            type: 'metric-limit',
            metric: 'f1',
            min: 0.5,
            from: ['service:ci'],
          },
        ],
      },
    });
    const metrics = (value: number) => ({
      measurements: [
        {
          key: 'f1',
          value,
          n: 100,
          evaluationSet: { id: 'holdout', hash: 'h' },
        },
      ],
    });
    await test.push('metrics', metrics(0.4));
    for (let n = 1; n <= 25; n++) {
      await test.push('metrics', metrics(0.9 + n / 1_000), 'push-token:7');
    }
    const [f1] = await gatesOf(test, 'production');
    expect(f1).toMatchObject({ outcome: 'fail', value: 0.4 });
  });
});
