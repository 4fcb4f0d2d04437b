import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  ADA,
  createTestPromotions,
  GRACE,
  RISK,
  ROSA,
  TestPromotions,
  testSource,
} from './__testUtils__/createTestPromotions';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const LIMIT = {
  type: 'metric-limit',
  metric: 'roc_auc',
  min: 0.71,
  minimumRows: 0,
};
const of = { source: 'fake', name: 'credit', visibility: undefined };
const signal = new AbortController().signal;

describe.each(databases.eachSupportedId())('promotions on %s', databaseId => {
  let knex: Knex;
  let test: TestPromotions;

  const start = async (
    options: Parameters<typeof createTestPromotions>[1] = {},
  ) => {
    knex = await databases.init(databaseId);
    test = await createTestPromotions(knex, options);
    return test;
  };
  const audited = async () =>
    (await knex('audit_entries').orderBy('seq').select('action')).map(
      ({ action }) => action,
    );
  const alias = async () =>
    (await test.source.getModel('credit', { signal }))?.aliases.champion;

  afterEach(() => test.close());

  it('brings a version to production by two people, one of the risk group', async () => {
    await start({ config: { gates: [{ id: 'auc', ...LIMIT }] } });
    const asked = await test.request();
    expect(asked).toMatchObject({
      state: 'requested',
      fromVersion: '1',
      riskTier: 'high',
      riskTierConfirmed: false,
      excluded: [{ entityRef: ADA, why: 'requester' }],
    });
    expect(
      asked.requested.gates.map(({ id, outcome }) => [id, outcome]),
    ).toEqual([
      ['auc', 'pass'],
      ['authors', 'pass'],
    ]);
    expect(test.told).toEqual([
      {
        recipients: expect.objectContaining({
          entityRef: [RISK, 'group:default/team-x'],
          excludeEntityRef: [ADA],
        }),
        title: 'credit version 2 asks for production',
      },
    ]);
    const waiting = async (entityRef: string, group: string) =>
      (
        await test.promotions.counts(
          { entityRef, refs: [entityRef, group] },
          undefined,
        )
      ).waitingForMe;
    expect(await waiting(ROSA, RISK)).toBe(1);
    expect(await waiting(GRACE, 'group:default/team-x')).toBe(1);
    expect(await waiting(ADA, 'group:default/team-x')).toBe(0);

    await expect(test.decide(asked.id, ADA)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('nobody decides on their own work'),
    });
    const one = await test.decide(asked.id, GRACE);
    expect(one).toMatchObject({ state: 'in_review', revision: 2 });
    await expect(test.decide(asked.id, GRACE)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('a decision counts once'),
    });
    await expect(
      test.decide(asked.id, ROSA, 'approve', { revision: 1 }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('user:default/grace approved'),
    });
    expect(await alias()).toBe('1');

    const live = await test.decide(asked.id, ROSA);
    expect(live).toMatchObject({
      state: 'live',
      execution: { state: 'succeeded' },
    });
    expect(await alias()).toBe('2');
    const model = await test.models.get('fake', 'credit', undefined);
    expect(model.environments).toMatchObject([
      { environment: 'production', version: '2' },
    ]);
    await expect(test.decide(asked.id, ROSA)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('is live'),
    });
    expect(await audited()).toEqual([
      'promotion.requested',
      'promotion.decision-approve',
      'promotion.decision-approve',
      'promotion.approved',
      'promotion.execution-started',
      'promotion.live',
    ]);
    expect(await test.audit.verify()).toMatchObject({
      ok: true,
      entries: 6,
      firstBroken: null,
    });
    expect(test.told.at(-1)?.title).toBe(
      'credit version 2 in production: live',
    );
  });

  it('tells nobody of what becomes of a model that is gone', async () => {
    let now = new Date();
    await start({ now: () => now });
    const asked = await test.request();
    await knex('models_models').update({ retired_at: now.toISOString() });
    const told = test.told.length;
    now = new Date(now.getTime() + 400 * 24 * 3_600_000);
    await test.promotionRounds.continueAll({ signal });
    expect((await test.promotions.get(asked.id, undefined)).state).toBe(
      'expired',
    );
    expect(test.told).toHaveLength(told);
  });

  it('executes by itself what a low tier lets through, and nothing where a gate fails', async () => {
    await start({ config: { gates: [{ id: 'auc', ...LIMIT, min: 0.725 }] } });
    await test.tier('low');
    const failing = await test.request('2');
    expect(failing.state).toBe('requested');
    expect((await test.request('3')).state).toBe('live');
    expect(await alias()).toBe('3');
    const waived = await test.promotionReviews.waive({
      id: failing.id,
      person: ROSA,
      gate: 'auc',
      reason: 'A small sample',
      control: 'A human looks at every refusal',
      expiresAt: new Date(Date.now() + 1_000_000).toISOString(),
      revision: (await test.promotionJudging.current(failing.id)).revision,
    });
    expect(waived.state).toBe('in_review');
  });

  it('refuses what is asked for twice, is live, or is not there', async () => {
    await start();
    await test.request('2');
    await expect(test.request('2')).rejects.toThrow('is asked for');
    await expect(test.request('1')).rejects.toThrow('is live in production');
    await expect(test.request('9')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(test.request('2', ADA, 'moon')).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('staging or production'),
    });
    test.source.readOnly = 'It is a copy';
    await expect(test.request('3')).rejects.toThrow('It is a copy');
  });

  it('tells who made a version, and blocks at high risk where that is nobody known', async () => {
    await start({
      source: testSource('root'),
      config: { people: [{ user: 'somebody', entityRef: GRACE }] },
    });
    const asked = await test.request('2', GRACE);
    expect(asked.requested.gates).toMatchObject([
      { id: 'authors', outcome: 'unknown', blocking: true },
    ]);
    await test.push('commits', {
      to: 'abc',
      commits: [
        { id: 'abc', author: { email: 'ada@example.org' } },
        { id: 'abd', author: { email: 'somebody' } },
      ],
    });
    const judged = await test.promotionJudging.current(asked.id);
    expect(judged.excluded).toEqual([
      { entityRef: GRACE, why: 'requester' },
      { entityRef: ADA, why: 'committer' },
    ]);
    await expect(test.decide(asked.id, ADA)).rejects.toThrow('committer');
    await test.decide(asked.id, ROSA);
    await expect(
      test.promotionReviews.waive({
        id: asked.id,
        person: 'user:default/nobody',
        gate: 'authors',
        reason: 'r',
        control: 'c',
        expiresAt: new Date(Date.now() + 1_000_000).toISOString(),
        revision: (await test.promotionJudging.current(asked.id)).revision,
      }),
    ).rejects.toThrow(`Only ${RISK}`);
  });

  it('judges anew what changed since the request, and asks to look at it', async () => {
    await start({
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
    expect(await audited()).toContain('promotion.evidence-changed');
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
    await start();
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
    await start({
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

  it('keeps what serves beside what is live, and opens an alert where they disagree', async () => {
    let now = new Date();
    await start({ now: () => now });
    const credit = { source: 'fake', name: 'credit' };
    const report = async (items: Array<{ version: string; share: number }>) => {
      await test.observations.put({
        ...credit,
        environment: 'production',
        visibility: undefined,
        by: 'service:serving',
        items,
      });
      const { items: environments } = await test.environments.at(of);
      return environments.find(
        ({ environment }) => environment === 'production',
      );
    };
    const alerts = async () =>
      (await test.alerts.list({ visibility: undefined, limit: 10 })).items.map(
        ({ version, category, severity, state, findings }) => ({
          version,
          category,
          severity,
          state,
          text: findings[0].text,
        }),
      );
    const agreed = await report([{ version: '1', share: 1 }]);
    expect(agreed).toMatchObject({
      version: '1',
      observed: [{ version: '1', share: 1, lastSeen: now.toISOString() }],
    });
    expect(await alerts()).toEqual([]);

    await report([
      { version: '1', share: 0.75 },
      { version: '3', share: 0.25 },
    ]);
    const model = await test.models.get('fake', 'credit', undefined);
    expect(
      model.environments[0].observed.map(({ version }) => version),
    ).toEqual(['1', '3']);
    // A pass over the registry loses nothing of it.
    await test.pass();
    expect(
      (await test.models.get('fake', 'credit', undefined)).environments,
    ).toEqual(model.environments);
    expect(await alerts()).toEqual([
      {
        version: '3',
        category: 'serving',
        severity: 'high',
        state: 'open',
        text: 'In production version 3 serves, where the registry says that version 1 is live',
      },
    ]);

    // The same said again is no news.
    now = new Date(now.getTime() + 60_000);
    await report([
      { version: '1', share: 0.7 },
      { version: '3', share: 0.3 },
    ]);
    const [alert] = (
      await test.alerts.list({ visibility: undefined, limit: 10 })
    ).items;
    expect(alert.history.map(({ kind }) => kind)).toEqual(['opened']);

    // Once it is over, nobody has to close what nobody took on.
    now = new Date(now.getTime() + 2 * 3_600_000);
    await test.observations.judgeAll({ signal });
    expect((await alerts()).map(({ state }) => state)).toEqual(['closed']);

    await expect(report([{ version: '9', share: 1 }])).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(
      report([
        { version: '1', share: 0.9 },
        { version: '2', share: 0.9 },
      ]),
    ).rejects.toThrow('The shares add up to 1.8; expected at most 1');
  });

  it('takes a deployment that follows its registry for no disagreement', async () => {
    let now = new Date();
    await start({ now: () => now });
    await test.tier('low');
    const asked = await test.request();
    expect(asked.state).toBe('live');
    const put = () =>
      test.observations.put({
        source: 'fake',
        name: 'credit',
        environment: 'production',
        visibility: undefined,
        by: 'service:serving',
        items: [{ version: '1', share: 1 }],
      });
    const open = async () =>
      (
        await test.alerts.list({
          visibility: undefined,
          state: 'open',
          limit: 10,
        })
      ).items.map(({ severity }) => severity);
    await put();
    expect(await open()).toEqual([]);
    now = new Date(now.getTime() + 11 * 60_000);
    await put();
    expect(await open()).toEqual(['medium']);
  });

  it('lets a deputy decide for a group in their own name, for a time', async () => {
    let now = new Date('2030-01-10T00:00:00Z');
    await start({
      now: () => now,
      config: {
        deputies: [
          {
            entityRef: 'user:default/nobody',
            for: RISK,
            from: '2030-01-01T00:00:00Z',
            until: '2030-02-01T00:00:00Z',
          },
        ],
      },
    });
    const asked = await test.request();
    expect(test.told[0].recipients).toMatchObject({
      entityRef: [RISK, 'group:default/team-x', 'user:default/nobody'],
    });
    await test.decide(asked.id, GRACE);
    const live = await test.decide(asked.id, 'user:default/nobody');
    expect(live.state).toBe('live');
    expect(live.decisions[1]).toMatchObject({
      by: 'user:default/nobody',
      groups: [RISK],
    });
    const entry = await knex('audit_entries')
      .where({ actor: 'user:default/nobody' })
      .first('detail');
    expect(JSON.parse(entry.detail).deputyFor).toEqual([RISK]);

    now = new Date('2030-02-01T00:00:00Z');
    const late = await test.request('3');
    await test.decide(late.id, GRACE);
    expect((await test.decide(late.id, 'user:default/nobody')).state).toBe(
      'in_review',
    );
  });

  it('asks the tracker of change tickets, and opens one where none is named', async () => {
    const opened: string[] = [];
    const tracker = {
      open: async ({ id }: { id: string }) => {
        opened.push(id);
        return { reference: `CHG-${id}`, url: null, state: 'new' };
      },
      check: async (reference: string) => {
        if (reference === 'down') {
          throw new Error('it rains there');
        }
        return reference === 'CHG-7'
          ? { reference, url: 'https://t.example/7', state: 'approved' }
          : undefined;
      },
    };
    await start({ tickets: tracker });
    const ask = (version: string, ticket: string | null) =>
      test.promotionRequests.request({
        ...of,
        version,
        environment: 'staging',
        requestedBy: ADA,
        reason: 'r',
        ticket,
      });
    await expect(ask('2', 'CHG-9')).rejects.toThrow(
      'The tracker has no change ticket "CHG-9". Nothing was kept.',
    );
    expect((await ask('2', 'CHG-7')).changeTicket).toMatchObject({
      reference: 'CHG-7',
      url: 'https://t.example/7',
      state: 'approved',
      message: null,
    });
    expect(await ask('3', null)).toMatchObject({
      ticket: `CHG-${opened[0]}`,
      changeTicket: { state: 'new' },
    });
    expect(await ask('1', 'down')).toMatchObject({
      ticket: 'down',
      changeTicket: {
        state: null,
        message: 'The ticket could not be looked up: it rains there',
      },
    });
    expect(opened).toHaveLength(1);
    expect(await audited()).toContain('promotion.ticket-opened');
  });

  it('keeps the policy that it was requested under', async () => {
    await start();
    const asked = await test.request();
    await test.tier('low');
    const later = await test.promotionJudging.current(asked.id);
    expect(later.policy).toEqual(asked.policy);
    expect((await test.decide(asked.id, GRACE)).state).toBe('in_review');
  });

  it('takes what a model asks of itself where that is stricter, and blocks where it can not be read', async () => {
    const source = testSource();
    const model = await source.getModel('credit', { signal });
    source.putModel({
      name: 'credit',
      ...model,
      // As a file has it: every scalar is text.
      promotions: {
        approvals: { medium: { approvals: '3' }, high: { approvals: '1' } },
        environments: {
          production: { gates: [{ id: 'auc', ...LIMIT, min: '0.9' }] },
        },
      },
    });
    await start({ source });
    const asked = await test.request('2');
    expect(asked.policy.approvals.approvals).toBe(2);
    expect(asked.requested.gates[0]).toMatchObject({
      id: 'model.auc',
      outcome: 'fail',
    });
    await test.tier('medium');
    const medium = await test.request('3');
    expect(medium.policy.approvals.approvals).toBe(3);
    source.putModel({
      ...model,
      name: 'credit',
      promotions: { rollback: 'one' },
    });
    await test.pass();
    await test.promotionReviews.withdraw({ id: asked.id, by: ADA });
    const broken = await test.request('2');
    expect(broken.requested.gates.at(-1)).toMatchObject({
      id: 'model-rules',
      outcome: 'unknown',
      blocking: true,
    });
  });

  it('expires what nobody decides, and waivers whose time is over', async () => {
    let now = new Date();
    await start({
      now: () => now,
      config: { gates: [{ id: 'auc', ...LIMIT, min: 0.9 }] },
    });
    const asked = await test.request('2');
    await test.decide(asked.id, GRACE);
    await test.decide(asked.id, ROSA);
    const { revision } = await test.promotionJudging.current(asked.id);
    const live = await test.promotionReviews.waive({
      id: asked.id,
      person: ROSA,
      gate: 'auc',
      reason: 'r',
      control: 'c',
      expiresAt: new Date(now.getTime() + 86_400_000).toISOString(),
      revision,
    });
    expect(live.state).toBe('live');
    const forgotten = await test.request('3');
    now = new Date(now.getTime() + 40 * 86_400_000);
    await test.promotionRounds.continueAll({ signal });
    expect((await test.promotionJudging.current(forgotten.id)).state).toBe(
      'expired',
    );
    expect(
      (await test.promotionJudging.current(live.id)).waivers,
    ).toMatchObject([{ gate: 'auc', expiredAt: now.toISOString() }]);
  });

  it('lets nobody close a condition of their own work that is laid on somebody else', async () => {
    await start();
    const asked = await test.request();
    const due = new Date(Date.now() + 1_000_000).toISOString();
    await test.decide(asked.id, GRACE, 'approve', {
      conditions: [
        { text: 'Look at it', owner: ROSA, due },
        { text: 'Watch it', owner: 'group:default/team-x', due },
      ],
    });
    const close = async (condition: string, by: string) =>
      test.promotionReviews.closeCondition({
        id: asked.id,
        condition,
        by,
        comment: 'done',
      });
    await expect(close('1', ADA)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    await close('1', ROSA);
    expect((await close('2', ADA)).conditions).toMatchObject([
      { closedBy: ROSA },
      { closedBy: ADA },
    ]);
  });

  it('withdraws for the requester alone', async () => {
    await start();
    const asked = await test.request();
    await expect(
      test.promotionReviews.withdraw({ id: asked.id, by: GRACE }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await test.promotionReviews.withdraw({ id: asked.id, by: ADA });
    await expect(test.decide(asked.id, GRACE)).rejects.toThrow('is withdrawn');
    expect((await test.request()).id).not.toBe(asked.id);
  });

  it('rolls back to what was live before, and says what was live when', async () => {
    await start();
    await test.watch.continueRounds({ signal });
    const before = new Date().toISOString();
    const asked = await test.request();
    await test.decide(asked.id, GRACE);
    await test.decide(asked.id, ROSA);
    const between = new Date(Date.now() + 1).toISOString();
    const environment = 'production';
    await test.alerts.report({ source: 'fake', name: 'credit' }, 'serving', {
      version: '2',
      severity: 'high',
      findings: [
        {
          feature: 'age',
          statistic: 'psi',
          tool: 'test',
          value: null,
          threshold: null,
          start: between,
          end: between,
          text: 'age drifted',
        },
      ],
    });
    const targets = await test.rollbacks.targets({ ...of, environment });
    expect(targets).toMatchObject({
      version: '2',
      decision: 'one',
      alerts: [{ severity: 'high', text: 'age drifted' }],
      items: [{ version: '1', possible: true, alerts: [], monitoredAt: null }],
    });
    const back = { ...of, environment, reason: 'It broke', ticket: null };
    await expect(
      test.rollbacks.request({ ...back, toVersion: '3', by: GRACE }),
    ).rejects.toThrow('none that was live in production by the portal');
    const rolled = await test.rollbacks.request({
      ...back,
      toVersion: '1',
      by: GRACE,
    });
    expect(rolled).toMatchObject({ kind: 'rollback', state: 'live' });
    expect(await alias()).toBe('1');
    expect((await test.promotionJudging.current(asked.id)).state).toBe(
      'rolled_back',
    );
    expect(test.told).toContainEqual({
      recipients: expect.objectContaining({ entityRef: [ADA] }),
      title: 'credit version 2 in production: rolled back',
    });

    const liveAt = async (at?: string) =>
      (await test.environments.at({ ...of, at })).items.find(
        item => item.environment === environment,
      );
    expect(await liveAt()).toMatchObject({
      version: '1',
      promotion: rolled.id,
    });
    await expect(liveAt('2999-01-01T00:00:00Z')).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /^at is "2999-01-01T00:00:00.000Z", which is still to come/,
      ),
    });
    expect(await liveAt(between)).toMatchObject({
      version: '2',
      promotion: asked.id,
    });
    expect(await liveAt(before)).toMatchObject({
      status: 'live',
      version: '1',
      since: null,
    });
    expect(await liveAt('2001-01-01T00:00:00Z')).toMatchObject({
      status: 'unknown',
      version: null,
    });
    const { items } = await test.environments.history({
      ...of,
      environment,
      limit: 10,
    });
    expect(items.map(({ version }) => version)).toEqual(['1', '2', '1']);
  });

  it('takes no more for a rollback than what was brought there before, and more than one where who asks made it', async () => {
    await start();
    await test.watch.continueRounds({ signal });
    const environment = 'production';
    const back = { ...of, environment, reason: 'r', ticket: null };
    for (const version of ['3', '1']) {
      await test.source.setAlias('credit', 'champion', version, { signal });
      await test.pass();
      await test.watch.continueRounds({ signal });
    }
    // Somebody made it live by hand, and no gate ever judged it.
    await expect(
      test.rollbacks.request({ ...back, toVersion: '3', by: GRACE }),
    ).rejects.toThrow('Ask for its promotion');
    const asked = await test.request();
    await test.decide(asked.id, GRACE);
    await test.decide(asked.id, ROSA);
    expect(await alias()).toBe('2');
    const own = await test.rollbacks.request({
      ...back,
      toVersion: '1',
      by: ADA,
    });
    expect(own).toMatchObject({ kind: 'rollback', state: 'requested' });
    await expect(test.decide(own.id, ADA)).rejects.toThrow('own work');
    await test.decide(own.id, GRACE);
    expect((await test.decide(own.id, ROSA)).state).toBe('live');
    expect(await alias()).toBe('1');
    // What was gone back from does not come again as a rollback.
    await expect(
      test.rollbacks.request({ ...back, toVersion: '2', by: GRACE }),
    ).rejects.toThrow('no other was');
  });

  it('takes as many to go back as the model asks, and one where no signature tells whether callers go on', async () => {
    await start();
    await test.watch.continueRounds({ signal });
    const asked = await test.request();
    await test.decide(asked.id, GRACE);
    await test.decide(asked.id, ROSA);
    const model = await test.source.getModel('credit', { signal });
    test.source.putModel({
      name: 'credit',
      ...model,
      promotions: { rollback: 'quorum' },
    });
    await test.pass();
    const environment = 'production';
    expect(
      (await test.rollbacks.targets({ ...of, environment })).decision,
    ).toBe('quorum');
    const back = {
      ...of,
      environment,
      toVersion: '1',
      reason: 'r',
      ticket: null,
      by: GRACE,
    };
    const own = await test.rollbacks.request(back);
    expect(own).toMatchObject({ state: 'requested', decisions: [] });
    await test.promotionReviews.withdraw({ id: own.id, by: GRACE });
    test.source.putModel({ name: 'credit', ...model });
    await test.pass();
    await knex('models_versions').where({ version: '1' }).update({
      documents: null,
    });
    expect(await test.rollbacks.request(back)).toMatchObject({
      state: 'live',
      decisions: [{ by: GRACE }],
    });
  });

  it('sees what was moved at the registry behind its back', async () => {
    await start();
    await test.watch.continueRounds({ signal });
    const asked = await test.request();
    await test.decide(asked.id, GRACE);
    await test.decide(asked.id, ROSA);
    await test.watch.continueRounds({ signal });
    expect(await audited()).not.toContain('environment.moved-behind-portal');
    await test.source.setAlias('credit', 'champion', '3', { signal });
    await test.pass();
    await test.watch.continueRounds({ signal });
    const { items } = await test.environments.at(of);
    expect(items[1]).toMatchObject({ version: '3', behindPortal: true });
    expect(
      (await test.promotionJudging.current(asked.id)).movedElsewhere,
    ).toEqual({
      at: expect.any(String),
      version: '3',
    });
    expect(await audited()).toContain('environment.moved-behind-portal');
  });

  it('takes a version that is read after the model for no move', async () => {
    const source = testSource();
    const model = await source.getModel('credit', { signal });
    source.putModel({ ...model, name: 'credit', aliases: { champion: '4' } });
    await start({ source });
    await test.watch.continueRounds({ signal });
    source.putVersion({ model: 'credit', version: '4' });
    await test.pass();
    await test.watch.continueRounds({ signal });
    expect(await audited()).not.toContain('environment.moved-behind-portal');
    const { items } = await test.environments.at(of);
    expect(items[1]).toMatchObject({ version: '4', behindPortal: false });
  });

  it('fails where the alias was moved or the version deleted meanwhile, and tries again for who may', async () => {
    await start();
    const asked = await test.request();
    await test.decide(asked.id, GRACE);
    await test.source.setAlias('credit', 'champion', '3', { signal });
    const failed = await test.decide(asked.id, ROSA);
    expect(failed.state).toBe('failed');
    expect(failed.execution.message).toContain('was moved meanwhile');
    expect(await alias()).toBe('3');
    const again = await test.promotionReviews.execute({
      id: asked.id,
      by: ROSA,
    });
    expect(again.state).toBe('live');
    expect(await alias()).toBe('2');
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
    expect(await alias()).toBe('2');
  });

  it('waits for a registry that is down, however long', async () => {
    let now = new Date();
    await start({ now: () => now });
    const asked = await test.request();
    await test.decide(asked.id, GRACE);
    test.source.onCall = () => {
      throw new Error('connection refused');
    };
    const waiting = await test.decide(asked.id, ROSA);
    expect(waiting).toMatchObject({
      state: 'executing',
      execution: { message: expect.stringContaining('connection refused') },
    });
    now = new Date(now.getTime() + 3_600_000);
    await test.promotionRounds.continueAll({ signal });
    expect((await test.promotionJudging.current(asked.id)).state).toBe(
      'executing',
    );
    test.source.onCall = () => {};
    now = new Date(now.getTime() + 60_000);
    await test.promotionRounds.continueAll({ signal });
    expect((await test.promotionJudging.current(asked.id)).state).toBe('live');
    expect(await alias()).toBe('2');
  });

  it('keeps one of 100 decisions at once through two backends, and tells the others', async () => {
    await start();
    const second = await createTestPromotions(knex, {
      source: test.source,
      holder: 'second',
    });
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
    await second.close();
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
