import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import request from 'supertest';
import { hideStacks } from './hideStacks';

it('no place in the code stands in an answer to what a caller did wrong', async () => {
  const router = PromiseRouter();
  router.get('/odd', async () => {
    throw new InputError('It is odd', new Error('At its root'));
  });
  router.get('/broken', async () => {
    throw new Error('It is broken');
  });
  const app = express();
  app.use(router);
  app.use(hideStacks);
  app.use(
    MiddlewareFactory.create({
      config: mockServices.rootConfig(),
      logger: mockServices.logger.mock(),
    }).error({ showStackTraces: true }),
  );
  const odd = await request(app).get('/odd').expect(400);
  expect(odd.body.error).toMatchObject({ name: 'InputError' });
  expect(odd.text).toContain('It is odd');
  expect(odd.text).not.toMatch(/"stack"|\.ts:\d/);
  const broken = await request(app).get('/broken').expect(500);
  expect(broken.body.error.stack).toMatch(/It is broken/);
});
