import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { freePort } from '../stack/freePort.ts';

/** A request as it passed through. */
export interface Recorded {
  method: string;
  /** Path with its query. */
  path: string;
  body: Buffer;
  contentType: string | undefined;
  /** Milliseconds, on the clock of `performance.now`. */
  begun: number;
  ended: number;
}

/** A proxy in front of a server that writes down every request. */
export interface RecordingProxy {
  url: string;
  requests: Recorded[];
  stop(): Promise<void>;
}

/** Starts a proxy; it passes bodies on as they come and keeps connections open, so that it costs little. */
export async function startRecordingProxy(
  target: string,
): Promise<RecordingProxy> {
  const requests: Recorded[] = [];
  const agent = new Agent({ keepAlive: true });
  const port = await freePort();
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing, { target, agent, requests }).catch(() =>
      outgoing.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async stop() {
      server.closeAllConnections();
      agent.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: { target: string; agent: Agent; requests: Recorded[] },
): Promise<void> {
  const begun = performance.now();
  const parts: Buffer[] = [];
  for await (const part of incoming) {
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const recorded: Recorded = {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    body,
    contentType: incoming.headers['content-type'],
    begun,
    ended: Infinity,
  };
  options.requests.push(recorded);
  const { host, ...headers } = incoming.headers;
  const sent = request(
    `${options.target}${recorded.path}`,
    { method: recorded.method, agent: options.agent, headers },
    answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('end', () => {
        recorded.ended = performance.now();
      });
    },
  );
  sent.once('error', () => outgoing.destroy());
  sent.end(body);
}

/** The most requests that were under way at the same time. */
export function mostAtOnce(requests: Recorded[]): number {
  const changes = requests
    .flatMap(({ begun, ended }) => [
      { at: begun, by: 1 },
      { at: ended, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of changes) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

/** Sends recorded requests again in their order, so many at a time, parses every body and drops it; gives milliseconds. */
export async function replay(
  target: string,
  requests: Recorded[],
  concurrency: number,
): Promise<number> {
  const queue = [...requests];
  const begun = performance.now();
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const response = await fetch(`${target}${next.path}`, {
        method: next.method,
        ...(next.method === 'GET' ? {} : { body: next.body.toString() }),
        headers: next.contentType ? { 'content-type': next.contentType } : {},
      });
      const text = await response.text();
      if (response.headers.get('content-type')?.includes('json')) {
        JSON.parse(text);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return performance.now() - begun;
}
