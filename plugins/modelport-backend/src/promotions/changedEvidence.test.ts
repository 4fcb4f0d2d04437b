import { GRACE, ROSA } from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

describePromotions('evidence that changes', ({ start }) => {
  it('judges anew what changed since the request, and asks to look at it', async () => {
    const test = await start({
      config: {
        gates: [
          {
            id: 'tests',
            type: 'tests',
            from: ['service:ci'],
            waivable: false,
          },
        ],
      },
    });
    const asked = await test.request();
    expect(asked.requested.gates[0].outcome).toBe('unknown');
    const suites = (outcome: string, name = 'golden') => ({
      suites: [{ name, tests: [{ name: 'one', outcome }] }],
    });
    await test.push('tests', suites('passed', 'own'), 'service:somebody');
    await test.push('tests', suites('passed'));
    await expect(
      test.decide(asked.id, GRACE, 'approve', { revision: asked.revision }),
    ).rejects.toThrow('The evidence, or what the gates say of it, changed');
    const now = await test.promotionJudging.current(asked.id);
    expect(now.revision).toBeGreaterThan(asked.revision);
    expect(now.requested).toEqual(asked.requested);
    expect(now.now?.gates[0].outcome).toBe('pass');
    await test.decide(asked.id, GRACE);
    await test.push('tests', suites('failed'));
    const both = await test.decide(asked.id, ROSA);
    expect(both.state).toBe('in_review');
    expect(await test.audited()).toContain('promotion.evidence-changed');
    await expect(
      test.promotionReviews.waive({
        id: asked.id,
        person: ROSA,
        gate: 'tests',
        reason: 'r',
        control: 'c',
        expiresAt: new Date(Date.now() + 1_000_000).toISOString(),
        revision: both.revision,
      }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });

  it('says what documents measure now beside what they did at the request', async () => {
    const test = await start();
    const measured = (roc: number, more: object[] = []) => ({
      measurements: [
        { key: 'roc', value: roc, dataset: 'holdout' },
        { key: 'same', value: 1 },
        ...more,
      ],
    });
    await test.push('metrics', measured(0.9));
    const asked = await test.request();
    const changed = async () =>
      test.changedMeasurements.of(
        await test.promotionJudging.current(asked.id),
      );
    expect(await changed()).toBeNull();
    await test.push('metrics', measured(0.7, [{ key: 'new', value: 3 }]));
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
    const found = await changed();
    expect(found).toEqual([
      {
        key: 'roc',
        dataset: 'holdout',
        slice: null,
        was: { value: 0.9, digest },
        is: { value: 0.7, digest },
      },
      {
        key: 'new',
        dataset: null,
        slice: null,
        was: null,
        is: { value: 3, digest },
      },
    ]);
    expect(found?.[0].was?.digest).not.toBe(found?.[0].is?.digest);
  });

  it('counts the same bytes for each who brought them', async () => {
    const test = await start({
      config: {
        gates: [
          { id: 'tests', type: 'tests', from: ['service:ci'] },
          {
            id: 'f1',
            type: 'metric-limit',
            metric: 'f1',
            min: 0.5,
            minimumRows: 0,
            from: ['service:ci'],
          },
        ],
      },
    });
    const suites = {
      suites: [{ name: 'golden', tests: [{ name: 'one', outcome: 'passed' }] }],
    };
    const metrics = { measurements: [{ key: 'f1', value: 0.6 }] };
    await test.push('tests', suites, 'service:somebody');
    await test.push('metrics', metrics, 'service:somebody');
    const asked = await test.request();
    const outcomes = (gates: Array<{ outcome: string }>) =>
      gates.slice(0, 2).map(({ outcome }) => outcome);
    expect(outcomes(asked.requested.gates)).toEqual(['unknown', 'unknown']);
    await test.push('tests', suites);
    await test.push('metrics', metrics);
    const { now } = await test.promotionJudging.current(asked.id);
    expect(outcomes(now?.gates ?? [])).toEqual(['pass', 'pass']);
    expect(
      now?.evidence
        .filter(({ kind }) => kind === 'tests')
        .map(({ from }) => from),
    ).toEqual(['service:somebody', 'service:ci']);
    const { revision } = await test.promotionJudging.current(asked.id);
    await test.push('tests', suites);
    expect((await test.promotionJudging.current(asked.id)).revision).toBe(
      revision,
    );
  });
});
