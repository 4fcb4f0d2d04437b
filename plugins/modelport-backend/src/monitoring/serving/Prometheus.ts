import { InputError } from '@backstage/errors';
import { z } from 'zod';

const MOST_MS = 15_000;
const MOST_TEXT = 300;

const answer = z.union([
  z.object({
    status: z.literal('success'),
    data: z.object({
      resultType: z.literal('matrix'),
      result: z.array(
        z.object({
          values: z.array(z.tuple([z.number(), z.string()])),
        }),
      ),
    }),
  }),
  z.object({ status: z.literal('error'), error: z.string() }),
]);

/** A moment, in milliseconds, and its value; null where there is none. */
export type Sample = [number, number | null];

/** Prometheus by its HTTP API. */
export class Prometheus {
  constructor(
    private readonly options: { url: string; token: string | undefined },
  ) {}

  /**
   * The first series of a query over a range; empty where there is none.
   *
   * @param range - milliseconds.
   * @throws `InputError` with what Prometheus says of the query.
   */
  async queryRange(
    query: string,
    range: { from: number; to: number; step: number },
  ): Promise<Sample[]> {
    const { url, token } = this.options;
    const response = await fetch(
      `${url.replace(/\/$/, '')}/api/v1/query_range`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: new URLSearchParams({
          query,
          start: String(range.from / 1_000),
          end: String(range.to / 1_000),
          step: String(range.step / 1_000),
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(MOST_MS),
      },
    );
    const text = await response.text();
    const said = answer.safeParse(jsonOf(text));
    if (!said.success) {
      throw new InputError(
        `Prometheus answered ${response.status}: ${text.slice(0, MOST_TEXT)}`,
      );
    }
    if (said.data.status === 'error') {
      throw new InputError(
        `Prometheus refused a query: ${said.data.error.slice(0, MOST_TEXT)}`,
      );
    }
    return (said.data.data.result[0]?.values ?? []).map(([time, value]) => [
      Math.round(time * 1_000),
      Number.isFinite(Number(value)) ? Number(value) : null,
    ]);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
