import {
  ADA,
  GRACE,
  RISK,
  ROSA,
  testSource,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

describePromotions('who may decide', ({ start }) => {
  const commits = (...emails: string[]) => ({
    to: 'abc',
    commits: emails.map((email, n) => ({ id: `c${n}`, author: { email } })),
  });

  it('cannot tell who made a version of which nobody who counts says who committed', async () => {
    const test = await start({ config: { commits: { from: ['service:ci'] } } });
    const asked = await test.request();
    const authors = async () => {
      const { requested, now } = await test.promotionJudging.current(asked.id);
      return (now ?? requested).gates.find(({ id }) => id === 'authors');
    };
    expect(await authors()).toMatchObject({
      outcome: 'unknown',
      blocking: true,
      message: expect.stringMatching(
        /Who committed is not known. Version 2 has no commits evidence. It counts what comes from "service:ci"/,
      ),
    });
    // The author's own pipeline might leave a name out; whom it names decides nothing all the same.
    await test.push('commits', commits('grace@example.org'), 'push-token:7');
    expect(await authors()).toMatchObject({
      outcome: 'unknown',
      message: expect.stringContaining('"push-token:7", which does not count'),
    });
    await expect(test.decide(asked.id, GRACE)).rejects.toThrow('committer');
    await test.push('commits', commits('ada@example.org'));
    expect(await authors()).toMatchObject({
      outcome: 'pass',
      producer: 'service:ci',
      evidence: [expect.any(String)],
    });
    await expect(test.decide(asked.id, GRACE)).rejects.toThrow('committer');
  });

  it('says that the policy lets pass that nobody knows who committed', async () => {
    const test = await start();
    const asked = await test.request();
    expect(asked.requested.gates[0]).toMatchObject({
      id: 'authors',
      outcome: 'pass',
      message: expect.stringContaining(
        'Whether others committed is not known, which the policy lets pass',
      ),
    });
  });

  it('counts nobody whom the catalog does not know', async () => {
    const test = await start();
    await test.tier('medium');
    const asked = await test.request();
    const stranger = 'user:default/stranger';
    await expect(test.decide(asked.id, stranger)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining(`knows no ${stranger}`),
    });
    await expect(
      test.promotionReviews.waive({
        id: asked.id,
        person: stranger,
        gate: 'authors',
        reason: 'r',
        control: 'c',
        expiresAt: new Date(Date.now() + 1_000_000).toISOString(),
        revision: asked.revision,
      }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect((await test.decide(asked.id, GRACE)).state).toBe('live');
    await expect(
      test.rollbacks.request({
        source: 'fake',
        name: 'credit',
        environment: 'production',
        toVersion: '1',
        reason: 'r',
        ticket: null,
        by: stranger,
        visibility: undefined,
      }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });

  it('tells who made a version, and blocks at high risk where that is nobody known', async () => {
    const test = await start({
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

  it('lets a deputy decide for a group in their own name, for a time', async () => {
    let now = new Date('2030-01-10T00:00:00Z');
    const test = await start({
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
    const entry = await test
      .knex('audit_entries')
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
});
