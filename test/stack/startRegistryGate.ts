import { createServer, request, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { freePort } from './freePort.ts';

/** A request to a registry as the gate sees it, with its whole body. */
export interface GateRequest {
  method: string;
  /** Path with its query. */
  path: string;
  body: string;
}

/** Where a request is held: before the registry hears of it, or after the registry has done it and before its answer. */
export type Hold = 'before' | 'after';

/** A proxy in front of a registry that holds single requests, as a network does at the worst moment. */
export interface RegistryGate {
  url: string;
  /** Says which requests are held, and where; none unless told. */
  hold(rule: (asked: GateRequest) => Hold | undefined): void;
  /** Requests that are held now. */
  held(): GateRequest[];
  /** Requests that reached the registry, in their order. */
  passed(): GateRequest[];
  /** Holds nothing any more. What is held goes on, unless who asked is gone: then it never reaches the registry. */
  open(): void;
  stop(): Promise<void>;
}

/** Starts a gate that holds nothing. */
export async function startRegistryGate(target: string): Promise<RegistryGate> {
  let rule: (asked: GateRequest) => Hold | undefined = () => undefined;
  let held: Array<{ asked: GateRequest; goOn: () => void }> = [];
  const passed: GateRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', chunk => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const asked = {
        method: incoming.method ?? 'GET',
        path: incoming.url ?? '/',
        body: body.toString('utf8'),
      };
      const wait = (goOn: () => void) => held.push({ asked, goOn });
      const isGone = () => incoming.socket.destroyed;
      const { host, ...headers } = incoming.headers;
      const pass = (then: (answer: () => void) => void) => {
        passed.push(asked);
        const sent = request(
          `${target}${asked.path}`,
          { method: asked.method, headers },
          answer => {
            const parts: Buffer[] = [];
            answer.on('data', part => parts.push(part));
            answer.on('end', () =>
              then(() => {
                outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
                outgoing.end(Buffer.concat(parts));
              }),
            );
          },
        );
        sent.once('error', () => outgoing.destroy());
        sent.end(body);
      };
      switch (rule(asked)) {
        case 'before':
          wait(() => {
            if (!isGone()) {
              pass(answer => answer());
            }
          });
          break;
        case 'after':
          pass(wait);
          break;
        default:
          pass(answer => answer());
      }
    });
  });
  const url = await listen(server);
  return {
    url,
    hold(next) {
      rule = next;
    },
    held: () => held.map(({ asked }) => asked),
    passed: () => passed,
    open() {
      rule = () => undefined;
      const waiting = held;
      held = [];
      waiting.forEach(({ goOn }) => goOn());
    },
    stop: () => stop(server),
  };
}

async function listen(server: Server): Promise<string> {
  const port = await freePort();
  // A killed backend's connections end with an error that concerns nobody.
  server.on('clientError', (_error, socket: Socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${port}`;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}
