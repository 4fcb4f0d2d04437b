import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { DatabricksEngine } from './DatabricksEngine';

interface Asked {
  method: string | undefined;
  url: string | undefined;
  authorization: string | undefined;
  body: unknown;
}

/** Answers as the Statement Execution API 2.0 is documented, one answer after the other. */
async function startWarehouse(
  answers: Array<{ status?: number; body: unknown }>,
) {
  const asked: Asked[] = [];
  const server: Server = createServer(async (req, res) => {
    const { method, url, headers } = req;
    asked.push({
      method,
      url,
      authorization: headers.authorization,
      body: await bodyOf(req),
    });
    const { status = 200, body } = answers[asked.length - 1] ?? {
      status: 500,
      body: {},
    };
    res.statusCode = status;
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify(body));
  });
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const { port } = server.address() as AddressInfo;
  return { server, asked, host: `http://127.0.0.1:${port}` };
}

async function bodyOf(req: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of req) {
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString();
  return text === '' ? null : JSON.parse(text);
}

let warehouse: Awaited<ReturnType<typeof startWarehouse>> | undefined;

afterEach(
  () =>
    new Promise<void>(resolve => {
      if (warehouse) {
        warehouse.server.close(() => resolve());
      } else {
        resolve();
      }
    }),
);

async function query(answers: Array<{ status?: number; body: unknown }>) {
  warehouse = await startWarehouse(answers);
  return new DatabricksEngine({
    id: 'lakehouse',
    host: warehouse.host,
    warehouse: 'w1',
    token: 'secret',
  }).query('SELECT 1', { signal: AbortSignal.timeout(10_000) });
}

const SCHEMA = {
  schema: {
    column_count: 2,
    columns: [
      { name: 'bin', type_name: 'INT', position: 0 },
      { name: 'n', type_name: 'LONG', position: 1 },
    ],
  },
};

describe('Databricks', () => {
  it('waits for a statement, and reads all chunks of its answer', async () => {
    const rows = await query([
      { body: { statement_id: 's1', status: { state: 'PENDING' } } },
      { body: { statement_id: 's1', status: { state: 'RUNNING' } } },
      {
        body: {
          statement_id: 's1',
          status: { state: 'SUCCEEDED' },
          manifest: SCHEMA,
          result: {
            chunk_index: 0,
            data_array: [
              ['0', '12'],
              [null, '3'],
            ],
            next_chunk_internal_link:
              '/api/2.0/sql/statements/s1/result/chunks/1',
          },
        },
      },
      { body: { chunk_index: 1, data_array: [['1', '7']] } },
    ]);
    expect(rows).toEqual([
      { bin: '0', n: '12' },
      { bin: null, n: '3' },
      { bin: '1', n: '7' },
    ]);
    expect(warehouse?.asked).toEqual([
      {
        method: 'POST',
        url: '/api/2.0/sql/statements',
        authorization: 'Bearer secret',
        body: {
          statement: 'SELECT 1',
          warehouse_id: 'w1',
          wait_timeout: '30s',
          on_wait_timeout: 'CONTINUE',
          format: 'JSON_ARRAY',
          disposition: 'INLINE',
        },
      },
      ...[
        '/api/2.0/sql/statements/s1',
        '/api/2.0/sql/statements/s1',
        '/api/2.0/sql/statements/s1/result/chunks/1',
      ].map(url => ({
        method: 'GET',
        url,
        authorization: 'Bearer secret',
        body: null,
      })),
    ]);
  });

  it('says why a statement failed', async () => {
    await expect(
      query([
        {
          body: {
            statement_id: 's1',
            status: {
              state: 'FAILED',
              error: {
                error_code: 'BAD_REQUEST',
                message: '[TABLE_OR_VIEW_NOT_FOUND] main.x cannot be found',
              },
            },
          },
        },
      ]),
    ).rejects.toThrow('TABLE_OR_VIEW_NOT_FOUND');
  });

  it('tells a warehouse that is busy from a wrong request', async () => {
    await expect(
      query([{ status: 429, body: { error_code: 'REQUEST_LIMIT_EXCEEDED' } }]),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
  });

  it('gives its token to no other host', async () => {
    await expect(
      query([
        {
          body: {
            statement_id: 's1',
            status: { state: 'SUCCEEDED' },
            manifest: SCHEMA,
            result: {
              data_array: [],
              next_chunk_internal_link: 'http://elsewhere.example/x',
            },
          },
        },
      ]),
    ).rejects.toThrow('another host');
  });
});
