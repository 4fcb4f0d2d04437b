import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  Agent,
  createServer,
  IncomingMessage,
  request,
  Server,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import { BodyDoor } from './BodyDoor';
import { wholeBody } from './openBody';

const MOST = 100_000;

/** A door that answers with what came, for senders named by a header. */
async function start(
  patience = { everyMs: 60_000, leastBytes: 1, mostMs: 60_000 },
): Promise<Server> {
  const door = new BodyDoor({
    mostAtOnce: 4,
    mostBytes: MOST,
    tooLarge: `More than ${MOST} bytes. Nothing was kept.`,
    kept: 'Nothing was kept.',
    patience,
  });
  const router = PromiseRouter();
  router.post('/', async (req, res) => {
    const text = await door.take(req, res, {
      by: String(req.headers['x-sender']),
      mostOfThem: 2,
      receive: wholeBody,
      work: async bytes => bytes.toString(),
    });
    res.send(text);
  });
  const app = express();
  app.use(router);
  app.use(
    MiddlewareFactory.create({
      logger: mockServices.logger.mock(),
      config: mockServices.rootConfig(),
    }).error(),
  );
  const server = createServer(app);
  await new Promise<void>(resolve => server.listen(0, resolve));
  return server;
}

describe('the door for bodies', () => {
  let server: Server;

  /** Begins a request; it ends where a body is given. */
  const send = (
    headers: Record<string, string | number>,
    body?: string | Buffer,
  ) => {
    const req = request({
      port: (server.address() as AddressInfo).port,
      method: 'POST',
      headers: { 'x-sender': 'a', ...headers },
    });
    const answer = new Promise<{ status?: number; text: string }>(
      (resolve, reject) => {
        req.on('error', reject);
        req.on('response', (res: IncomingMessage) => {
          let text = '';
          res.on('data', chunk => {
            text += chunk;
          });
          res.on('end', () => resolve({ status: res.statusCode, text }));
        });
      },
    );
    if (body === undefined) {
      req.write('x');
    } else {
      req.end(body);
    }
    return { req, answer };
  };
  const answerTo = (
    headers: Record<string, string | number>,
    body: string | Buffer,
  ) => send(headers, body).answer;

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('stays open to others while one sends slowly', async () => {
    server = await start();
    const slow = [1, 2, 3, 4, 5, 6].map(() =>
      send({ 'content-length': 1_000 }),
    );
    const refused = await Promise.race(slow.map(({ answer }) => answer));
    expect(refused).toMatchObject({ status: 429 });
    expect(refused.text).toMatch(/of this sender are under way/);
    expect(await answerTo({ 'x-sender': 'b' }, 'hello')).toEqual({
      status: 200,
      text: 'hello',
    });
    slow.forEach(({ req, answer }) => {
      answer.catch(() => {});
      req.destroy();
    });
  });

  it.each([
    ['hardly anything comes', { everyMs: 20, leastBytes: 100, mostMs: 60_000 }],
    ['it takes too long', { everyMs: 60_000, leastBytes: 1, mostMs: 20 }],
  ])('gives up a body of which %s', async (_what, patience) => {
    server = await start(patience);
    const { answer } = send({ 'content-length': 1_000 });
    const { status, text } = await answer;
    expect(status).toBe(408);
    expect(text).toMatch(/too slowly.*Nothing was kept\./);
    expect(await answerTo({}, 'x'.repeat(200))).toMatchObject({ status: 200 });
  });

  const digest = (body: string | Buffer, bits = 256) =>
    `sha-${bits}=:${createHash(`sha${bits}`).update(body).digest('base64')}:`;
  const packed = gzipSync('hello');
  const gzip = { 'content-encoding': 'gzip' };

  it.each([
    ['as it is', { 'content-digest': digest('hello') }, 'hello'],
    [
      'by several algorithms',
      {
        'content-digest': `md5=:AAAA:, ${digest('hello')}, ${digest(
          'hello',
          512,
        )}`,
      },
      'hello',
    ],
    ['packed', { ...gzip, 'content-digest': digest(packed) }, packed],
    ['packed, unpacked', { ...gzip, 'repr-digest': digest('hello') }, packed],
    ['packed as a whole', { ...gzip, 'repr-digest': digest(packed) }, packed],
  ])('takes a body whose digest fits %s', async (_what, headers, body) => {
    server = await start();
    expect(await answerTo({ ...headers }, body)).toEqual({
      status: 200,
      text: 'hello',
    });
  });

  it.each([
    ['another SHA-256', { 'content-digest': digest('x') }, 'hello', 400],
    ['another SHA-512', { 'content-digest': digest('x', 512) }, 'hello', 400],
    ['no digest', { 'content-digest': 'sha-512=:AAAA:' }, 'hello', 400],
    ['another Repr-Digest', { 'repr-digest': digest('x') }, 'hello', 400],
    [
      'the digest of what it unpacks to',
      { ...gzip, 'content-digest': digest('hello') },
      packed,
      400,
    ],
    ['no gzip', gzip, 'hello', 400],
    ['half of it', gzip, packed.subarray(0, 15), 400],
    ['an unknown coding', { 'content-encoding': 'zzz' }, 'hello', 415],
    ['too much', {}, 'x'.repeat(MOST + 1), 413],
    ['a bomb', gzip, gzipSync(Buffer.alloc(1_000_000)), 413],
  ])('refuses a body that has %s', async (_what, headers, body, status) => {
    server = await start();
    const answer = await answerTo({ ...headers }, body);
    expect(answer).toMatchObject({ status });
    expect(answer.text).toMatch(/Nothing was kept\./);
  });

  it('leaves a connection to others once all of a refused body has come', async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setInterval', 'Date'],
    });
    const door = new BodyDoor({
      mostAtOnce: 1,
      ...{ mostBytes: MOST, tooLarge: 'Too large.', kept: 'Nothing was kept.' },
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let sendRest = () => {};
    const app = express().post('/', async (req, res) => {
      const refused = door.take(req, res, {
        by: 'a',
        receive: async content => {
          await once(content, 'data');
          throw new Error('refused');
        },
        work: async () => {},
      });
      await refused.catch(async () => {
        sendRest();
        await once(req, 'end');
      });
      res.end();
    });
    server = createServer(app);
    await new Promise<void>(resolve => server.listen(0, resolve));
    const ask = async () => {
      const req = request({
        port: (server.address() as AddressInfo).port,
        agent,
        method: 'POST',
      });
      sendRest = () => req.end('rest');
      req.write('begin');
      const [res] = await once(req, 'response');
      res.resume();
      await once(res, 'end');
      return req.reusedSocket;
    };
    try {
      expect(await ask()).toBe(false);
      jest.advanceTimersByTime(60_000);
      expect(await ask()).toBe(true);
    } finally {
      agent.destroy();
      jest.useRealTimers();
    }
  });
});
