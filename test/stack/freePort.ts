import { createServer } from 'node:net';

/**
 * Finds a port of the loopback that nobody listens on. `TEST_PORTS=5200-5299` keeps to a range, for machines on which
 * several people test at once.
 */
export async function freePort(): Promise<number> {
  const range = process.env.TEST_PORTS?.match(/^(\d+)-(\d+)$/);
  if (!range) {
    return await listenOnce(0);
  }
  const [first, last] = [Number(range[1]), Number(range[2])];
  for (let tries = 0; tries < 200; tries++) {
    const port = first + Math.floor(Math.random() * (last - first + 1));
    if (taken.has(port)) {
      continue;
    }
    try {
      await listenOnce(port);
      taken.add(port);
      return port;
    } catch {
      // somebody listens there
    }
  }
  throw new Error(`No free port found in ${process.env.TEST_PORTS}`);
}

const taken = new Set<number>();

async function listenOnce(port: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('The server has no address')),
      );
    });
  });
}
