import { createHmac } from 'node:crypto';
import { createServer, IncomingMessage, Server } from 'node:http';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { createTestRegistry } from '../../__testUtils__/createTestRegistry';
import { MonitoringStore } from '../MonitoringStore';
import { pointsOfDocument } from '../pointsOfDocument';
import { AlertActions } from './AlertActions';
import { AlertNews } from './AlertNews';
import { monitoringSchema } from './alertsConfig';
import { AlertRulesService } from './AlertRulesService';
import { AlertsService } from './AlertsService';
import { RulesStore } from './RulesStore';
import { AlertsStore } from './AlertsStore';

jest.setTimeout(60_000);

const CREATED = Date.parse('2026-01-01T00:00:00Z');
const ID = { source: 'fake', name: 'credit' };
const VERSION = {
  ...ID,
  version: '1',
  createdAt: new Date(CREATED).toISOString(),
};
const SECRET = 'a secret of sixteen signs';
const DAY = 24 * 3_600_000;
const ADA = 'user:default/ada';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

interface Received {
  path: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

async function startReceiver(): Promise<{
  server: Server;
  url: string;
  received: Received[];
  answer: { status: number; body: string };
}> {
  const received: Received[] = [];
  const answer = { status: 200, body: '{}' };
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', part => parts.push(part));
    req.on('end', () => {
      received.push({
        path: req.url,
        headers: req.headers,
        body: Buffer.concat(parts).toString(),
      });
      res.statusCode = answer.status;
      res.end(answer.body);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  return { server, url: `http://127.0.0.1:${port}`, received, answer };
}

async function start(
  databaseId: Parameters<typeof databases.init>[0],
  config: object = {},
) {
  const knex = await databases.init(databaseId);
  const logger = mockServices.logger.mock();
  const registry = await createTestRegistry(knex, { logger });
  const source = new FakeModelSource('fake');
  source.putModel({
    name: 'credit',
    createdAt: CREATED,
  });
  source.putVersion({ model: 'credit', version: '1', createdAt: CREATED });
  const { signal } = new AbortController();
  const models = await source.listModels({ signal });
  await registry.ingest.models.take('fake', models.items);
  const versions = await source.listVersions({ signal });
  await registry.ingest.versions.take(source, versions.items, { signal });

  await knex('models_models').update({ owner: 'group:default/team-x' });
  const clock = { now: Date.UTC(2026, 0, 10) };
  const points = new MonitoringStore(knex);
  const notifications = { send: jest.fn(async () => undefined) };
  const events = mockServices.events.mock();
  const store = new AlertsStore(knex);
  const { alerts } = monitoringSchema.parse({
    alerts: { missing: false, ...config },
  });
  const now = () => new Date(clock.now);
  const rules = new AlertRulesService({
    store: new RulesStore(knex),
    points,
    documents: { explanation: async () => null },
    models: registry.service,
    config: alerts,
    now,
  });
  const service = new AlertsService({
    store,
    points,
    documents: { explanation: async () => null },
    models: registry.service,
    rules,
    actions: new AlertActions({ store, actions: alerts.actions, now }),
    news: new AlertNews({
      models: registry.service,
      notifications,
      events,
      logger,
    }),
    logger,
    now,
  });
  let documents = 0;
  const put = async (kind: string, day: number, body: object) => {
    documents += 1;
    const at = (d: number) => new Date(Date.UTC(2026, 0, d)).toISOString();
    const projected = pointsOfDocument({
      kind,
      producer: { name: 'own', version: null },
      body: { window: { start: at(day), end: at(day + 1) }, ...body },
    });
    await points.write(
      VERSION,
      {
        documentId: documents,
        digest: `d${documents}`,
        kind,
        unplaced: null,
      },
      projected.points,
    );
    await service.evaluate(VERSION);
  };
  const list = async () =>
    (await service.list({ visibility: undefined, limit: 50 })).items;
  return {
    service,
    store,
    rules,
    registry,
    source,
    clock,
    notifications,
    events,
    list,
    put,
    drift: (day: number, value: number, feature = 'age') =>
      put('drift', day, {
        figures: [
          {
            feature,
            statistic: 'psi',
            value,
            threshold: 0.2,
            direction: 'above',
          },
        ],
      }),
    performance: (day: number, value: number) =>
      put('performance', day, {
        figures: [
          { metric: 'auc', kind: 'realised', value, lowerThreshold: 0.8 },
        ],
      }),
    finding: (day: number) =>
      put('drift', day, {
        figures: [],
        findings: [{ feature: 'age', check: 'completeness', message: 'Half' }],
      }),
  };
}

describe.each(databases.eachSupportedId())('alerts on %s', databaseId => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(
    () => new Promise<void>(resolve => receiver.server.close(() => resolve())),
  );

  it('end where another version takes the place of theirs', async () => {
    const { drift, list, service, registry, source } = await start(databaseId);
    await drift(1, 0.5);
    await drift(2, 0.5);
    expect(await list()).toMatchObject([{ state: 'open', version: '1' }]);
    await service.closeReplaced(ID);
    expect(await list()).toMatchObject([{ state: 'open' }]);
    source.putVersion({
      model: 'credit',
      version: '2',
      createdAt: CREATED + 86_400_000,
    });
    const { signal } = new AbortController();
    const versions = await source.listVersions({ signal });
    await registry.ingest.versions.take(source, versions.items, { signal });
    const { items } = await source.listModels({ signal });
    await registry.ingest.models.take('fake', items);
    await service.closeReplaced(ID);
    expect(await list()).toMatchObject([
      {
        state: 'closed',
        closed: {
          by: null,
          cause: 'Version 1 is no longer in use; version 2 is.',
        },
      },
    ]);
  });

  it('show what became of the runs that they started in Airflow, until these end', async () => {
    const { drift, list, service } = await start(databaseId, {
      rules: [{ id: 'drift', category: 'drift', actions: ['airflow'] }],
      actions: [
        {
          id: 'airflow',
          type: 'airflow',
          url: receiver.url,
          dag: 'retrain',
          token: 't1',
        },
      ],
    });
    await drift(1, 0.5);
    const { signal } = new AbortController();
    const message = async () => (await list())[0].actions[0].message;
    for (const [answer, expected] of [
      [{ status: 200, body: '{"state":"running"}' }, 'Its run: running'],
      [
        { status: 503, body: 'busy' },
        'Its run could not be read: Airflow answered 503',
      ],
      [{ status: 200, body: '{"state":"success"}' }, 'Its run: success'],
      [{ status: 200, body: '{"state":"other"}' }, 'Its run: success'],
    ] as const) {
      Object.assign(receiver.answer, answer);
      await service.readBack({ signal });
      expect(await message()).toBe(expected);
    }
    const [alert] = await list();
    expect(receiver.received.at(-1)?.path).toBe(
      `/api/v2/dags/retrain/dagRuns/modelport-alert-${alert.id}`,
    );
    expect(alert.history.map(({ text }) => text)).toContain(
      'airflow. Its run: running',
    );
  });

  it('show what became of the runs that they started at GitHub, by their names', async () => {
    const { drift, list, service, clock } = await start(databaseId, {
      rules: [{ id: 'drift', category: 'drift', actions: ['github'] }],
      actions: [
        {
          id: 'github',
          type: 'github',
          apiBaseUrl: receiver.url,
          repository: 'team/repo',
          workflow: 'train.yml',
          token: 't2',
        },
      ],
    });
    const read = async (...runs: Array<[string, string, string | null]>) => {
      receiver.answer.body = JSON.stringify({
        total_count: runs.length,
        workflow_runs: runs.map(([title, status, conclusion], place) => ({
          id: place,
          display_title: title,
          status,
          conclusion,
          html_url: `https://github.com/team/repo/actions/runs/${place}`,
        })),
      });
      await service.readBack({ signal: new AbortController().signal });
      const [{ actions }] = await list();
      return [actions[0].message, actions[0].link];
    };
    await drift(1, 0.5);
    const [{ id }] = await list();
    const name = `retrain (modelport-alert-${id})`;
    expect(await read(['retrain', 'queued', null])).toEqual([
      `Its run is not known: of 1 that were dispatched then, 0 have modelport-alert-${id} in their name (run-name)`,
      expect.stringContaining('/workflows/train.yml'),
    ]);
    const asked = new URL(receiver.url + receiver.received.at(-1)?.path);
    expect(asked.pathname).toBe(
      '/repos/team/repo/actions/workflows/train.yml/runs',
    );
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      event: 'workflow_dispatch',
      created: '2026-01-09T23:59:00Z..2026-01-10T00:10:00Z',
    });
    expect(
      await read(
        [`retrain (modelport-alert-${id}0)`, 'completed', 'failure'],
        [name, 'in_progress', null],
      ),
    ).toEqual([
      'Its run: in_progress',
      'https://github.com/team/repo/actions/runs/1',
    ]);
    clock.now += 3_600_000;
    // Without a name, the only one is it, and two are none.
    expect((await read(['x', 'queued', null]))[0]).toBe('Its run: queued');
    expect(
      (await read(['x', 'queued', null], ['y', 'queued', null]))[0],
    ).toMatch(/^Its run is not known: of 2/);
    expect((await read([name, 'completed', 'failure']))[0]).toBe(
      'Its run: failure',
    );
    const before = receiver.received.length;
    await read([name, 'completed', 'success']);
    expect(receiver.received).toHaveLength(before);
  });

  it.each([
    [{ readToken: 'may read' }, 'may read', ''],
    [{}, undefined, '. The config names no readToken for it'],
  ])(
    'show what became of the pipelines that they started at GitLab, by their ids, with %j',
    async (config, token, hint) => {
      const { drift, list, service } = await start(databaseId, {
        rules: [{ id: 'drift', category: 'drift', actions: ['gitlab'] }],
        actions: [
          {
            id: 'gitlab',
            type: 'gitlab',
            apiBaseUrl: `${receiver.url}/api/v4`,
            project: 'team/repo',
            token: 't3',
            ...config,
          },
        ],
      });
      const { signal } = new AbortController();
      const pipeline = (status: string) =>
        JSON.stringify({
          id: 46,
          status,
          web_url: 'https://gitlab.com/team/repo/-/pipelines/46',
        });
      const message = async () => (await list())[0].actions[0].message;
      receiver.answer.body = pipeline('created');
      await drift(1, 0.5);
      expect((await list())[0].actions[0].link).toBe(
        'https://gitlab.com/team/repo/-/pipelines/46',
      );
      receiver.answer.status = 404;
      await service.readBack({ signal });
      expect(await message()).toBe(
        `Its pipeline could not be read: GitLab answered 404${hint}`,
      );
      receiver.answer.status = 200;
      receiver.answer.body = pipeline('canceled');
      await service.readBack({ signal });
      expect(await message()).toBe('Its run: canceled');
      const { path, headers } = receiver.received.at(-1)!;
      expect(path).toBe('/api/v4/projects/team%2Frepo/pipelines/46');
      expect(headers['private-token']).toBe(token);
      const before = receiver.received.length;
      await service.readBack({ signal });
      expect(receiver.received).toHaveLength(before);
    },
  );

  it('follow the rules of the model where it has some, which are tried on the past first', async () => {
    const { drift, list, rules } = await start(databaseId);
    await drift(1, 0.1);
    await drift(2, 0.3);
    await drift(3, 0.9);
    await drift(4, 0.05);
    const model = { ...ID, visibility: undefined };
    const item = { id: 'jump', category: 'drift' as const, rise: 2 };
    const preview = await rules.preview(model, [
      item,
      { id: 'often', category: 'drift', threshold: 0.2 },
      { id: 'silence', category: 'missing', afterHours: 48 },
    ]);
    expect(preview).toMatchObject({ version: '1', windows: 4 });
    expect(
      preview.items.map(({ rule, fired }) => [
        rule,
        fired.map(({ start: at }) => at.slice(0, 10)),
      ]),
    ).toEqual([
      ['jump', ['2026-01-02', '2026-01-03']],
      ['often', ['2026-01-02', '2026-01-03']],
      ['silence', ['2026-01-04']],
    ]);
    await rules.put(
      model,
      [{ id: 'low', category: 'drift', threshold: 0.01 }],
      'user:default/ada',
    );
    expect(await rules.get(model, { mayEdit: true })).toMatchObject({
      declaredBy: 'user:default/ada',
      statistics: ['psi'],
      items: [{ id: 'low', threshold: 0.01 }],
    });
    await drift(5, 0.05);
    expect((await list())[0]).toMatchObject({ rule: 'low', state: 'open' });
    await expect(
      rules.put(
        model,
        [{ id: 'x', category: 'drift', actions: ['nothing'] }],
        'user:default/ada',
      ),
    ).rejects.toThrow('There is no action nothing in the config');
    await rules.delete(model);
    expect(await rules.get(model, { mayEdit: true })).toMatchObject({
      declaredBy: null,
    });
  });

  it('open after as many windows in a row as the rule says, once, and tell the owner', async () => {
    const { drift, list, notifications, events } = await start(databaseId);
    await drift(1, 0.5);
    expect(await list()).toEqual([]);
    await drift(2, 0.1);
    await drift(3, 0.5);
    expect(await list()).toEqual([]);
    await drift(4, 0.6);
    expect(await list()).toMatchObject([
      {
        ...ID,
        version: '1',
        category: 'drift',
        severity: 'medium',
        state: 'open',
        rule: 'drift',
        findings: [{ feature: 'age', value: 0.6, threshold: 0.2 }],
      },
    ]);
    await drift(5, 0.7);
    const [alert, ...others] = await list();
    expect(others).toEqual([]);
    expect(alert.findings).toMatchObject([{ value: 0.7 }]);
    expect(alert.history.map(({ kind }) => kind)).toEqual([
      'opened',
      'changed',
    ]);
    expect(notifications.send).toHaveBeenCalledTimes(1);
    expect(notifications.send).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: 'group:default/team-x' },
      payload: expect.objectContaining({
        link: '/catalog/default/resource/credit/monitoring',
        topic: 'alerts',
      }),
    });
    expect(events.publish).toHaveBeenCalledWith(
      expect.objectContaining({ topic: 'modelport.alerts' }),
    );
  });

  it('group what moved together, and end by themselves where nobody took them on', async () => {
    const { drift, list } = await start(databaseId, {
      rules: [{ id: 'any', category: 'drift' }],
    });
    await drift(1, 0.5, 'age');
    await drift(1, 0.5, 'income');
    expect(await list()).toMatchObject([
      { findings: [{ feature: 'age' }, { feature: 'income' }] },
    ]);
    await drift(2, 0.1, 'age');
    await drift(2, 0.1, 'income');
    const [alert] = await list();
    expect(alert).toMatchObject({ state: 'closed', closed: { by: null } });
    await drift(3, 0.5, 'age');
    expect(await list()).toHaveLength(2);
  });

  it('are acknowledged with a reason, and then wait for their cause', async () => {
    const { performance, list, service } = await start(databaseId);
    await performance(1, 0.7);
    const [{ id, severity }] = await list();
    expect(severity).toBe('high');
    const acknowledged = await service.acknowledge(
      id,
      ADA,
      { reason: 'I look', incident: 'https://incidents.example/1' },
      undefined,
    );
    expect(acknowledged).toMatchObject({
      state: 'acknowledged',
      acknowledged: { by: ADA, reason: 'I look' },
    });
    await expect(
      service.acknowledge(id, ADA, { reason: 'again' }, undefined),
    ).rejects.toThrow(/is acknowledged, not open/);
    await performance(2, 0.9);
    expect(await list()).toMatchObject([{ state: 'acknowledged' }]);
    expect(
      await service.close(
        id,
        ADA,
        { cause: 'Late labels', followUp: 'None' },
        undefined,
      ),
    ).toMatchObject({ state: 'closed', closed: { cause: 'Late labels' } });
    await expect(
      service.close(id, ADA, { cause: 'x', followUp: 'y' }, undefined),
    ).rejects.toThrow(/closed already/);
    await expect(
      service.close(
        id,
        ADA,
        { cause: 'x', followUp: 'y' },
        { key: 'source', values: [] },
      ),
    ).rejects.toThrow(/no alert/);
  });

  it('miss reports without any rule, each model in its turn, until somebody closes that', async () => {
    const { drift, list, clock, service, rules } = await start(databaseId, {
      missing: true,
    });
    await drift(8, 0.01);
    await drift(9, 0.01);
    const { signal } = new AbortController();
    clock.now = Date.UTC(2026, 0, 13);
    await service.lookForMissing({ signal });
    const [{ id, rule, category }] = await list();
    expect({ rule, category }).toEqual({
      rule: 'missing',
      category: 'missing',
    });
    await service.close(
      id,
      ADA,
      { cause: 'Switched off', followUp: 'None' },
      undefined,
    );
    await service.lookForMissing({ signal });
    expect(await list()).toHaveLength(1);
    await drift(12, 0.01);
    clock.now = Date.UTC(2026, 0, 17);
    await service.lookForMissing({ signal });
    expect(await list()).toHaveLength(2);
    const model = { ...ID, visibility: undefined };
    expect((await rules.get(model, { mayEdit: true })).items).toContainEqual(
      expect.objectContaining({ id: 'missing', afterHours: null }),
    );
  });

  it('judge performance when its labels are in, however long after its window', async () => {
    const { put, drift, list } = await start(databaseId);
    const auc = (day: number, labelled: number) =>
      put('performance', day, {
        figures: [
          {
            metric: 'auc',
            kind: 'realised',
            value: 0.5,
            lowerThreshold: 0.8,
            labelled,
          },
        ],
      });
    for (let day = 1; day <= 9; day++) {
      await drift(day, 0.01);
      await auc(day, day === 1 ? 0.9 : 0.1);
    }
    expect(await list()).toEqual([]);
    await auc(1, 1);
    expect(await list()).toMatchObject([
      {
        category: 'performance',
        severity: 'high',
        findings: [{ start: '2026-01-01T00:00:00.000Z' }],
      },
    ]);
  });

  it('see own thresholds, jumps, and reports that stopped coming', async () => {
    const { drift, list, clock, service } = await start(databaseId, {
      rules: [
        { id: 'own', category: 'drift', feature: 'age', threshold: 0.05 },
        { id: 'jump', category: 'drift', feature: 'income', rise: 3 },
        { id: 'silence', category: 'missing', afterHours: 48, model: 'cr*' },
        { id: 'others', category: 'missing', afterHours: 1, model: 'x*' },
      ],
    });
    await drift(8, 0.01, 'income');
    await drift(9, 0.02, 'income');
    expect(await list()).toEqual([]);
    await drift(9, 0.06, 'age');
    expect(await list()).toMatchObject([
      { rule: 'own', findings: [{ feature: 'age' }] },
    ]);
    await drift(10, 0.07, 'income');
    const signal = new AbortController().signal;
    clock.now = Date.UTC(2026, 0, 12);
    await service.lookForMissing({ signal });
    expect((await list()).map(({ category }) => category)).toEqual(['drift']);
    clock.now += 2 * DAY;
    await service.lookForMissing({ signal });
    const [missing, moved] = await list();
    expect(missing).toMatchObject({ category: 'missing', rule: 'silence' });
    expect(moved.findings.map(({ feature }) => feature)).toEqual([
      'age',
      'income',
    ]);
    await drift(14, 0.01, 'income');
    expect((await list())[0]).toMatchObject({
      category: 'missing',
      state: 'closed',
    });
  });

  it('start a signed webhook once an alert, not again within the cool-down', async () => {
    const { drift, list, clock } = await start(databaseId, {
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
    });
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
    const { drift, list } = await start(databaseId, {
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
    });
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

  it('are told of and start what they ask for where the backend that opened them ended before', async () => {
    const hook = {
      id: 'hook',
      type: 'webhook',
      url: `${receiver.url}/hook`,
      secret: SECRET,
    };
    const github = {
      id: 'github',
      type: 'github',
      apiBaseUrl: receiver.url,
      repository: 'team/repo',
      workflow: 'train.yml',
      token: 'a token of github',
    };
    const rule = {
      id: 'any',
      category: 'drift' as const,
      windows: 1,
      actions: ['hook', 'github'],
    };
    const { store, service, clock, notifications, list } = await start(
      databaseId,
      { rules: [rule], actions: [hook, github] },
    );
    const { signal } = new AbortController();
    const at = new Date(clock.now).toISOString();
    const id = await store.open(
      VERSION,
      {
        category: 'drift',
        rules: [rule],
        severity: 'low',
        findings: [
          {
            feature: 'age',
            statistic: 'psi',
            tool: 'own',
            value: 0.5,
            threshold: 0.2,
            start: at,
            end: at,
            text: 'psi of age is 0.5',
          },
        ],
      },
      at,
    );
    // It ended while it asked GitHub, of which nobody knows whether it heard of it.
    await store.startAction(
      { ...ID, id: String(id) },
      { id: 'github', type: 'github' },
      at,
    );
    await service.beginLeft({ signal });
    expect(receiver.received).toEqual([]);
    clock.now += 3_600_000;
    await service.beginLeft({ signal });
    await service.beginLeft({ signal });
    expect(notifications.send).toHaveBeenCalledTimes(1);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
    const [{ actions }] = await list();
    expect(
      actions.map(({ id: action, state }) => [action, state]).sort(),
    ).toEqual([
      ['github', 'failed'],
      ['hook', 'started'],
    ]);
  });

  describe('where something is wrong with the data', () => {
    const config = () => ({
      rules: [
        { id: 'drift', category: 'drift', actions: ['retrain'] },
        { id: 'data', category: 'data' },
      ],
      actions: [
        { id: 'retrain', type: 'webhook', url: receiver.url, secret: SECRET },
      ],
    });
    const figures = (value: number) => [
      {
        feature: 'age',
        statistic: 'psi',
        value,
        threshold: 0.2,
        direction: 'above' as const,
      },
    ];
    const findings = [
      { feature: 'age', check: 'completeness', message: 'Half' },
    ];

    it('start nothing until that is over, and then once', async () => {
      const { put, list } = await start(databaseId, config());
      const retraining = async () =>
        (await list()).find(one => one.category === 'drift')?.actions;
      await put('drift', 1, { figures: figures(3), findings });
      await put('drift', 2, { figures: figures(3), findings });
      expect(receiver.received).toEqual([]);
      expect(await retraining()).toMatchObject([
        {
          state: 'waiting',
          message: expect.stringContaining('bad data start nothing'),
        },
      ]);
      await put('drift', 3, { figures: figures(3) });
      await put('drift', 4, { figures: figures(3) });
      expect(receiver.received).toHaveLength(1);
      expect(await retraining()).toMatchObject([
        { state: 'started', message: null },
      ]);
    });

    it('wait no longer for one whose data are fine again but who took it on has not closed it', async () => {
      const { put, list, service } = await start(databaseId, config());
      await put('drift', 1, { figures: figures(3), findings });
      const dataAlert = async () => {
        const found = (await list()).find(one => one.category === 'data');
        return found!;
      };
      const { id } = await dataAlert();
      await service.acknowledge(id, ADA, { reason: 'Asked' }, undefined);
      await put('drift', 2, { figures: figures(3), findings });
      expect(receiver.received).toEqual([]);
      await put('drift', 3, { figures: figures(3) });
      await put('drift', 4, { figures: figures(3) });
      expect(receiver.received).toHaveLength(1);
      const { state, history } = await dataAlert();
      expect(state).toBe('acknowledged');
      expect(history.filter(one => one.kind === 'recovered')).toHaveLength(1);
    });

    it('start what waited when somebody closes it, but not for what ended before', async () => {
      const { put, list, service } = await start(databaseId, config());
      await put('drift', 1, { figures: figures(3), findings });
      const [data, drift] = [...(await list())].sort((a, b) =>
        a.category < b.category ? -1 : 1,
      );
      await service.close(
        drift.id,
        ADA,
        { cause: 'Known', followUp: 'None' },
        undefined,
      );
      await service.close(
        data.id,
        ADA,
        { cause: 'Repaired', followUp: 'None' },
        undefined,
      );
      expect(receiver.received).toEqual([]);
      expect(
        (await list()).find(one => one.category === 'drift')?.actions,
      ).toMatchObject([{ state: 'skipped' }]);
    });
  });

  it('show no secret that a receiver repeats, and listen to no endless answer', async () => {
    const { drift, list } = await start(databaseId, {
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
    });
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
    const { finding, list } = await start(databaseId, {
      rules: [{ id: 'data', category: 'data' }],
    });
    await finding(1);
    expect(await list()).toMatchObject([
      { category: 'data', findings: [{ text: 'Half' }], actions: [] },
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

  it('of a version that is not in use are none', async () => {
    const { service, list } = await start(databaseId);
    await service.evaluate({ ...VERSION, version: '0' });
    expect(await list()).toEqual([]);
  });
});

it.each([
  [{ rules: [{ id: 'a', category: 'missing', afterHours: 0 }] }, /afterHours/],
  [
    { rules: [{ id: 'a', category: 'drift', actions: ['x'] }] },
    /id of an action/,
  ],
  [
    {
      rules: [
        { id: 'a', category: 'drift' },
        { id: 'a', category: 'data' },
      ],
    },
    /every id once/,
  ],
  [
    {
      actions: [
        { id: 'a', type: 'webhook', url: 'https://a.example', secret: 'short' },
      ],
    },
    /16 characters/,
  ],
])('config %# is refused', (alerts, message) => {
  expect(() => monitoringSchema.parse({ alerts })).toThrow(message);
});
