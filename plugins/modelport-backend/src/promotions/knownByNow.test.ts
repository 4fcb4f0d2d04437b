import {
  ADA,
  GRACE,
  group,
  PEOPLE,
  ROSA,
  signal,
  testSource,
  user,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const TESTS = { type: 'tests', from: ['service:ci'] };
const CANDIDATE = {
  ...{ source: 'fake', name: 'credit', version: '2' },
  ...{ environment: 'production', visibility: undefined, requestedBy: ADA },
};

/** A JUnit report in which a suite came out in one way. */
function suite(name: string, outcome: 'passed' | 'failed') {
  return { suites: [{ name, tests: [{ name: 'one', outcome }] }] };
}

/** One commit of a person. */
function commitsOf(name: string) {
  const author = { name, email: `${name.toLowerCase()}@example.org` };
  const id = 'abcdef1234567';
  return {
    ...{ to: id, from: null, repository: 'r' },
    commits: [{ id, author, at: '2026-01-01T00:00:00Z' }],
  };
}

describePromotions('what is known by now', ({ start }) => {
  /** A portal whose clock is set by hand. */
  const startAt = async (options: Parameters<typeof start>[0] = {}) => {
    let now = new Date();
    const test = await start({ ...options, now: () => now });
    return {
      ...test,
      later: (ms: number) => {
        now = new Date(now.getTime() + ms);
      },
      in: (ms: number) => new Date(now.getTime() + ms).toISOString(),
    };
  };
  type Test = Awaited<ReturnType<typeof startAt>>;
  const waiver = async (test: Test, id: string, person = ROSA) => {
    const { revision } = await test.promotionJudging.current(id);
    const expiresAt = test.in(HOUR_MS);
    return test.promotionReviews.waive({
      ...{ id, person, revision, expiresAt, gate: 'tests' },
      ...{ reason: 'r', control: 'c' },
    });
  };
  const approvedWhileDown = async (test: Test, id: string) => {
    await test.decide(id, GRACE);
    test.source.onCall = () => {
      throw new Error('down');
    };
    expect(await test.decide(id, ROSA)).toMatchObject({ state: 'executing' });
    test.source.onCall = () => {};
  };

  it('executes nothing that waited for its registry until its waiver was over', async () => {
    const test = await startAt({
      config: { gates: [{ id: 'tests', ...TESTS }] },
    });
    const { id } = await test.request();
    await waiver(test, id);
    await approvedWhileDown(test, id);
    test.later(2 * HOUR_MS);
    const before = await test.alias();
    await test.promotionRounds.continueAll({ signal });
    const after = await test.promotionJudging.current(id);
    expect(after.state).toBe('failed');
    expect(after.execution.message).toMatch(
      /not approved any more: tests does not pass, and no waiver holds for it. Nothing was changed/,
    );
    expect(await test.alias()).toBe(before);
  });

  it('executes nothing of which a gate failed while it waited, and what passes still', async () => {
    const test = await startAt({
      config: { gates: [{ id: 'golden', ...TESTS, suites: ['golden'] }] },
    });
    await test.push('tests', suite('golden', 'passed'));
    const { id } = await test.request();
    await approvedWhileDown(test, id);
    await test.push('tests', suite('golden', 'failed'));
    test.later(HOUR_MS);
    await test.promotionRounds.continueAll({ signal });
    expect(await test.promotionJudging.current(id)).toMatchObject({
      state: 'failed',
      execution: {
        message: expect.stringContaining('golden does not pass'),
      },
    });

    const again = suite('golden', 'passed');
    await test.push('tests', again, 'service:ci', '2', '2026-01-02T00:00:00Z');
    const other = await test.request();
    await approvedWhileDown(test, other.id);
    // Approvals were given on other evidence, which changes nothing of what the gates say.
    await test.push('commits', commitsOf('Ada'));
    test.later(HOUR_MS);
    await test.promotionRounds.continueAll({ signal });
    expect(await test.promotionJudging.current(other.id)).toMatchObject({
      state: 'live',
    });
  });

  it('keeps approvals where more evidence changes nothing of what the gates say', async () => {
    const test = await startAt();
    const { id } = await test.request();
    const before = await test.decide(id, GRACE);
    await test.push('commits', commitsOf('Ada'));
    const after = await test.promotionJudging.current(id);
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(after.now).not.toBeNull();
    // Who decides next looks at the new state.
    await expect(
      test.decide(id, ROSA, 'approve', { revision: before.revision }),
    ).rejects.toThrow('You looked at revision');
    expect(await test.decide(id, ROSA)).toMatchObject({ state: 'live' });
  });

  it('is decided where a gate of a module has another figure at each look', async () => {
    let looks = 0;
    const test = await startAt({
      config: { gates: [{ id: 'own', type: 'custom', gate: 'own' }] },
      gates: [
        {
          name: 'own',
          judge: async () => {
            looks += 1;
            return {
              ...{ outcome: 'pass', value: looks, threshold: null },
              ...{ message: 'Measured', evidence: [] },
            };
          },
        },
      ],
    });
    const { id, revision } = await test.request();
    await test.decide(id, GRACE, 'approve', { revision });
    expect(await test.decide(id, ROSA)).toMatchObject({ state: 'live' });
    expect(looks).toBeGreaterThan(2);
  });

  it('fails, and is not tried for ever, where its version is gone by then', async () => {
    const test = await startAt();
    const { id } = await test.request();
    await approvedWhileDown(test, id);
    await test.knex('models_versions').where({ version: '2' }).delete();
    test.later(HOUR_MS);
    await test.promotionRounds.continueAll({ signal });
    expect(await test.promotionJudging.current(id)).toMatchObject({
      state: 'failed',
      execution: { message: expect.stringContaining('no version "2"') },
    });
  });

  it('judges on the main metric of the request, whichever the author names later', async () => {
    const test = await startAt({
      config: {
        gates: [
          {
            ...{ id: 'main', type: 'metric-limit', metric: 'main' },
            ...{ min: 0.99, waivable: false },
          },
        ],
      },
    });
    await test.tier('low');
    const { id, requested } = await test.request();
    expect(requested.gates[0].outcome).toBe('fail');
    await test.knex('models_contents').update({
      main_metric: JSON.stringify({
        ...{ key: 'best', value: 1, version: '2', direction: 'higher' },
      }),
    });
    const title = (metric: string) => ({ title: `${metric} at least 0.99` });
    const { gates } = await test.promotionRequests.preview(CANDIDATE);
    expect(gates[0]).toMatchObject(title('best'));
    const now = await test.promotionJudging.current(id, { anew: true });
    expect((now.now ?? now.requested).gates[0]).toMatchObject({
      ...title('roc_auc'),
      outcome: 'fail',
    });
    expect(now.state).toBe('requested');
    expect(now.mainMetric).toBe('roc_auc');
  });

  it('cannot tell by a main metric that is another one than for what is live', async () => {
    const test = await startAt({
      config: {
        gates: [
          { ...{ id: 'main', type: 'metric-limit' }, metric: 'main', min: 0 },
        ],
      },
    });
    await test.bring();
    const later = { ...CANDIDATE, version: '3' };
    expect(
      (await test.promotionRequests.preview(later)).gates[0],
    ).toMatchObject({ outcome: 'pass' });
    await test.knex('models_contents').update({
      main_metric: JSON.stringify({
        ...{ key: 'best', value: 1, version: '3', direction: 'higher' },
      }),
    });
    expect(
      (await test.promotionRequests.preview(later)).gates[0],
    ).toMatchObject({
      outcome: 'unknown',
      message: expect.stringContaining(
        'The main metric was "roc_auc" when what is live came to production, and is "best" by now',
      ),
    });
  });

  it('lets who asked replace nothing that came meanwhile', async () => {
    const test = await startAt();
    const asked = await test.request();
    await test.decide(asked.id, GRACE);
    await test.source.setAlias('credit', 'champion', '3', { signal });
    expect(await test.decide(asked.id, ROSA)).toMatchObject({
      state: 'failed',
    });
    const retry = (by: string) =>
      test.promotionReviews.execute({ id: asked.id, by });
    await expect(retry(ADA)).rejects.toThrow(
      'nobody replaces version 3, which was not live at the request, with their own work',
    );
    expect(await retry(GRACE)).toMatchObject({ state: 'live' });
  });

  it('is withdrawn while it waits for its registry', async () => {
    const test = await startAt();
    const { id } = await test.request();
    await approvedWhileDown(test, id);
    await expect(
      test.promotionReviews.withdraw({ id, by: GRACE }),
    ).rejects.toThrow('only who requested it');
    expect(await test.promotionReviews.withdraw({ id, by: ADA })).toMatchObject(
      { state: 'withdrawn' },
    );
    test.later(HOUR_MS);
    await test.promotionRounds.continueAll({ signal });
    expect(await test.alias()).toBe('1');
  });

  it('ends what asks for a version that was brought back meanwhile', async () => {
    const test = await startAt();
    await test.watch.continueRounds({ signal });
    await test.bring();
    const back = {
      ...CANDIDATE,
      ...{ toVersion: '1', reason: 'r', ticket: null },
    };
    const asked = await test.rollbacks.request({ ...back, by: ADA });
    expect(asked.state).toBe('requested');
    const atOnce = await Promise.allSettled(
      [GRACE, ROSA].map(async by => test.rollbacks.request({ ...back, by })),
    );
    expect(atOnce.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    const ended = await test.promotionJudging.current(asked.id);
    expect(ended.state).toBe('withdrawn');
    expect(ended.log.at(-1)?.what).toMatch(/nothing is left to ask for/);
  });

  it('decides on evidence that is as old as it is at the decision', async () => {
    const test = await startAt({
      config: {
        gates: [
          {
            ...{ id: 'age', type: 'evidence-age', kinds: ['tests'] },
            ...{ maxAgeDays: 1, from: ['service:ci'], waivable: false },
          },
        ],
      },
    });
    const passed = suite('golden', 'passed');
    await test.push('tests', passed, 'service:ci', '2', test.in(0));
    const asked = await test.request();
    expect(asked.requested.gates[0].outcome).toBe('pass');
    test.later(10 * DAY_MS);
    await expect(
      test.promotionReviews.decide({
        ...{ id: asked.id, person: GRACE, decision: 'approve' },
        ...{ comment: null, conditions: [], revision: asked.revision },
      }),
    ).rejects.toThrow(
      /You looked at revision 1 .* the gates say of it, changed/,
    );
    const now = await test.promotionJudging.current(asked.id);
    expect(now.now?.gates[0].outcome).toBe('unknown');
  });

  it('knows who made it as soon as the catalog does', async () => {
    const people = PEOPLE.filter(({ metadata }) => metadata.name !== 'grace');
    const grace = user('grace', 'team-x');
    grace.spec = { profile: {} };
    people.push(grace);
    const test = await startAt({
      people,
      source: testSource('grace@example.org'),
    });
    await test.tier('medium');
    const asked = await test.request();
    expect(asked.excluded.map(({ entityRef }) => entityRef)).toEqual([ADA]);
    grace.spec = { profile: { email: 'grace@example.org' } };
    await expect(test.decide(asked.id, GRACE)).rejects.toThrow(
      'You are the author of what',
    );
  });

  it('drops the waiver of who is known to have made it by now', async () => {
    const test = await startAt({
      config: { gates: [{ id: 'tests', ...TESTS }] },
    });
    const { id } = await test.request();
    await waiver(test, id);
    await test.push('commits', commitsOf('Rosa'));
    const now = await test.promotionJudging.current(id);
    expect(now.waivers).toEqual([]);
    expect(now.log.map(({ what }) => what)).toContainEqual(
      `It is known by now that ${ROSA} is its committer; the waiver of tests holds no more`,
    );
  });

  it('takes nothing after it expired, and no waiver of who stepped aside', async () => {
    const test = await startAt({
      config: { gates: [{ id: 'tests', ...TESTS }] },
    });
    const { id } = await test.request();
    await test.decide(id, ROSA, 'recuse');
    await expect(waiver(test, id)).rejects.toThrow('You stepped aside');
    test.later(400 * DAY_MS);
    await expect(waiver(test, id, GRACE)).rejects.toThrow('expired at');
    await expect(test.decide(id, GRACE)).rejects.toThrow('expired at');
    await expect(test.decide(id, GRACE, 'refuse')).rejects.toThrow(
      'expired at',
    );
    await test.promotionRounds.continueAll({ signal });
    expect(await test.promotionJudging.current(id)).toMatchObject({
      state: 'expired',
    });
  });

  it('is refused, not approved, where its version is gone', async () => {
    const test = await startAt();
    const { id } = await test.request();
    test.source.removeVersion('credit', '2');
    await test.pass();
    await expect(
      test.promotionReviews.decide({
        ...{ id, person: GRACE, decision: 'approve', revision: 1 },
        ...{ comment: null, conditions: [] },
      }),
    ).rejects.toThrow(/no version/);
    expect(await test.decide(id, GRACE, 'refuse')).toMatchObject({
      state: 'refused',
    });
  });

  it('says before it is asked for that somebody did', async () => {
    const test = await startAt();
    const { id } = await test.request();
    const { problems } = await test.promotionRequests.preview(CANDIDATE);
    expect(problems).toEqual([
      `Version 2 of credit is asked for in production already, by the promotion ${id}`,
    ]);
  });

  it('goes by the owner of today', async () => {
    const test = await startAt({
      people: [...PEOPLE, user('zoe', 'team-z'), group('team-z', 'zoe')],
    });
    const { id } = await test.request();
    await test.knex('models_models').update({ owner: 'group:default/team-z' });
    expect(await test.promotionJudging.current(id)).toMatchObject({
      owner: 'group:default/team-z',
      changedAtRevision: null,
    });
  });

  it('asks for what needs no decision once, however often it is asked for at the same time', async () => {
    const test = await startAt();
    await test.tier('low');
    const ask = async () =>
      test.promotionRequests
        .request({ ...CANDIDATE, reason: 'r', ticket: null })
        .then(
          ({ state }) => state,
          (error: Error) => error.message,
        );
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.filter(answer => answer === 'live')).toHaveLength(1);
    for (const answer of answers.filter(one => one !== 'live')) {
      expect(answer).toMatch(/is (asked for|live) in production already/);
    }
    expect(test.source.count('setAlias')).toBe(1);
  });
});
