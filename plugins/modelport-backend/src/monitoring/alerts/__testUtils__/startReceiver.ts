import { createServer, IncomingMessage } from 'node:http';

interface Received {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

interface Answer {
  /** 0 hangs up. */
  status: number;
  body: string;
}

/** Something that alerts start, and what it heard. */
export interface Receiver {
  url: string;
  received: Received[];
  /** What it says to everybody. */
  answer: Answer;
  /** What it says to requests such as `GET /airflow`, with whatever follows. */
  answers: Map<string, Answer>;
  stop: () => Promise<void>;
}

/** Starts a receiver on a port of its own. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answer = { status: 200, body: '{}' };
  const answers: Receiver['answers'] = new Map();
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', part => parts.push(part));
    req.on('end', () => {
      received.push({
        method: req.method,
        path: req.url,
        headers: req.headers,
        body: Buffer.concat(parts).toString(),
      });
      const [, one = answer] =
        [...answers].find(([to]) =>
          `${req.method} ${req.url}`.startsWith(to),
        ) ?? [];
      if (one.status === 0) {
        req.socket.destroy();
        return;
      }
      res.statusCode = one.status;
      res.end(one.body);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer,
    answers,
    stop: () => new Promise<void>(resolve => server.close(() => resolve())),
  };
}
