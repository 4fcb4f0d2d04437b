import { TestDatabases } from '@backstage/backend-test-utils';
import { SECRET, startAlerts, VERSION } from './__testUtils__/startAlerts';
import { Receiver, startReceiver } from './__testUtils__/startReceiver';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const MINUTE = 60_000;

describe.each(databases.eachSupportedId())('actions on %s', databaseId => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.stop());

  const { signal } = new AbortController();
  const runs = (...names: string[]) => ({
    status: 200,
    body: JSON.stringify({
      workflow_runs: names.map((display_title, place) => ({
        display_title,
        status: 'in_progress',
        conclusion: null,
        html_url: `https://github.com/team/repo/actions/runs/${place}`,
      })),
    }),
  });
  const posts = () => receiver.received.filter(one => one.method === 'POST');

  /** Alerts that may start something of each type. */
  async function start(actions: string[] = []) {
    const test = await startAlerts(await databases.init(databaseId), {
      rules: [{ id: 'any', category: 'drift', actions }],
      actions: [
        {
          id: 'airflow',
          type: 'airflow',
          url: `${receiver.url}/airflow`,
          dag: 'retrain',
          token: 't1',
        },
        {
          id: 'github',
          type: 'github',
          apiBaseUrl: `${receiver.url}/github`,
          repository: 'team/repo',
          workflow: 'train.yml',
          token: 't2',
        },
        {
          id: 'gitlab',
          type: 'gitlab',
          apiBaseUrl: `${receiver.url}/gitlab`,
          project: '7',
          token: 't3',
        },
        {
          id: 'hook',
          type: 'webhook',
          url: `${receiver.url}/hook`,
          secret: SECRET,
        },
      ],
    });
    return {
      ...test,
      /** A backend that ends while it starts something for an alert. */
      leave: async (type: 'airflow' | 'github' | 'gitlab' | 'webhook') => {
        const [alert] = await test.list();
        const id = type === 'webhook' ? 'hook' : type;
        const at = new Date(test.clock.now).toISOString();
        await test.actionsStore.startAction(alert, { id, type }, at);
        return alert.id;
      },
      states: async () => {
        const [alert] = await test.list();
        return Object.fromEntries(
          alert.actions.map(({ id, state }) => [id, state]),
        );
      },
      message: async () => (await test.list())[0].actions[0].message,
    };
  }

  it('are told of and start what they ask for where the backend that opened their alert ended before', async () => {
    const { store, rounds, clock, notifications, states } = await start();
    const at = new Date(clock.now).toISOString();
    await store.open(
      VERSION,
      {
        category: 'drift',
        rules: [
          { id: 'any', category: 'drift', windows: 1, actions: ['hook'] },
        ],
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
    await rounds.beginLeft({ signal });
    expect(receiver.received).toEqual([]);
    clock.now += 60 * MINUTE;
    await rounds.beginLeft({ signal });
    await rounds.beginLeft({ signal });
    expect(notifications.send).toHaveBeenCalledTimes(1);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
    expect(await states()).toEqual({ hook: 'started' });
  });

  it('that a backend left while it started them are never started again, and what is true of them is said', async () => {
    const { drift, rounds, clock, leave, list, states } = await start();
    await drift(1, 0.5);
    const id = await leave('airflow');
    await leave('github');
    await leave('gitlab');
    await leave('webhook');
    receiver.answers.set('GET /airflow', {
      status: 200,
      body: '{"state":"running"}',
    });
    receiver.answers.set(
      'GET /github',
      runs('retrain', `retrain (modelport-alert-${id})`),
    );
    await rounds.continueActions({ signal });
    expect(receiver.received).toEqual([]);
    clock.now += 6 * MINUTE;
    await rounds.beginLeft({ signal });
    await rounds.continueActions({ signal });
    expect(posts()).toEqual([]);
    expect(await states()).toEqual({
      airflow: 'started',
      github: 'started',
      gitlab: 'unknown',
      hook: 'unknown',
    });
    const [{ actions, history }] = await list();
    const of = (action: string) => actions.find(one => one.id === action);
    expect(of('airflow')).toMatchObject({
      message: 'Its run: running',
      link: `${receiver.url}/airflow/dags/retrain/runs/modelport-alert-${id}`,
    });
    expect(of('github')).toMatchObject({
      message: 'Its run: in_progress',
      link: 'https://github.com/team/repo/actions/runs/1',
    });
    expect(of('gitlab')?.message).toMatch(/nobody knows whether it was: Git/);
    const before = history.length;
    clock.now += 60 * MINUTE;
    await rounds.continueActions({ signal });
    expect(posts()).toEqual([]);
    expect((await list())[0].history).toHaveLength(before);
  });

  it('are started where Airflow has no run of them, by the id that it starts once', async () => {
    const { drift, rounds, clock, leave, states } = await start();
    await drift(1, 0.5);
    const id = await leave('airflow');
    clock.now += 6 * MINUTE;
    receiver.answers.set('GET /airflow', { status: 404, body: '{}' });
    await rounds.continueActions({ signal });
    receiver.answers.set('GET /airflow', {
      status: 200,
      body: '{"state":"queued"}',
    });
    await rounds.continueActions({ signal });
    expect(posts().map(({ body }) => JSON.parse(body).dag_run_id)).toEqual([
      `modelport-alert-${id}`,
    ]);
    expect(await states()).toEqual({ airflow: 'started' });
  });

  it('are left out where their alert ended before they were started', async () => {
    const { drift, rounds, clock, leave, states } = await start();
    await drift(1, 0.5);
    await leave('airflow');
    await drift(2, 0.1);
    clock.now += 6 * MINUTE;
    receiver.answers.set('GET /airflow', { status: 404, body: '{}' });
    await rounds.continueActions({ signal });
    expect(posts()).toEqual([]);
    expect(await states()).toEqual({ airflow: 'skipped' });
  });

  it.each([
    ['lists nothing of that time', [], 'failed', /GitHub lists no run that/],
    ['lists others only', ['x'], 'unknown', /of 1 that .* 0 have modelport-/],
  ])(
    'are asked for at GitHub until a run would be listed, where it %s',
    async (_what, names, state, message) => {
      const test = await start();
      await test.drift(1, 0.5);
      await test.leave('github');
      receiver.answers.set('GET /github', runs(...names));
      test.clock.now += 6 * MINUTE;
      await test.rounds.continueActions({ signal });
      expect(await test.states()).toEqual({ github: 'running' });
      test.clock.now += 6 * MINUTE;
      await test.rounds.continueActions({ signal });
      expect(await test.states()).toEqual({ github: state });
      expect(await test.message()).toMatch(message);
      expect(posts()).toEqual([]);
    },
  );

  it('are asked for a day where nobody answers, and then not known', async () => {
    const { drift, rounds, clock, leave, states, message } = await start();
    await drift(1, 0.5);
    await leave('airflow');
    receiver.answers.set('GET /airflow', { status: 503, body: 'busy' });
    clock.now += 23 * 60 * MINUTE;
    await rounds.continueActions({ signal });
    expect(await states()).toEqual({ airflow: 'running' });
    clock.now += 2 * 60 * MINUTE;
    await rounds.continueActions({ signal });
    expect(await states()).toEqual({ airflow: 'unknown' });
    expect(await message()).toContain('Airflow answered 503');
    expect(posts()).toEqual([]);
  });

  it.each([
    ['hangs up', 0, /^No answer came: /],
    ['is behind something that times out', 504, /^It answered 504/],
  ])(
    'are no failure where who is asked to start them %s: it is asked whether they run',
    async (_what, status, before) => {
      const test = await start(['airflow']);
      receiver.answers.set('POST /airflow', { status, body: '' });
      await test.drift(1, 0.5);
      expect(await test.states()).toEqual({ airflow: 'running' });
      expect(await test.message()).toMatch(before);
      test.clock.now += 6 * MINUTE;
      receiver.answers.set('GET /airflow', {
        status: 200,
        body: '{"state":"success"}',
      });
      await test.rounds.continueActions({ signal });
      expect(await test.states()).toEqual({ airflow: 'started' });
      expect(await test.message()).toBe('Its run: success');
      expect(posts()).toHaveLength(1);
    },
  );

  it('that may run keep others from starting within their cool-down', async () => {
    const { drift, rounds, clock, list } = await start(['hook']);
    receiver.answers.set('POST /hook', { status: 0, body: '' });
    await drift(1, 0.5);
    clock.now += 6 * MINUTE;
    await rounds.continueActions({ signal });
    await drift(2, 0.1);
    await drift(3, 0.5);
    expect((await list()).map(({ actions }) => actions[0].state)).toEqual([
      'skipped',
      'unknown',
    ]);
    expect(posts()).toHaveLength(1);
  });
});
