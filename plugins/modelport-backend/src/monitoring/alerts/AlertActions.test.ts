import { createHmac } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { monitoringSchema } from './alertsConfig';
import { DAY, SECRET, startAlerts } from './__testUtils__/startAlerts';
import { Receiver, startReceiver } from './__testUtils__/startReceiver';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('alerts on %s', databaseId => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.stop());

  it('start a signed webhook once an alert, not again within the cool-down', async () => {
    const { drift, list, clock } = await startAlerts(
      await databases.init(databaseId),
      {
        rules: [{ id: 'any', category: 'drift', actions: ['retrain'] }],
        actions: [
          {
            id: 'retrain',
            type: 'webhook',
            url: `${receiver.url}/hook`,
            secret: SECRET,
            coolDownHours: 24,
          },
        ],
      },
    );
    await drift(1, 0.5);
    await drift(1, 0.6);
    expect(receiver.received).toHaveLength(1);
    const [{ headers, body }] = receiver.received;
    expect(JSON.parse(body)).toMatchObject({ model: 'credit', version: '1' });
    expect(headers['x-modelport-signature']).toBe(
      `sha256=${createHmac('sha256', SECRET)
        .update(`${headers['x-modelport-timestamp']}.${body}`)
        .digest('hex')}`,
    );
    await drift(2, 0.1);
    clock.now += DAY / 2;
    await drift(3, 0.5);
    expect(receiver.received).toHaveLength(1);
    expect((await list())[0].actions).toMatchObject([{ state: 'skipped' }]);
    await drift(4, 0.1);
    clock.now += DAY;
    receiver.answer.status = 500;
    await drift(5, 0.5);
    expect(receiver.received).toHaveLength(2);
    expect((await list())[0].actions).toMatchObject([
      { state: 'failed', message: 'It answered 500: {}' },
    ]);
  });

  it('start runs of Airflow, GitHub and GitLab by their APIs', async () => {
    const { drift, list } = await startAlerts(
      await databases.init(databaseId),
      {
        rules: [
          {
            id: 'any',
            category: 'drift',
            actions: ['airflow', 'github', 'gitlab'],
          },
        ],
        actions: [
          {
            id: 'airflow',
            type: 'airflow',
            url: receiver.url,
            dag: 'retrain',
            token: 't1',
          },
          {
            id: 'github',
            type: 'github',
            apiBaseUrl: receiver.url,
            repository: 'team/repo',
            workflow: 'train.yml',
            token: 't2',
          },
          {
            id: 'gitlab',
            type: 'gitlab',
            apiBaseUrl: `${receiver.url}/api/v4`,
            project: 'team/repo',
            token: 't3',
          },
        ],
      },
    );
    await drift(1, 0.5);
    const [alert] = await list();
    expect(alert.actions.map(({ state }) => state)).toEqual([
      'started',
      'started',
      'started',
    ]);
    const sent = receiver.received.map(({ path, headers, body }) => ({
      path,
      authorization: headers.authorization,
      body: JSON.parse(body),
    }));
    expect(sent).toMatchObject([
      {
        path: '/api/v2/dags/retrain/dagRuns',
        authorization: 'Bearer t1',
        body: {
          dag_run_id: `modelport-alert-${alert.id}`,
          logical_date: null,
          conf: { model: 'credit' },
        },
      },
      {
        path: '/repos/team/repo/actions/workflows/train.yml/dispatches',
        authorization: 'Bearer t2',
        body: { ref: 'main', inputs: { model: 'credit' } },
      },
      {
        path: '/api/v4/projects/team%2Frepo/trigger/pipeline',
        body: {
          token: 't3',
          ref: 'main',
          variables: { MODELPORT_MODEL: 'credit' },
        },
      },
    ]);
  });

  it('show no secret that a receiver repeats, and listen to no endless answer', async () => {
    const { drift, list } = await startAlerts(
      await databases.init(databaseId),
      {
        rules: [{ id: 'any', category: 'drift', actions: ['gitlab'] }],
        actions: [
          {
            id: 'gitlab',
            type: 'gitlab',
            apiBaseUrl: receiver.url,
            project: 'team/repo',
            token: 'a trigger token',
          },
        ],
      },
    );
    Object.assign(receiver.answer, {
      status: 400,
      body: `token a trigger token is ${'very '.repeat(1e6)}wrong`,
    });
    await drift(1, 0.5);
    const [{ actions }] = await list();
    expect(actions[0].message).toMatch(/^It answered 400: token … is very/);
    expect(actions[0].message?.length).toBeLessThan(400);
  });

  it('on data start nothing', async () => {
    const { finding, list } = await startAlerts(
      await databases.init(databaseId),
      {
        rules: [{ id: 'data', category: 'data' }],
      },
    );
    await finding(1);
    expect(await list()).toMatchObject([
      { category: 'data', findings: [{ text: 'age: Half' }], actions: [] },
    ]);
    expect(() =>
      monitoringSchema.parse({
        alerts: {
          rules: [{ id: 'data', category: 'data', actions: ['x'] }],
          actions: [
            {
              id: 'x',
              type: 'webhook',
              url: 'https://a.example',
              secret: SECRET,
            },
          ],
        },
      }),
    ).toThrow(/bad data must not start anything/);
  });
});
