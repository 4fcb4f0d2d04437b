import {
  createServer,
  request,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { freePort } from './freePort.ts';

/** A proxy in front of a server that can hold requests back, and cut them off. */
export interface Gate {
  url: string;
  /** Lets so many requests whose path has the text through, and holds every other of them until `open`. */
  holdAfter(count: number, path: string): void;
  /** Cuts every request off whose path has the text, until `open`. */
  cut(path: string): void;
  /** Requests that are held. */
  held(): number;
  /** Lets through what is held, and everything from now on. */
  open(): void;
  stop(): Promise<void>;
}

/** Starts a gate that is open, on a free port unless one is given. */
export async function startGate(
  target: string,
  chosenPort?: number,
): Promise<Gate> {
  let rule: { left: number; path: string } | undefined;
  let cutOff: string | undefined;
  let waiting: Array<() => void> = [];
  const port = chosenPort ?? (await freePort());
  const server = createServer((incoming, outgoing) => {
    if (cutOff !== undefined && incoming.url?.includes(cutOff)) {
      outgoing.destroy();
    } else if (rule && incoming.url?.includes(rule.path) && rule.left-- <= 0) {
      waiting.push(() => pass(target, incoming, outgoing));
    } else {
      pass(target, incoming, outgoing);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const gate: Gate = {
    url: `http://127.0.0.1:${port}`,
    holdAfter(count, path) {
      rule = { left: count, path };
    },
    cut(path) {
      cutOff = path;
    },
    held: () => waiting.length,
    open() {
      rule = undefined;
      cutOff = undefined;
      const held = waiting;
      waiting = [];
      held.forEach(letThrough => letThrough());
    },
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  return gate;
}

function pass(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const { host, ...headers } = incoming.headers;
  const sent = request(
    `${target}${incoming.url}`,
    { method: incoming.method, headers },
    answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  sent.once('error', () => outgoing.destroy());
  incoming.pipe(sent);
}
