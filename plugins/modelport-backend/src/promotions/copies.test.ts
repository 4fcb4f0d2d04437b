import {
  FakeModelSource,
  FakeVersionCopies,
} from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import {
  ADA,
  CREDIT,
  GRACE,
  ROSA,
  signal,
  TestPromotions,
  testSource,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

/** Production is the champion of another model of the same registry. */
const WITHIN = [
  { name: 'production', alias: 'champion', copy: { name: '{name}-prod' } },
];
/** Production is the newest version in another registry. */
const ACROSS = [
  { name: 'production', copy: { source: 'prod', from: ['fake'] } },
];

describePromotions('an environment of copies', setup => {
  interface Registries {
    source: FakeModelSource;
    others: FakeModelSource[];
    environments: object[];
  }
  const within = (): Registries & { copies: FakeVersionCopies } => {
    const source = testSource();
    const copies = new FakeVersionCopies(source);
    source.copies = copies;
    return { source, copies, others: [], environments: WITHIN };
  };
  const across = (): Registries & { copies: FakeVersionCopies } => {
    const target = new FakeModelSource('prod');
    const copies = new FakeVersionCopies(target);
    target.copies = copies;
    return {
      source: testSource(),
      copies,
      others: [target],
      environments: ACROSS,
    };
  };
  const start = async (
    registries: Registries,
    more: { holder?: string; now?: () => Date } = {},
    knex?: Knex,
  ) => setup.start({ ...registries, ...more }, knex);
  const liveOf = async (test: TestPromotions) =>
    (await test.environments.at(CREDIT)).items[0];
  const actions = async (test: TestPromotions) =>
    (await test.audit.list({ visibility: undefined, limit: 500 })).items.map(
      ({ action }) => action,
    );

  it('copies into another model, gives the alias there, and says where the copy is', async () => {
    const registries = within();
    const test = await start(registries);
    const preview = await test.promotionRequests.preview({
      ...CREDIT,
      version: '2',
      environment: 'production',
      requestedBy: ADA,
    });
    expect(preview.effect).toMatchObject({
      possible: true,
      message: expect.stringContaining(
        'Version 2 of credit will be copied into the model credit-prod in fake, and the alias champion of that given to the copy.',
      ),
    });
    // The alias of the model itself means nothing here.
    expect(preview.fromVersion).toBeNull();
    const live = await test.bring('2');
    expect(live).toMatchObject({
      state: 'live',
      execution: { copied: { version: '1' } },
    });
    expect(
      live.execution.steps.map(({ name, state }) => [name, state]),
    ).toEqual([
      ['check', 'done'],
      ['copy', 'done'],
      ['set-alias', 'done'],
      ['read-back', 'done'],
    ]);
    const { source } = registries;
    expect(await source.getModel('credit-prod', { signal })).toMatchObject({
      aliases: { champion: '1' },
    });
    expect((await source.getModel('credit', { signal }))?.aliases).toEqual({
      champion: '1',
    });
    expect(
      await source.getVersion('credit-prod', '1', { signal }),
    ).toMatchObject({
      tags: { 'modelport.copy_of': 'fake/credit/2' },
    });
    expect(await test.models.get('fake', 'credit', undefined)).toMatchObject({
      environments: [{ environment: 'production', version: '2' }],
    });
    expect(await liveOf(test)).toMatchObject({
      means: 'alias champion of credit-prod in fake',
      status: 'live',
      version: '2',
      promotion: live.id,
      copy: { source: 'fake', name: 'credit-prod', version: '1' },
    });
    expect(
      (await actions(test)).filter(action => action === 'promotion.copied'),
    ).toHaveLength(1);
  });

  it('goes back to the copy that was live before, without another one', async () => {
    const registries = within();
    const test = await start(registries);
    await test.bring('2');
    await test.bring('3');
    const back = await test.rollbacks.request({
      ...CREDIT,
      environment: 'production',
      toVersion: '2',
      reason: 'It broke',
      ticket: null,
      by: GRACE,
    });
    expect(back.state).toBe('live');
    const { source, copies } = registries;
    expect(await source.getModel('credit-prod', { signal })).toMatchObject({
      aliases: { champion: '1' },
    });
    expect(copies.calls.filter(call => call === 'make')).toHaveLength(2);
    expect(await liveOf(test)).toMatchObject({
      version: '2',
      copy: { version: '1' },
    });
  });

  it('is the newest version of another registry where it has no alias, also after a rollback', async () => {
    const registries = across();
    const test = await start(registries);
    expect((await test.bring('2')).state).toBe('live');
    expect((await test.bring('3')).state).toBe('live');
    const back = await test.rollbacks.request({
      ...CREDIT,
      environment: 'production',
      toVersion: '2',
      reason: 'It broke',
      ticket: null,
      by: GRACE,
    });
    expect(back.state).toBe('live');
    expect(await liveOf(test)).toMatchObject({
      means: 'newest version of credit in prod',
      version: '2',
      copy: { source: 'prod', name: 'credit', version: '3' },
    });
  });

  it('asks for nothing where the registry takes no copies, and makes none where it takes none any more', async () => {
    const registries = across();
    const test = await start(registries);
    registries.copies.refusal = 'It takes no artefacts';
    await expect(test.request('2')).rejects.toThrow(
      'It takes no artefacts. Nothing was kept.',
    );
    registries.copies.refusal = null;
    const asked = await test.request('2');
    await test.decide(asked.id, GRACE);
    registries.copies.refusal = 'It takes no artefacts';
    expect(await test.decide(asked.id, ROSA)).toMatchObject({
      state: 'failed',
      execution: { message: 'It takes no artefacts. Nothing was changed' },
    });
    expect(registries.copies.calls).not.toContain('make');
  });

  it('keeps no copy whose alias is refused', async () => {
    const registries = within();
    const test = await start(registries);
    registries.source.onCall = ({ method }) => {
      if (method === 'setAlias') {
        const error = new Error('Not yours');
        error.name = 'NotAllowedError';
        throw error;
      }
    };
    const failed = await test.bring('2');
    expect(failed).toMatchObject({
      state: 'failed',
      execution: { message: 'Not yours' },
    });
    const { source } = registries;
    expect(
      await source.getVersion('credit-prod', '1', { signal }),
    ).toBeUndefined();
    source.onCall = () => {};
    const again = await test.promotionReviews.execute({
      id: failed.id,
      by: ROSA,
    });
    expect(again.state).toBe('live');
  });

  it('sees what somebody else makes live there, and does not replace it unasked', async () => {
    const registries = within();
    const test = await start(registries);
    await test.bring('2');
    await test.watch.continueRounds({ signal });
    const { source } = registries;
    const asked = await test.request('3');
    await test.decide(asked.id, GRACE);
    source.putVersion({ model: 'credit-prod', version: '9' });
    await source.setAlias('credit-prod', 'champion', '9', { signal });
    const failed = await test.decide(asked.id, ROSA);
    expect(failed).toMatchObject({
      state: 'failed',
      execution: {
        message: expect.stringContaining(
          'champion of credit-prod was moved meanwhile: it is version 9 of credit-prod, and was version 2 at the request',
        ),
      },
    });
    await test.pass('credit-prod');
    await test.watch.continueRounds({ signal });
    expect(await liveOf(test)).toMatchObject({
      status: 'empty',
      behindPortal: true,
    });
  });

  it('brings nothing into a model of copies by itself', async () => {
    const test = await start(within());
    await test.bring('2');
    await expect(
      test.promotionRequests.request({
        ...CREDIT,
        name: 'credit-prod',
        version: '1',
        environment: 'production',
        requestedBy: ADA,
        reason: 'r',
        ticket: null,
      }),
    ).rejects.toThrow(
      'credit-prod holds the copies that are live in production',
    );
  });

  describe.each([
    ['within a registry', within],
    ['across registries', across],
  ] as const)('%s', (_where, registriesOf) => {
    it.each([
      ['before the copy is made', 'onCall', 'make'],
      ['after the copy was made, before that was noted', 'onDone', 'make'],
      ['while it asks whether copies are taken', 'onCall', 'whyNot'],
    ] as const)(
      'is finished by another backend that makes no second one: killed %s',
      async (_when, hook, method) => {
        const registries = registriesOf();
        const { copies } = registries;
        const knex = await setup.database();
        let now = new Date();
        const clock = { now: () => now };
        const first = await start(registries, { holder: '1', ...clock }, knex);
        const second = await start(registries, { holder: '2', ...clock }, knex);
        const asked = await first.request('2', ADA);
        await first.decide(asked.id, GRACE);
        let isDead = false;
        const die = () => {
          throw new Error('killed');
        };
        copies[hook] = called => {
          if (isDead || called === method) {
            isDead = true;
            die();
          }
        };
        await first.decide(asked.id, ROSA);
        expect(isDead).toBe(true);
        copies.onCall = () => {};
        copies.onDone = () => {};
        now = new Date(now.getTime() + 600_000);
        await second.promotionRounds.continueAll({ signal });
        expect(await second.promotionJudging.current(asked.id)).toMatchObject({
          state: 'live',
          execution: { copied: { version: '1' } },
        });
        const target = registries.others[0] ?? registries.source;
        const name = registries.others[0] ? 'credit' : 'credit-prod';
        expect(await target.getVersion(name, '1', { signal })).toBeDefined();
        expect(await target.getVersion(name, '2', { signal })).toBeUndefined();
        const told = await actions(second);
        for (const action of ['promotion.copied', 'promotion.live']) {
          expect(told.filter(other => other === action)).toHaveLength(1);
        }
        expect(await second.audit.verify()).toMatchObject({ ok: true });
      },
    );
  });
});
