import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import {
  describeEvidence,
  METRICS,
  OF_1,
  SERVICE,
} from './__testUtils__/describeEvidence';

const ADA = mockCredentials.user.header('user:default/ada');

describeEvidence(
  'who may push evidence',
  ({ server, table, api, push, listed, denyOnly }) => {
    it('takes evidence from services and push tokens only', async () => {
      await push(OF_1, METRICS, ADA).expect(403);
      await request(server())
        .post(`/api/modelport/v1${OF_1}`)
        .send(METRICS)
        .expect(401);
      denyOnly('modelport.evidence.push');
      await push(OF_1, METRICS).expect(403);
      expect(await listed()).toMatchObject({ totalItems: 0 });
    });

    it('gives a token that pushes for one model and nothing else, until it is revoked', async () => {
      const tokens = '/models/fake/credit/push-tokens';
      const made = await api('post', tokens).send({ name: 'ci' }).expect(201);
      const { token, secret } = made.body;
      expect(token).toMatchObject({
        name: 'ci',
        createdBy: 'user:default/ada',
        expiresAt: null,
        lastUsedAt: null,
      });
      const bearer = `Bearer ${secret}`;
      await push(OF_1, METRICS, bearer).expect(201);
      expect((await listed()).items[0].origin.by).toBe(
        `push-token:${token.id}`,
      );
      await push(
        '/models/fake/a%2Fb/versions/1/evidence',
        METRICS,
        bearer,
      ).expect(403);
      await push(OF_1, METRICS, `${bearer}x`).expect(401);
      await push(OF_1, METRICS, 'Bearer mpp_1_x').expect(401);
      for (const path of [OF_1, '/models', tokens]) {
        await api('get', path, bearer).expect(401);
      }
      const { body } = await api('get', tokens).expect(200);
      expect(body.items).toEqual([
        { ...token, lastUsedAt: expect.any(String) },
      ]);
      const stored = JSON.stringify(await table('evidence_push_tokens'));
      // The secret itself may hold underscores.
      expect(stored).not.toContain(secret.split('_').slice(2).join('_'));

      await api('delete', '/models/fake/a%2Fb/push-tokens/1').expect(404);
      await api('delete', `${tokens}/${token.id}`).expect(204);
      await api('delete', `${tokens}/${token.id}`).expect(404);
      // Who took it away, and when, stays to be read.
      const { body: kept } = await api('get', tokens).expect(200);
      expect(kept.items).toEqual([
        {
          ...token,
          lastUsedAt: expect.any(String),
          revokedAt: expect.stringMatching(/^\d{4}-.*Z$/),
          revokedBy: 'user:default/ada',
        },
      ]);
      await push(OF_1, METRICS, bearer).expect(401);
      await api('post', tokens)
        .send({ name: 'old', expiresAt: '2020-01-01' })
        .expect(400);
      await api('post', tokens, SERVICE).send({ name: 'x' }).expect(403);
      denyOnly('modelport.evidence.manage-tokens');
      await api('post', tokens).send({ name: 'x' }).expect(403);
    });

    it('says by what name the token was made that pushed, also once it is revoked', async () => {
      const tokens = '/models/fake/credit/push-tokens';
      const { body } = await api('post', tokens)
        .send({ name: 'nightly' })
        .expect(201);
      await push(OF_1, METRICS, `Bearer ${body.secret}`).expect(201);
      await api('delete', `${tokens}/${body.token.id}`).expect(204);
      const {
        items: [{ origin, digest }],
      } = await listed();
      const by = { by: `push-token:${body.token.id}`, byName: 'nightly' };
      expect(origin).toMatchObject(by);
      const { body: document } = await api('get', `/evidence/${digest}`);
      expect(document.versions[0].evidence.origin).toMatchObject(by);
    });
  },
);
