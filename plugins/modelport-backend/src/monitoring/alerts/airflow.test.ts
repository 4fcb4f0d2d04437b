import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AlertActionConfig, monitoringSchema } from './alertsConfig';
import { findRun } from './findRun';
import { readRun } from './readRun';
import { startAction } from './startAction';
import { StoredAlert } from './StoredAlert';
import { Receiver, startReceiver } from './__testUtils__/startReceiver';

interface Exchange {
  name: string;
  request: { method: string; path: string; body: unknown };
  response: { status: number; body: string };
}

const { exchanges }: { exchanges: Exchange[] } = JSON.parse(
  readFileSync(resolve(__dirname, '../__fixtures__/airflow_api.json'), 'utf8'),
);

const NOW = Date.UTC(2026, 10, 22);
/** The alert that the recorded requests are of. */
const ALERT: StoredAlert = {
  id: '41',
  source: 'mlflow',
  name: 'credit',
  version: '3',
  rule: 'drift',
  category: 'drift',
  severity: 'high',
  state: 'open',
  findings: [],
  openedAt: '',
  updatedAt: '',
  acknowledged: null,
  closed: null,
  actions: [],
  history: [],
};
const RUN = { alert: ALERT.id, at: '2026-11-22T00:00:00Z', run: null };

describe('a real Airflow, recorded', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.stop());

  const actionOf = (part: object = {}): AlertActionConfig => {
    const { alerts } = monitoringSchema.parse({
      alerts: {
        actions: [
          {
            id: 'a',
            type: 'airflow',
            url: receiver.url,
            dag: 'retrain',
            token: 'a token',
            ...part,
          },
        ],
      },
    });
    return alerts.actions[0];
  };
  const recorded = (name: string) => {
    const exchange = exchanges.find(one => one.name === name);
    if (!exchange) {
      throw new Error(`Nothing was recorded of ${name}`);
    }
    return exchange;
  };

  /** What comes of asking as it was asked when it was recorded, of which Airflow says what it said then. */
  async function ask<T>(name: string, what: () => Promise<T>): Promise<T> {
    const { request, response } = recorded(name);
    Object.assign(receiver.answer, response);
    const result = await what();
    const { method, path, body } = receiver.received.at(-1)!;
    expect({ method, path, body: body ? JSON.parse(body) : null }).toEqual(
      request,
    );
    return result;
  }

  it('starts a run once', async () => {
    const action = actionOf();
    const start = () => startAction(action, ALERT, NOW);
    const link = `${receiver.url}/dags/retrain/runs/modelport-alert-41`;
    expect(await ask('triggered', start)).toEqual({
      state: 'started',
      message: null,
      link,
    });
    expect(await ask('triggered again', start)).toEqual({
      state: 'started',
      message: null,
      link,
    });
  });

  it('says why it starts none', async () => {
    const start = (part?: object) => startAction(actionOf(part), ALERT, NOW);
    expect(await ask('wrong token', () => start())).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/^It answered 403: .*Invalid JWT token/),
    });
    expect(
      await ask('no such dag', () => start({ dag: 'nothing' })),
    ).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/^It answered 404.*nothing/),
    });
  });

  it('says whether it has a run, and what became of it', async () => {
    const action = actionOf();
    expect(
      await ask('no such run', () => findRun(action, RUN, NOW)),
    ).toMatchObject({ is: 'absent' });
    for (const [state, ended] of [
      ['queued', false],
      ['running', false],
      ['success', true],
    ] as const) {
      expect(await ask(state, () => readRun(action, RUN, NOW))).toEqual({
        text: `Its run: ${state}`,
        ended,
      });
      expect(await ask(state, () => findRun(action, RUN, NOW))).toMatchObject({
        is: 'there',
        run: { ended },
      });
    }
  });

  describe('that is asked with a name and a password', () => {
    const person = (password: string) => ({
      token: undefined,
      username: 'portal',
      password,
    });

    it('gives a token, with which it starts a run', async () => {
      receiver.answers.set('POST /auth/token', recorded('token').response);
      receiver.answers.set('POST /api', recorded('triggered').response);
      expect(
        await startAction(actionOf(person('a password')), ALERT, NOW),
      ).toMatchObject({ state: 'started' });
      const [asked, started] = receiver.received;
      expect(JSON.parse(asked.body)).toEqual(recorded('token').request.body);
      expect(started.headers.authorization).toBe('Bearer a token of a day');
    });

    it('starts nothing where it gives none', async () => {
      const start = () => startAction(actionOf(person('wrong')), ALERT, NOW);
      expect(await ask('token for a wrong password', start)).toMatchObject({
        state: 'failed',
        message: expect.stringContaining('it answered 401'),
      });
      expect(receiver.received).toHaveLength(1);
    });

    it('takes them themselves, where it is Airflow 2', async () => {
      const action = actionOf({ ...person('a password'), apiVersion: 'v1' });
      receiver.answer.status = 403;
      receiver.answer.body = 'Not cG9ydGFsOmEgcGFzc3dvcmQ= here';
      expect(await startAction(action, ALERT, NOW)).toMatchObject({
        message: 'It answered 403: Not … here',
      });
      const [{ path, headers }] = receiver.received;
      expect(path).toBe('/api/v1/dags/retrain/dagRuns');
      expect(headers.authorization).toBe('Basic cG9ydGFsOmEgcGFzc3dvcmQ=');
    });
  });
});
