import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import request from 'supertest';
import { createFormRouter } from './createFormRouter';

const ANSWERS = {
  name: 'credit-risk',
  owner: 'risk-analytics',
  task: 'binary',
  framework: 'xgboost',
};

function appFor(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
  const app = express();
  app.use(
    createFormRouter({
      config: mockServices.rootConfig({
        data: {
          integrations: {
            github: [{ host: 'github.com', token: 'secret' }],
            gitea: [{ host: 'git.test', username: 'ci', password: 'secret' }],
          },
        },
      }),
      scaffolder: {
        listActions: async () => [{ id: 'publish:gitea', schema: {} }],
      },
      httpAuth: mockServices.httpAuth({
        defaultCredentials: mockCredentials.user(),
      }),
      permissions: mockServices.permissions.mock({
        authorize: async () => [{ result }],
      }),
    }),
  );
  app.use(mockErrorHandler());
  return app;
}

describe('what the form asks', () => {
  const app = appFor(AuthorizeResult.ALLOW);

  it('is which files the answers make', async () => {
    const plain = await request(app)
      .post('/modelport/preview')
      .send({ answers: ANSWERS });
    expect(plain.status).toBe(200);
    expect(plain.body.content).toBeNull();
    const paths = plain.body.files.map(({ path }: { path: string }) => path);
    expect(paths).toContain('src/credit_risk/model/train.py');
    expect(paths).not.toContain('databricks.yml');

    const more = await request(app)
      .post('/modelport/preview')
      .send({
        answers: { ...ANSWERS, targets: ['databricks'] },
        path: 'databricks.yml',
      });
    expect(more.body.content).toContain('name: credit_risk');
  });

  it('is which metrics a task has', async () => {
    const { body } = await request(app).get('/modelport/tasks/ranking');
    expect(body.metrics).toContain('test_mrr');
    expect(body.gates).toEqual([
      { metric: 'test_ndcg_10', rule: 'at_least', value: 0.7 },
    ]);
  });

  it('is which names of features it keeps to itself', async () => {
    const reserved = async (task: string) =>
      (await request(app).get(`/modelport/tasks/${task}`)).body.reserved;
    expect(await reserved('binary')).toContain('score');
    expect(await reserved('binary')).not.toContain('weekday');
    expect(await reserved('forecasting')).toContain('weekday');
  });

  it('is on which hosts a repository can be made, and what they lack', async () => {
    const { body, text } = await request(app).get('/modelport/hosts');
    expect(body.hosts).toEqual([
      expect.objectContaining({
        host: 'github.com',
        missing: '@backstage/plugin-scaffolder-backend-module-github',
      }),
      {
        host: 'git.test',
        type: 'gitea',
        title: 'Gitea, git.test',
        owner: 'Organisation',
        project: null,
        visibilities: ['private', 'public'],
        missing: null,
      },
    ]);
    expect(text).not.toContain('secret');
  });

  it.each([
    [{ answers: { ...ANSWERS, name: '../x' } }, 'lower-case'],
    [{ answers: { ...ANSWERS, task: 'poetry' } }, 'task'],
    [{ answers: ANSWERS, surprise: 1 }, 'Expected an object'],
    [[], 'Expected an object'],
  ])('is refused where it is no question: %j', async (body, words) => {
    const answer = await request(app).post('/modelport/preview').send(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(words);
  });

  it('knows no other tasks', async () => {
    const answer = await request(app).get('/modelport/tasks/poetry');
    expect(answer.status).toBe(400);
  });

  it('is answered to those who may create only', async () => {
    const closed = appFor(AuthorizeResult.DENY);
    const preview = await request(closed)
      .post('/modelport/preview')
      .send({ answers: ANSWERS });
    expect(preview.status).toBe(403);
    const hosts = await request(closed).get('/modelport/hosts');
    expect(hosts.status).toBe(403);
    const task = await request(closed).get('/modelport/tasks/binary');
    expect(task.status).toBe(403);
  });
});
