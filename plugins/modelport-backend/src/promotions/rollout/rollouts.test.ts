import { isInUse } from '../../monitoring/MonitoringProjector';
import {
  ADA,
  GRACE,
  ROSA,
  signal,
  TestPromotions,
  testSource,
} from '../__testUtils__/createTestPromotions';
import {
  describePromotions,
  PromotionsSetup,
} from '../__testUtils__/describePromotions';
import { killAfter } from '../__testUtils__/killAfter';

const HOUR = 3_600_000;

const CANARY = {
  kind: 'canary',
  steps: [
    { percent: 10, for: { hours: 1 } },
    { percent: 50, for: { hours: 2 } },
  ],
};

function splittingSource() {
  const source = testSource();
  source.capabilities.push('setTraffic');
  return source;
}

describePromotions('a rollout', setup => {
  let test: TestPromotions;
  let now: Date;

  beforeEach(() => {
    now = new Date();
  });

  const wait = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const start = async (
    rollout: object = CANARY,
    options: Parameters<PromotionsSetup['start']>[0] = {},
  ) => {
    test = await setup.start({
      source: splittingSource(),
      now: () => now,
      holder: 'first',
      ...options,
      config: { rollouts: [rollout], ...options.config },
    });
    await test.watch.continueRounds({ signal });
  };
  /** Another backend on the same database and registry. */
  const startSecond = async () =>
    setup.start(
      {
        source: test.source,
        now: () => now,
        holder: 'second',
        config: { rollouts: [CANARY] },
      },
      test.knex,
    );
  const round = (of: TestPromotions = test) =>
    of.promotionRounds.continueAll({ signal });
  const current = async (id: string) => await test.promotionJudging.current(id);
  const next = async (id: string, by = GRACE) =>
    test.rollouts.next({ id, by, revision: (await current(id)).revision });
  const registry = async () => {
    const model = await test.source.getModel('credit', { signal });
    return {
      alias: model?.aliases.champion,
      split: (model?.traffic?.production ?? []).map(
        ({ version, percent, mode }) => `${version}: ${percent} ${mode}`,
      ),
    };
  };

  it('goes by steps, each of them once and as long as it has to', async () => {
    await start();
    const first = await test.bring();
    expect(first).toMatchObject({
      state: 'executing',
      rollout: { step: 1, go: 1 },
    });
    expect(await registry()).toEqual({
      alias: '1',
      split: ['1: 90 live', '2: 10 live'],
    });
    await expect(next(first.id)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('Step 1 holds till'),
    });
    const writes = test.source.count('setTraffic');
    await round();
    expect(test.source.count('setTraffic')).toBe(writes);

    wait(HOUR);
    await round();
    // A person lets it go on.
    expect((await current(first.id)).rollout).toMatchObject({ step: 1 });
    expect(await next(first.id)).toMatchObject({ rollout: { step: 2 } });
    expect((await registry()).split).toEqual(['1: 50 live', '2: 50 live']);
    const { items } = await test.environments.at({
      source: 'fake',
      name: 'credit',
      visibility: undefined,
    });
    expect(items.find(one => one.environment === 'production')).toMatchObject({
      version: '1',
      shares: [
        { version: '1', percent: 50, mode: 'live' },
        { version: '2', percent: 50, mode: 'live' },
      ],
      rollout: { promotion: first.id, step: 2, waitsFor: 'time' },
    });
    await expect(
      test.rollbacks.request({
        source: 'fake',
        name: 'credit',
        environment: 'production',
        toVersion: '1',
        reason: 'r',
        ticket: null,
        by: ROSA,
        visibility: undefined,
      }),
    ).rejects.toMatchObject({ message: expect.stringContaining('abort it') });

    wait(2 * HOUR);
    const live = await next(first.id);
    expect(live).toMatchObject({ state: 'live' });
    expect(await registry()).toEqual({ alias: '2', split: [] });
    expect(test.source.count('setTraffic')).toBe(3);
    expect(test.source.count('setAlias')).toBe(1);
    expect((await test.audited()).slice(-7)).toEqual([
      'promotion.approved',
      'promotion.execution-started',
      'promotion.step-live',
      'promotion.step-let-go',
      'promotion.step-live',
      'promotion.step-let-go',
      'promotion.live',
    ]);
    expect(await test.audit.verify()).toMatchObject({ ok: true });

    const { items: periods } = await test.environments.history({
      source: 'fake',
      name: 'credit',
      environment: 'production',
      visibility: undefined,
      limit: 10,
    });
    expect(
      periods.map(({ version, shares }) => [
        version,
        shares.map(({ percent }) => percent),
      ]),
    ).toEqual([
      ['2', []],
      ['1', [50, 50]],
      ['1', [90, 10]],
      ['1', []],
    ]);
    const before = await test.environments.at({
      source: 'fake',
      name: 'credit',
      visibility: undefined,
      at: new Date(now.getTime() - 2.5 * HOUR).toISOString(),
    });
    expect(
      before.items.find(one => one.environment === 'production')?.shares,
    ).toMatchObject([{ percent: 90 }, { percent: 10 }]);
  });

  it('goes on by itself where the policy says so, and returns where an alert is opened', async () => {
    await start({
      ...CANARY,
      next: 'automatic',
      abortOn: [{ type: 'alert' }],
    });
    const { id } = await test.bring();
    wait(HOUR);
    await round();
    expect((await current(id)).rollout).toMatchObject({ step: 2 });
    await test.alerts.report({ source: 'fake', name: 'credit' }, 'serving', {
      version: '2',
      severity: 'high',
      findings: [
        {
          feature: null,
          statistic: 'errors',
          tool: 'test',
          value: null,
          threshold: null,
          start: now.toISOString(),
          end: now.toISOString(),
          text: 'Every second answer is wrong',
        },
      ],
    });
    await round();
    const aborted = await current(id);
    expect(aborted).toMatchObject({
      state: 'rolled_back',
      rollout: {
        abort: {
          by: 'service:modelport',
          reason: expect.stringContaining('Every second answer is wrong'),
        },
      },
    });
    expect(await registry()).toEqual({ alias: '1', split: [] });
    expect((await test.audited()).slice(-2)).toEqual([
      'promotion.aborted',
      'promotion.restored',
    ]);
    expect(await test.audit.verify()).toMatchObject({ ok: true });
  });

  it('does not go on by itself while a condition can not be told', async () => {
    await start({
      ...CANARY,
      next: 'automatic',
      abortOn: [{ type: 'objective', objective: 'availability' }],
    });
    const { id } = await test.bring();
    wait(HOUR);
    await round();
    expect((await current(id)).rollout).toMatchObject({
      step: 1,
      problem: expect.stringContaining('no telemetry is connected'),
    });
  });

  it('does not go on by itself where it would not be approved any more', async () => {
    await start(
      { ...CANARY, next: 'automatic', abortOn: [] },
      {
        config: {
          gates: [{ id: 'golden', type: 'tests', from: ['service:ci'] }],
        },
      },
    );
    const golden = (outcome: string, at: string) =>
      test.push(
        'tests',
        { suites: [{ name: 'golden', tests: [{ name: 'one', outcome }] }] },
        ...(['service:ci', '2', at] as const),
      );
    await golden('passed', '2026-01-01T00:00:00Z');
    const { id } = await test.bring();
    await golden('failed', '2026-01-02T00:00:00Z');
    wait(HOUR);
    await round();
    expect((await current(id)).rollout).toMatchObject({
      step: 1,
      problem: expect.stringContaining('golden does not pass'),
    });
  });

  it('is aborted by a person with a reason, also a shadow, and never goes on then', async () => {
    await start({ kind: 'shadow', percent: 20 });
    const { id } = await test.bring();
    expect((await registry()).split).toEqual(['1: 100 live', '2: 20 shadow']);
    const aborted = await test.rollouts.abort({
      id,
      by: ROSA,
      reason: 'Answers differ',
    });
    expect(aborted).toMatchObject({ state: 'rolled_back' });
    expect(await registry()).toEqual({ alias: '1', split: [] });
    await expect(next(id)).rejects.toMatchObject({ name: 'ConflictError' });
    await expect(
      test.rollouts.abort({ id, by: ROSA, reason: 'again' }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    await round();
    expect((await current(id)).state).toBe('rolled_back');
  });

  it('sees shares that somebody changes at the registry, and changes nothing over them', async () => {
    await start();
    const { id } = await test.bring();
    await test.source.setTraffic(
      'credit',
      'production',
      [
        { version: '1', percent: 30, mode: 'live' },
        { version: '2', percent: 70, mode: 'live' },
      ],
      { signal },
    );
    wait(HOUR);
    await test.pass();
    await test.watch.continueRounds({ signal });
    expect(await test.audited()).toContain('environment.moved-behind-portal');
    expect((await current(id)).movedElsewhere).toMatchObject({ version: '1' });
    const failed = await next(id);
    expect(failed).toMatchObject({
      state: 'failed',
      execution: {
        message: expect.stringContaining('was split otherwise meanwhile'),
      },
    });
    expect((await registry()).split).toEqual(['1: 30 live', '2: 70 live']);
    // Who looked at it replaces it, or gives everything back.
    const again = await test.promotionReviews.execute({ id, by: ROSA });
    expect(again).toMatchObject({ state: 'executing', rollout: { step: 2 } });
    expect((await registry()).split).toEqual(['1: 50 live', '2: 50 live']);
  });

  it('gives everything back after a failure, and where the version is gone', async () => {
    await start();
    const { id } = await test.bring();
    wait(HOUR);
    test.source.removeVersion('credit', '2');
    expect(await next(id)).toMatchObject({ state: 'failed' });
    expect(
      await test.rollouts.abort({ id, by: ROSA, reason: 'It is gone' }),
    ).toMatchObject({ state: 'rolled_back' });
    expect(await registry()).toEqual({ alias: '1', split: [] });
  });

  it('is refused where the source splits no traffic or the policy does not allow it', async () => {
    await start({ kind: 'direct' }, { source: testSource() });
    const preview = await test.promotionRequests.preview({
      source: 'fake',
      name: 'credit',
      version: '2',
      environment: 'production',
      visibility: undefined,
      requestedBy: ADA,
    });
    expect(
      preview.rollouts.map(({ kind, possible, message }) => [
        kind,
        possible,
        message,
      ]),
    ).toEqual([
      ['direct', true, null],
      ...['canary', 'shadow', 'ab'].map(kind => [
        kind,
        false,
        expect.stringContaining('splits no traffic'),
      ]),
    ]);
    const ask = (rollout: 'canary' | 'direct') =>
      test.promotionRequests.request({
        source: 'fake',
        name: 'credit',
        version: '2',
        environment: 'production',
        visibility: undefined,
        requestedBy: ADA,
        reason: 'r',
        ticket: null,
        rollout,
      });
    await expect(ask('canary')).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('splits no traffic'),
    });
    expect((await ask('direct')).rollout).toBeUndefined();
  });

  it('may serve, and monitoring judges it, while it has a share', async () => {
    await start();
    await test.bring();
    wait(HOUR / 2);
    const serve = (...versions: string[]) =>
      test.observations.put({
        source: 'fake',
        name: 'credit',
        environment: 'production',
        visibility: undefined,
        by: 'service:ci',
        items: versions.map(version => ({ version })),
      });
    const alerts = async () =>
      (await test.alerts.unclosedOf({ source: 'fake', name: 'credit' })).map(
        ({ version }) => version,
      );
    await serve('1', '2');
    expect(await alerts()).toEqual([]);
    await serve('1', '2', '3');
    expect(await alerts()).toEqual(['3']);
    const model = await test.models.get('fake', 'credit', undefined);
    expect(['1', '2', '3'].map(version => isInUse(model, version))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('of one version at once takes away what was split by hand', async () => {
    await start({ kind: 'direct' });
    await test.source.setTraffic(
      'credit',
      'production',
      [
        { version: '1', percent: 50, mode: 'live' },
        { version: '3', percent: 50, mode: 'live' },
      ],
      { signal },
    );
    expect(await test.bring()).toMatchObject({ state: 'live' });
    expect(await registry()).toEqual({ alias: '2', split: [] });
  });

  it.each([
    ['before its shares were set', 'before'],
    ['after its shares were set, before that was noted', 'after'],
  ] as const)(
    'makes a step once where a backend is killed %s',
    async (_when, when) => {
      await start();
      const { id } = await test.bring();
      wait(HOUR);
      let isDead = false;
      const kill = (call: { method: string }) => {
        if (isDead || call.method === 'setTraffic') {
          isDead = true;
          throw new Error('killed');
        }
      };
      if (when === 'before') {
        test.source.onCall = kill;
      } else {
        test.source.onDone = kill;
        test.source.onCall = () => {
          if (isDead) {
            throw new Error('killed');
          }
        };
      }
      await next(id);
      test.source.onCall = () => {};
      test.source.onDone = () => {};
      const second = await startSecond();
      wait(600_000);
      await round(second);
      expect((await current(id)).rollout).toMatchObject({ step: 2, go: 2 });
      expect((await registry()).split).toEqual(['1: 50 live', '2: 50 live']);
      expect(
        (await test.audited()).filter(
          action => action === 'promotion.step-live',
        ),
      ).toHaveLength(2);
      expect(await second.audit.verify()).toMatchObject({ ok: true });
    },
  );

  it.each(Array.from({ length: 12 }, (_, index) => index * 3))(
    'goes on between two steps where a backend is killed at its database statement %i',
    async statement => {
      await start();
      const { id, revision } = await test.bring();
      wait(HOUR);
      const second = await startSecond();
      const revive = killAfter(test.knex, statement);
      await test.rollouts
        .next({ id, by: GRACE, revision })
        .catch(() => undefined);
      revive();
      wait(600_000);
      await round(second);
      const after = await current(id);
      if (after.rollout?.go === 1) {
        // Killed before it was let go: nothing has happened, and the revision that was looked at is still the newest.
        await second.rollouts.next({ id, by: GRACE, revision });
      }
      expect((await current(id)).rollout).toMatchObject({ step: 2, go: 2 });
      expect((await registry()).split).toEqual(['1: 50 live', '2: 50 live']);
      const actions = await test.audited();
      for (const [action, times] of [
        ['promotion.step-live', 2],
        ['promotion.step-let-go', 1],
      ] as const) {
        expect(actions.filter(one => one === action)).toHaveLength(times);
      }
      expect(await second.audit.verify()).toMatchObject({ ok: true });
      expect(
        await test.knex('promotions_periods').where({
          known_until: null,
          valid_until: null,
          environment: 'production',
        }),
      ).toMatchObject([{ version: '1', promotion_id: Number(id) }]);
    },
  );
});
