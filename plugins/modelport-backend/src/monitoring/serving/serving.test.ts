import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { monitoringSchema } from '../alerts/alertsConfig';
import { filled, ServingService } from './ServingService';

/** Answers as Prometheus 2.42 does, with figures by what is asked for. */
async function startPrometheus(
  valueOf: (query: string) => string | undefined,
): Promise<{ server: Server; url: string; queries: string[] }> {
  const queries: string[] = [];
  const server = createServer(async (req, res) => {
    const parts: Buffer[] = [];
    for await (const part of req) {
      parts.push(part);
    }
    const asked = new URLSearchParams(Buffer.concat(parts).toString());
    const query = asked.get('query') ?? '';
    queries.push(query);
    const value = valueOf(query);
    res.setHeader('content-type', 'application/json');
    if (value === 'refuse') {
      res.statusCode = 400;
      res.end(
        '{"status":"error","errorType":"bad_data","error":"1:3: parse error"}',
      );
      return;
    }
    const values = [];
    for (
      let at = Number(asked.get('start'));
      at <= Number(asked.get('end'));
      at += Number(asked.get('step'))
    ) {
      values.push([at, value]);
    }
    res.end(
      JSON.stringify({
        status: 'success',
        data: {
          resultType: 'matrix',
          result: value === undefined ? [] : [{ metric: {}, values }],
        },
      }),
    );
  });
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}`, queries };
}

let started: Awaited<ReturnType<typeof startPrometheus>> | undefined;

afterEach(async () => {
  await new Promise(resolve => started?.server.close(resolve) ?? resolve(null));
  started = undefined;
});

async function serve(
  valueOf: (query: string) => string | undefined,
  more: object = {},
) {
  started = await startPrometheus(valueOf);
  const { serving } = monitoringSchema.parse({
    serving: {
      url: started.url,
      objectives: {
        availability: 0.99,
        latency: { target: 0.9, seconds: 0.1 },
      },
      price: { currency: 'EUR', perHour: 2 },
      ...more,
    },
  });
  return new ServingService({
    config: serving,
    models: { get: jest.fn() },
    now: () => new Date('2026-11-21T12:00:00Z'),
  }).get({ source: 'demo', name: 'cre"dit', visibility: undefined, hours: 1 });
}

function usual(query: string): string | undefined {
  if (query.includes('le="0.1"')) {
    return '8';
  }
  if (query.includes('model_errors_total')) {
    return '0.2';
  }
  if (query.includes('histogram_quantile')) {
    return query.includes('model_score') ? 'NaN' : '0.05';
  }
  return query.includes('model_rows_total') ? '20' : '10';
}

describe('telemetry of serving', () => {
  it('gives levels, budget and cost of the time asked for', async () => {
    const serving = await serve(usual);
    expect(serving).toMatchObject({
      configured: true,
      problem: null,
      from: '2026-11-21T11:00:00.000Z',
      to: '2026-11-21T12:00:00.000Z',
      currency: 'EUR',
    });
    expect(
      serving.series.map(({ name, points }) => [name, points[0].value]),
    ).toEqual([
      ['requests', 10],
      ['predictions', 20],
      ['errors', 0.2],
      ['latency p50', 0.05],
      ['latency p95', 0.05],
      ['latency p99', 0.05],
      ['score p10', null],
      ['score p50', null],
      ['score p90', null],
    ]);
    const { points } = serving.series[0];
    const n = points.length;
    expect(serving.objectives).toEqual([
      {
        name: 'availability',
        target: 0.99,
        achieved: expect.closeTo(0.98, 10),
        budget: expect.closeTo(0.1 * n, 8),
        spent: expect.closeTo(2, 8),
      },
      {
        name: 'faster than 0.1 s',
        target: 0.9,
        achieved: expect.closeTo(0.8, 10),
        budget: expect.closeTo(n, 8),
        spent: expect.closeTo(2, 8),
      },
    ]);
    expect(serving.costPerThousand).toBeCloseTo((2 / (20 * n)) * 1_000, 8);
    expect(started?.queries.every(query => query.includes('cre\\"dit'))).toBe(
      true,
    );
  });

  it('says what Prometheus says of a query that it refuses', async () => {
    const serving = await serve(() => 'refuse');
    expect(serving).toMatchObject({
      series: [],
      problem: expect.stringContaining('1:3: parse error'),
    });
  });

  it('has no figures where nothing is served', async () => {
    const serving = await serve(() => undefined);
    expect(serving).toMatchObject({
      problem: null,
      series: [],
      costPerThousand: null,
      objectives: [{ achieved: null, budget: null, spent: null }, {}],
    });
  });

  it('lets no name leave the text that it stands in', () => {
    const model = `a"b'c\\d\ne`;
    expect(filled(`{job='$model'}`, { model })).toBe(
      `{job='a\\"b\\x27c\\\\d\\ne'}`,
    );
  });

  it('leaves what it does not know in a query', () => {
    expect(filled('a{b=~"x$"} $step', { step: '60s' })).toBe('a{b=~"x$"} 60s');
  });
});
