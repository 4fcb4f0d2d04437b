import { TestDatabases } from '@backstage/backend-test-utils';
import { startAlerts } from './__testUtils__/startAlerts';
import { Receiver, startReceiver } from './__testUtils__/startReceiver';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('alerts on %s', databaseId => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.stop());

  it('show what became of the runs that they started in Airflow, until these end', async () => {
    const { drift, list, rounds } = await startAlerts(
      await databases.init(databaseId),
      {
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
      },
    );
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
      await rounds.continueActions({ signal });
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
    const { drift, list, rounds, clock } = await startAlerts(
      await databases.init(databaseId),
      {
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
      },
    );
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
      await rounds.continueActions({ signal: new AbortController().signal });
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
      const { drift, list, rounds } = await startAlerts(
        await databases.init(databaseId),
        {
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
        },
      );
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
      await rounds.continueActions({ signal });
      expect(await message()).toBe(
        `Its pipeline could not be read: GitLab answered 404${hint}`,
      );
      receiver.answer.status = 200;
      receiver.answer.body = pipeline('canceled');
      await rounds.continueActions({ signal });
      expect(await message()).toBe('Its run: canceled');
      const { path, headers } = receiver.received.at(-1)!;
      expect(path).toBe('/api/v4/projects/team%2Frepo/pipelines/46');
      expect(headers['private-token']).toBe(token);
      const before = receiver.received.length;
      await rounds.continueActions({ signal });
      expect(receiver.received).toHaveLength(before);
    },
  );
});
