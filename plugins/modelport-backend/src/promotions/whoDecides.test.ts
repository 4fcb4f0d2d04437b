import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ADA,
  createTestPromotions,
  GRACE,
  ROSA,
  TestPromotions,
  testSource,
} from './__testUtils__/createTestPromotions';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'who may decide, on %s',
  databaseId => {
    let test: TestPromotions;

    const start = async (
      options: Parameters<typeof createTestPromotions>[1] = {},
    ) => {
      test = await createTestPromotions(
        await databases.init(databaseId),
        options,
      );
    };
    const commits = (...emails: string[]) => ({
      to: 'abc',
      commits: emails.map((email, n) => ({ id: `c${n}`, author: { email } })),
    });

    afterEach(() => test.close());

    it('cannot tell who made a version of which nobody who counts says who committed', async () => {
      await start({ config: { commits: { from: ['service:ci'] } } });
      const asked = await test.request();
      const authors = async () => {
        const { requested, now } = await test.promotionJudging.current(
          asked.id,
        );
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
        message: expect.stringContaining(
          '"push-token:7", which does not count',
        ),
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
      await start();
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
      await start();
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

    it('takes the quorum and gates of a risk tier that was raised in review', async () => {
      await start({
        config: {
          approvals: { medium: { approvals: 2 } },
          gates: [
            {
              id: 'high-only',
              type: 'metric-limit',
              metric: 'roc_auc',
              min: 0.71,
              minimumRows: 0,
              tiers: ['high'],
            },
          ],
        },
      });
      await test.tier('medium');
      const asked = await test.request();
      await test.decide(asked.id, 'user:default/nobody');
      await test.tier('high');
      const after = await test.decide(asked.id, GRACE).catch(error => error);
      expect(after).toMatchObject({
        state: 'in_review',
        riskTier: 'high',
        policy: {
          approvals: {
            approvals: 2,
            differentGroups: true,
            oneFrom: ['group:default/model-risk'],
          },
        },
      });
      const { now } = await test.promotionJudging.current(asked.id);
      expect(now?.gates.map(({ id }) => id)).toEqual(['high-only', 'authors']);
      expect((await test.decide(asked.id, ROSA)).state).toBe('live');
    });

    it('lets nobody lower the tier of what they made, whoever owns it', async () => {
      await start();
      const of = { source: 'fake', name: 'credit' };
      await test.knex('models_models').update({ owner: null });
      const lower = async (by: string) =>
        test.models.confirmRiskTier({
          ...of,
          visibility: undefined,
          tier: 'medium',
          comment: 'as agreed',
          by,
          ownershipRefs: [by, 'group:default/model-risk'],
          whyOwn: () => test.ownModels.why(of, by),
        });
      await expect(lower(ADA)).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining('as ada@example.org'),
      });
      await test.evidence.push({
        ...of,
        version: '3',
        visibility: undefined,
        by: 'service:ci',
        documents: [
          {
            bytes: Buffer.from(
              JSON.stringify({
                kind: 'commits',
                schemaVersion: 1,
                producer: { name: 'ci', version: '1' },
                producedAt: '2026-01-01T00:00:00Z',
                body: commits('grace@example.org'),
              }),
            ),
            kind: null,
            path: null,
            mediaType: 'application/json',
          },
        ],
      });
      await expect(lower(GRACE)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      expect((await lower(ROSA)).riskTier).toBe('medium');
    });

    it('lets nobody lower the tier of what belongs to nobody and was made by somebody unknown', async () => {
      await start({ source: testSource('somebody') });
      const of = { source: 'fake', name: 'credit' };
      const why = async () => test.ownModels.why(of, ROSA);
      expect(await why()).toBeUndefined();
      await test.knex('models_models').update({ owner: null });
      expect(await why()).toContain('nobody can tell whose model it is');
    });

    it('keeps the stricter policy where the tier is lowered in review', async () => {
      await start();
      const asked = await test.request('2', ADA);
      await test.tier('low');
      expect((await test.promotionJudging.current(asked.id)).riskTier).toBe(
        'high',
      );
    });
  },
);
