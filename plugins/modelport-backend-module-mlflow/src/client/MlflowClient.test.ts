import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import pLimit from 'p-limit';
import { z } from 'zod';
import { testClient } from '../__testUtils__/testSource';
import { AnswerTooLargeError, MlflowAnswerError } from './errors';

const schema = z.object({ ok: z.boolean() });

type Handler = Parameters<typeof createServer>[1];

async function errorOf(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => 'no error',
    (error: unknown) => String(error),
  );
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  return `http://127.0.0.1:${
    typeof address === 'object' && address ? address.port : 0
  }`;
}

describe('MlflowClient', () => {
  let server: Server;
  let handler: NonNullable<Handler>;
  let url: string;
  const signal = new AbortController().signal;

  beforeAll(async () => {
    server = createServer((req, res) => handler(req, res));
    url = await listen(server);
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const statuses = (...list: number[]) => {
    let requests = 0;
    handler = (_req, res) => {
      const status = list[Math.min(requests, list.length - 1)];
      requests += 1;
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(status === 200 ? '{"ok":true}' : '{"error_code":"X"}');
    };
    return () => requests;
  };

  it.each([429, 500, 502, 503, 504])('tries again after %s', async status => {
    const requests = statuses(status, status, 200);
    const { client, waits } = testClient({ url });
    await expect(client.get(schema, '/a', { signal })).resolves.toEqual({
      ok: true,
    });
    expect(requests()).toBe(3);
    expect(waits[0]).toBeGreaterThanOrEqual(125);
    expect(waits[1]).toBeGreaterThanOrEqual(250);
  });

  it('takes 500 for the answer where a file was asked for', async () => {
    const requests = statuses(500);
    const { client } = testClient({ url });
    await expect(
      client.getBytes('/a', { signal, maxBytes: 10 }),
    ).rejects.toMatchObject({ name: 'MlflowAnswerError', status: 500 });
    expect(requests()).toBe(1);
  });

  it.each([400, 401, 403, 404])('takes %s for the answer', async status => {
    const requests = statuses(status);
    const { client } = testClient({ url });
    await expect(client.get(schema, '/a', { signal })).rejects.toMatchObject({
      name: 'MlflowAnswerError',
      status,
      errorCode: 'X',
    });
    expect(requests()).toBe(1);
  });

  it('gives up after the configured number of retries', async () => {
    const requests = statuses(503);
    const { client } = testClient({ url });
    await expect(client.get(schema, '/a', { signal })).rejects.toThrow(
      'GET /a answered 503 X',
    );
    expect(requests()).toBe(3);
  });

  it('waits as long as the server asks for', async () => {
    let requests = 0;
    handler = (_req, res) => {
      requests += 1;
      res.writeHead(requests === 1 ? 429 : 200, { 'retry-after': '7' });
      res.end('{"ok":true}');
    };
    const { client, waits } = testClient({ url });
    await client.get(schema, '/a', { signal });
    expect(waits).toEqual([7000]);
  });

  it('does not wait where the server asks for longer than a pass should', async () => {
    let requests = 0;
    handler = (_req, res) => {
      requests += 1;
      res.writeHead(429, { 'retry-after': '86400' });
      res.end('slow down');
    };
    const { client, waits } = testClient({ url });
    await expect(client.get(schema, '/a', { signal })).rejects.toThrow(
      'GET /a answered 429: slow down',
    );
    expect(requests).toBe(1);
    expect(waits).toEqual([]);
  });

  it('times out where the server sends headers and then hangs', async () => {
    let requests = 0;
    handler = (_req, res) => {
      requests += 1;
      res.writeHead(200, { 'content-type': 'application/json' });
      res.write('{"ok":');
    };
    const { client } = testClient({ url, requestTimeoutMs: 60 });
    await expect(client.get(schema, '/a', { signal })).rejects.toThrow(
      'GET /a had no whole answer within 60 ms',
    );
    expect(requests).toBe(2);
  });

  it('stops at once when its caller gives up', async () => {
    const controller = new AbortController();
    handler = () => controller.abort(new Error('enough'));
    const { client } = testClient({ url });
    await expect(
      client.get(schema, '/a', { signal: controller.signal }),
    ).rejects.toThrow('enough');
  });

  it('tries again where the connection breaks, also inside the body', async () => {
    let requests = 0;
    handler = (_req, res) => {
      requests += 1;
      if (requests === 1) {
        res.writeHead(200, { 'content-length': '100' });
        res.write('{"ok":');
        setImmediate(() => res.destroy());
        return;
      }
      res.end('{"ok":true}');
    };
    const { client } = testClient({ url });
    await expect(client.get(schema, '/a', { signal })).resolves.toEqual({
      ok: true,
    });
    expect(requests).toBe(2);
  });

  it('says plainly where nothing answers', async () => {
    const gone = createServer();
    const nowhere = await listen(gone);
    await new Promise(resolve => gone.close(resolve));
    const { client } = testClient({ url: nowhere });
    await expect(client.get(schema, '/a', { signal })).rejects.toThrow(
      `Nothing answers at ${nowhere} (ECONNREFUSED); GET /a had no answer`,
    );
  });

  it('tells why there is no connection', async () => {
    const { client } = testClient({ url: 'http://127.0.0.1:1' });
    await expect(client.get(schema, '/a', { signal })).rejects.toThrow(
      'GET /a failed: bad port',
    );
  });

  it('does not follow redirects and tells no query of them', async () => {
    handler = (_req, res) => {
      res.writeHead(302, { location: 'https://sso.test/login?token=secret' });
      res.end();
    };
    const { client } = testClient({ url });
    const error = await errorOf(client.get(schema, '/a', { signal }));
    expect(error).toContain('a redirect to https://sso.test/login,');
    expect(error).not.toContain('secret');
  });

  it.each([
    ['https://evil.test/x/se%2Fcr+t', 'https://evil.test/x/***,'],
    ['https://evil.test/x/se/cr+t', 'https://evil.test/x/***,'],
    ['https://evil.test/%ff/%73e/cr%2Bt', 'https://evil.test/%ff/***,'],
    ['https://user:pass@evil.test/#se/cr+t', 'https://evil.test/,'],
    ['/other%0aFAKE%20LOG', '/other FAKE LOG,'],
    [`/${'x'.repeat(5000)}`, '…,'],
  ])('hides credentials in a redirect to %s', async (location, shown) => {
    handler = (_req, res) => {
      res.writeHead(302, { location });
      res.end();
    };
    const { client } = testClient({
      url,
      auth: { type: 'bearer', token: 'se/cr+t' },
    });
    const error = await errorOf(client.get(schema, '/a', { signal }));
    expect(error).toContain(shown);
    expect(error).not.toMatch(/cr\+t|cr%2Bt|pass/);
    expect(error.length).toBeLessThan(500);
  });

  it.each([
    [
      'JSON',
      500,
      JSON.stringify({
        error_code: `INTERNAL\n${'E'.repeat(500)}`,
        message: `boom\r\nFAKE LOG LINE\u0000\u2028\u202e Bearer s3cret at https://u:p@store.test/key?X-Amz-Signature=abc ${'x'.repeat(
          5000,
        )}`,
      }),
    ],
    [
      'text',
      400,
      `boom\nFAKE s3cret https://u:p@store.test/key?X-Amz-Signature=abc ${'x'.repeat(
        5000,
      )}`,
    ],
    ['no JSON', 200, `boom\nFAKE s3cret ${'x'.repeat(5000)}`],
  ])('tells of %s in one short line without secrets', async (_, code, body) => {
    handler = (_req, res) => {
      res.writeHead(code, { 'content-type': `text/x-${'y'.repeat(2000)}` });
      res.end(body);
    };
    const { client } = testClient({
      url,
      auth: { type: 'bearer', token: 's3cret' },
    });
    const error = await errorOf(client.get(schema, '/a', { signal }));
    expect(error).toContain('boom FAKE');
    expect(error).not.toMatch(/s3cret|u:p|abc|[\p{Cc}\u2028\u202e]/u);
    expect(error.length).toBeLessThan(500);
  });

  it('sends credentials and hides them where the server echoes them', async () => {
    let authorization: string | undefined;
    handler = (req, res) => {
      authorization = req.headers.authorization;
      res.writeHead(400);
      res.end(`bad: ${authorization} pass-w0rd`);
    };
    const { client } = testClient({
      url,
      auth: { type: 'basic', username: 'ü', password: 'pass-w0rd' },
    });
    const error = await client
      .get(schema, '/a', { query: { token: 'q' }, signal })
      .catch((e: unknown) => String(e));
    expect(authorization).toBe(
      `Basic ${Buffer.from('ü:pass-w0rd').toString('base64')}`,
    );
    expect(error).toContain('GET /a answered 400: bad: Basic *** ***');
  });

  it.each([
    ['<html>hello</html>', 'what is not JSON'],
    ['{"ok":', 'what is not JSON'],
    ['', 'an empty body'],
    ['[]', 'JSON that is not MLflow'],
    ['{"ok":"yes"}', 'at ok'],
    ['null', 'at its root'],
  ])('refuses the body %j', async (body, message) => {
    handler = (_req, res) => res.end(body);
    const { client } = testClient({ url });
    const answer = client.get(schema, '/a', { signal });
    await expect(answer).rejects.toThrow(message);
    await expect(answer).rejects.toBeInstanceOf(MlflowAnswerError);
  });

  it('stops reading what is too large', async () => {
    handler = (_req, res) => {
      const more = () => {
        while (res.write(Buffer.alloc(64 * 1024))) {
          // until the buffer is full
        }
      };
      res.on('drain', more);
      more();
    };
    const { client } = testClient({ url });
    await expect(
      client.getBytes('/a', { signal, maxBytes: 100_000 }),
    ).rejects.toBeInstanceOf(AnswerTooLargeError);
  });

  it('has no more requests under way than allowed', async () => {
    let arrived = 0;
    let underWay = 0;
    let most = 0;
    const held: Array<() => void> = [];
    handler = (_req, res) => {
      arrived += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      held.push(() => {
        underWay -= 1;
        res.end('{"ok":true}');
      });
      if (arrived >= 3) {
        setImmediate(() => held.splice(0).forEach(answer => answer()));
      }
    };
    const { client } = testClient({ url, limit: pLimit(3) });
    const other = client.inWorkspace('team-a');
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        (i % 2 ? client : other).get(schema, '/a', { signal }),
      ),
    );
    expect(most).toBe(3);
  });

  it('sends the workspace', async () => {
    let workspace: unknown;
    handler = (req, res) => {
      workspace = req.headers['x-mlflow-workspace'];
      res.end('{"ok":true}');
    };
    const { client } = testClient({ url });
    await client.get(schema, '/a', { signal });
    expect(workspace).toBeUndefined();
    await client.inWorkspace('team-a').get(schema, '/a', { signal });
    expect(workspace).toBe('team-a');
  });
});
