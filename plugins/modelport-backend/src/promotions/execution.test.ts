import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import {
  ADA,
  GRACE,
  ROSA,
  signal,
  TestPromotions,
  testSource,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';
import { killAfter } from './__testUtils__/killAfter';

describePromotions('an execution', ({ start, database }) => {
  const startTwo = async (
    knex: Knex,
    options: { source: FakeModelSource; now: () => Date },
  ) => ({
    first: await start({ ...options, holder: 'first' }, knex),
    second: await start({ ...options, holder: 'second' }, knex),
  });

  /** Two backends on one database and one registry; the first dies at a moment, the second goes on. */
  const walk = async (
    dieAt: (first: TestPromotions, die: () => void) => void,
  ) => {
    const knex = await database();
    const source = testSource();
    let now = new Date();
    const { first, second } = await startTwo(knex, { source, now: () => now });
    const asked = await first.request('2', ADA);
    await first.decide(asked.id, GRACE);
    let isDead = false;
    dieAt(first, () => {
      isDead = true;
    });
    // What is dead asks the registry nothing more.
    const wasOnCall = source.onCall;
    source.onCall = async call => {
      if (isDead) {
        throw new Error('killed');
      }
      await wasOnCall(call);
    };
    await first.decide(asked.id, ROSA);
    source.onCall = () => {};
    source.onDone = () => {};
    now = new Date(now.getTime() + 600_000);
    await second.promotionRounds.continueAll({ signal });
    const done = await second.promotionJudging.current(asked.id);
    const alias = await second.alias();
    return { done, alias, source, second, knex };
  };

  it.each([
    ['before the registry was asked', 'getModel', 'before'],
    ['before the alias was set', 'setAlias', 'before'],
    ['after the alias was set, before that was noted', 'setAlias', 'after'],
  ] as const)(
    'is finished by another backend: killed %s',
    async (_when, method, when) => {
      const { done, alias, source, second, knex } = await walk((first, die) => {
        const kill = (call: { method: string }) => {
          if (call.method === method) {
            die();
            throw new Error('killed');
          }
        };
        if (when === 'before') {
          first.source.onCall = kill;
        } else {
          first.source.onDone = kill;
        }
      });
      expect(done.state).toBe('live');
      expect(alias).toBe('2');
      expect(
        source.calls.filter(call => call.method === 'setAlias').length,
      ).toBeLessThanOrEqual(2);
      const actions = await knex('audit_entries').select('action');
      expect(
        actions.filter(({ action }) => action === 'promotion.live'),
      ).toHaveLength(1);
      expect(await second.audit.verify()).toMatchObject({ ok: true });
    },
  );

  it('is done once by two backends that go on at the same time', async () => {
    const knex = await database();
    const source = testSource();
    let now = new Date();
    const { first, second } = await startTwo(knex, { source, now: () => now });
    const backends = [first, second];
    const asked = await first.request('2', ADA);
    await first.decide(asked.id, GRACE);
    source.onCall = () => {
      throw new Error('down');
    };
    await first.decide(asked.id, ROSA);
    source.onCall = () => {};
    now = new Date(now.getTime() + 600_000);
    await Promise.all(
      backends.map(({ promotionRounds }) =>
        promotionRounds.continueAll({ signal }),
      ),
    );
    expect((await second.promotionJudging.current(asked.id)).state).toBe(
      'live',
    );
    expect(source.count('setAlias')).toBe(1);
  });

  it('waits for a registry that is down for an hour, and fills the chain with nothing', async () => {
    let now = new Date();
    const test = await start({ now: () => now });
    const { knex, source } = test;
    const asked = await test.request('2', ADA);
    await test.decide(asked.id, GRACE);
    source.onCall = () => {
      throw new Error('down');
    };
    await test.decide(asked.id, ROSA);
    const entries = async () =>
      Number((await knex('audit_entries').count({ count: '*' }))[0].count);
    const before = await entries();
    for (let minute = 0; minute < 60; minute++) {
      now = new Date(now.getTime() + 60_000);
      await test.promotionRounds.continueAll({ signal });
    }
    expect(await test.promotionJudging.current(asked.id)).toMatchObject({
      state: 'executing',
      execution: { message: expect.stringMatching(/down. It is tried again/) },
    });
    expect(await entries()).toBe(before);
    source.onCall = () => {};
    now = new Date(now.getTime() + 60_000);
    await test.promotionRounds.continueAll({ signal });
    expect((await test.promotionJudging.current(asked.id)).state).toBe('live');
    expect(source.count('setAlias')).toBe(1);
  });

  it('is done once where the clocks of two backends differ by more than a lease', async () => {
    const knex = await database();
    const source = testSource();
    const ahead = () => new Date(Date.now() + 3_600_000);
    const first = await start({ source, holder: 'first' }, knex);
    const second = await start({ source, holder: 'second', now: ahead }, knex);
    const asked = await first.request('2', ADA);
    await first.decide(asked.id, GRACE);
    // While the first has the alias moved, the second takes its lease for over.
    let isTaken = false;
    source.onDone = async ({ method }) => {
      if (method === 'setAlias' && !isTaken) {
        isTaken = true;
        await second.promotionRounds.continueAll({ signal });
      }
    };
    expect((await first.decide(asked.id, ROSA)).state).toBe('live');
    expect(isTaken).toBe(true);
    expect(source.count('setAlias')).toBe(1);
    expect(
      await knex('audit_entries').where({ action: 'promotion.live' }),
    ).toHaveLength(1);
    expect(await second.audit.verify()).toMatchObject({ ok: true });
  });

  it.each(Array.from({ length: 16 }, (_, index) => index * 3))(
    'is finished by another backend: killed at its database statement %i',
    async statement => {
      const knex = await database();
      const source = testSource();
      let now = new Date();
      const { first, second } = await startTwo(knex, {
        source,
        now: () => now,
      });
      const asked = await first.request('2', ADA);
      await first.decide(asked.id, GRACE);
      let revive = () => {};
      source.onCall = call => {
        if (call.method === 'getModel') {
          // The decision is kept; from here on the execution runs.
          source.onCall = () => {};
          revive = killAfter(knex, statement);
        }
      };
      await first.decide(asked.id, ROSA).catch(() => undefined);
      revive();
      now = new Date(now.getTime() + 600_000);
      await second.promotionRounds.continueAll({ signal });
      expect((await second.promotionJudging.current(asked.id)).state).toBe(
        'live',
      );
      expect(await second.alias()).toBe('2');
      const live = await knex('audit_entries').where({
        action: 'promotion.live',
      });
      expect(live).toHaveLength(1);
      expect(await second.audit.verify()).toMatchObject({ ok: true });
      expect(
        await knex('promotions_periods').where({
          known_until: null,
          valid_until: null,
          environment: 'production',
        }),
      ).toMatchObject([{ version: '2', promotion_id: Number(asked.id) }]);
    },
  );

  it('fails where the alias was moved or the version deleted meanwhile, and tries again for who may', async () => {
    const test = await start();
    const asked = await test.request();
    await test.decide(asked.id, GRACE);
    await test.source.setAlias('credit', 'champion', '3', { signal });
    const failed = await test.decide(asked.id, ROSA);
    expect(failed.state).toBe('failed');
    expect(failed.execution.message).toContain('was moved meanwhile');
    expect(await test.alias()).toBe('3');
    const again = await test.promotionReviews.execute({
      id: asked.id,
      by: ROSA,
    });
    expect(again.state).toBe('live');
    expect(await test.alias()).toBe('2');
    await expect(
      test.promotionReviews.execute({ id: asked.id, by: ROSA }),
    ).rejects.toMatchObject({ name: 'ConflictError' });

    const gone = await test.request('3');
    await test.decide(gone.id, GRACE);
    test.source.removeVersion('credit', '3');
    const isGone = {
      state: 'failed',
      execution: { message: expect.stringContaining('no longer') },
    };
    expect(await test.decide(gone.id, ROSA)).toMatchObject(isGone);
    // Another version of the same name is not what was approved.
    test.source.putVersion({ model: 'credit', version: '3', createdAt: 1 });
    expect(
      await test.promotionReviews.execute({ id: gone.id, by: ROSA }),
    ).toMatchObject(isGone);
    expect(await test.alias()).toBe('2');
  });

  it('keeps one of 100 decisions at once through two backends, and tells the others', async () => {
    const test = await start();
    const second = await start(
      { source: test.source, holder: 'second' },
      test.knex,
    );
    const asked = await test.request();
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        (index % 4 > 1 ? test : second).decide(
          asked.id,
          index % 2 ? GRACE : ROSA,
          'approve',
          { revision: asked.revision },
        ),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      1,
    );
    const refusals = results.flatMap(result =>
      result.status === 'rejected' ? [result.reason.name] : [],
    );
    expect(new Set(refusals)).toEqual(new Set(['ConflictError']));
    expect(
      (await test.promotionJudging.current(asked.id)).decisions,
    ).toHaveLength(1);
    expect(await test.audit.verify()).toMatchObject({ ok: true });
  });
});
