import { Agent, request } from 'node:http';

/** A request that can be sent over and over. */
export interface Call {
  url: string;
  headers?: Record<string, string>;
}

/** Latencies in milliseconds, and answers a second. */
export interface Timing {
  p50: number;
  p95: number;
  perSecond: number;
}

/** Sends a call from a number of callers at once, each with one connection that stays open, and times every answer. */
export async function timeCalls(
  call: Call,
  options: { callers: number; calls: number; warmUp: number },
): Promise<Timing> {
  const agents = Array.from(
    { length: options.callers },
    () => new Agent({ keepAlive: true, maxSockets: 1 }),
  );
  const latencies: number[] = [];
  const run = async (agent: Agent, calls: number, keep: boolean) => {
    for (let i = 0; i < calls; i++) {
      const begun = performance.now();
      await send(call, agent);
      if (keep) {
        latencies.push(performance.now() - begun);
      }
    }
  };
  const share = (calls: number) => Math.ceil(calls / options.callers);
  await Promise.all(agents.map(a => run(a, share(options.warmUp), false)));
  const begun = performance.now();
  await Promise.all(agents.map(a => run(a, share(options.calls), true)));
  const seconds = (performance.now() - begun) / 1000;
  agents.forEach(agent => agent.destroy());
  latencies.sort((a, b) => a - b);
  return {
    p50: quantile(latencies, 0.5),
    p95: quantile(latencies, 0.95),
    perSecond: latencies.length / seconds,
  };
}

/** The value below which a share of sorted values lies. */
export function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** Sends one call and reads its answer to the end; throws unless it is 200. */
export async function send(call: Call, agent?: Agent): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    const sent = request(
      call.url,
      { agent, headers: call.headers },
      response => {
        const parts: Buffer[] = [];
        response.on('data', part => parts.push(part));
        response.once('error', reject);
        response.once('end', () => {
          const body = Buffer.concat(parts);
          if (response.statusCode === 200) {
            resolve(body);
          } else {
            reject(
              new Error(
                `${call.url} answers ${response.statusCode}: ${body
                  .toString()
                  .slice(0, 300)}`,
              ),
            );
          }
        });
      },
    );
    sent.once('error', reject);
    sent.end();
  });
}
