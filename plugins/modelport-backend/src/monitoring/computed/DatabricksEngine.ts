import { setTimeout as wait } from 'node:timers/promises';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import {
  MonitoringEngine,
  MonitoringRow,
} from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { withoutValues } from './withoutValues';

/** How long one request waits for its statement, which Databricks allows 5 to 50 seconds. */
const WAIT = '30s';
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
const MOST_TEXT = 500;

const chunk = z.object({
  data_array: z.array(z.array(z.string().nullable())).nullish(),
  next_chunk_internal_link: z.string().nullish(),
});
const answer = z.object({
  statement_id: z.string(),
  status: z.object({
    state: z.enum([
      'PENDING',
      'RUNNING',
      'SUCCEEDED',
      'FAILED',
      'CANCELED',
      'CLOSED',
    ]),
    error: z.object({ message: z.string().nullish() }).nullish(),
  }),
  manifest: z
    .object({
      schema: z.object({
        columns: z.array(z.object({ name: z.string() })).nullish(),
      }),
    })
    .nullish(),
  result: chunk.nullish(),
});

/** Where Databricks is, and what answers there. */
export interface DatabricksSettings {
  id: string;
  /** Of the workspace. */
  host: string;
  warehouse: string;
  token: string;
}

/**
 * A SQL warehouse of Databricks by its Statement Execution API 2.0: statements are sent to it, and only what they count
 * comes back.
 */
export class DatabricksEngine implements MonitoringEngine {
  readonly id: string;
  readonly dialect = {
    quote: '`',
    moment: 'TIMESTAMP',
    wallTime: 'TIMESTAMP_NTZ',
  };

  constructor(private readonly settings: DatabricksSettings) {
    this.id = settings.id;
  }

  async query(
    statement: string,
    options: { signal: AbortSignal },
  ): Promise<MonitoringRow[]> {
    let said = answer.parse(
      await this.ask('/api/2.0/sql/statements', options, {
        statement,
        warehouse_id: this.settings.warehouse,
        wait_timeout: WAIT,
        on_wait_timeout: 'CONTINUE',
        format: 'JSON_ARRAY',
        disposition: 'INLINE',
      }),
    );
    const path = `/api/2.0/sql/statements/${encodeURIComponent(
      said.statement_id,
    )}`;
    let pause = FIRST_PAUSE_MS;
    try {
      while (['PENDING', 'RUNNING'].includes(said.status.state)) {
        await wait(pause, undefined, options);
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
        said = answer.parse(await this.ask(path, options));
      }
    } catch (error) {
      if (options.signal.aborted) {
        await this.ask(
          `${path}/cancel`,
          { signal: AbortSignal.timeout(5_000) },
          {},
        );
      }
      throw error;
    }
    if (said.status.state !== 'SUCCEEDED') {
      throw new InputError(
        `Databricks ended the statement as ${
          said.status.state
        }: ${withoutValues(
          said.status.error?.message ?? 'without a reason',
        ).slice(0, MOST_TEXT)}`,
      );
    }
    const names = (said.manifest?.schema.columns ?? []).map(({ name }) => name);
    const rows: MonitoringRow[] = [];
    let part = said.result;
    for (;;) {
      for (const values of part?.data_array ?? []) {
        rows.push(
          Object.fromEntries(
            names.map((name, at) => [name, values[at] ?? null]),
          ),
        );
      }
      const next = part?.next_chunk_internal_link;
      if (!next) {
        return rows;
      }
      part = chunk.parse(await this.ask(next, options));
    }
  }

  private async ask(
    path: string,
    options: { signal: AbortSignal },
    body?: object,
  ): Promise<unknown> {
    const { host, token } = this.settings;
    const url = new URL(path, host);
    // A link that leads elsewhere must not be given the token.
    if (url.origin !== new URL(host).origin) {
      throw new InputError('Databricks names a link to another host');
    }
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      redirect: 'error',
      signal: options.signal,
    });
    if (!response.ok) {
      const text = (await response.text()).slice(0, MOST_TEXT);
      const message = `Databricks answered ${response.status}: ${text}`;
      throw response.status === 429 || response.status >= 500
        ? new ServiceUnavailableError(message)
        : new InputError(message);
    }
    return response.json();
  }
}
