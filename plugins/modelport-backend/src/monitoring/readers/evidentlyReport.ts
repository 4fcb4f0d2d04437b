import { z } from 'zod';
import { parseJson } from '../../parseJson';
import { TimeSpan, windowOfPath } from './windowOfPath';

const PREFIX = 'evidently:metric_v2:';

const params = z.looseObject({ type: z.string() });

/** What `Report.json()` gives. */
const jsonSchema = z.object({
  metrics: z
    .array(
      z.looseObject({ id: z.string(), config: params, value: z.unknown() }),
    )
    .max(200_000),
  tests: z.array(z.unknown()).nullish(),
});

const test = z.looseObject({
  metric_config: z.looseObject({ metric_id: z.string() }),
  id: z.string(),
  status: z.string(),
});

/** What `Snapshot.dumps()` gives. */
const dumpSchema = z.object({
  metadata: z.record(z.string(), z.unknown()).nullish(),
  metric_results: z.record(
    z.string(),
    z.looseObject({
      metric_value_location: z.looseObject({
        metric: z.looseObject({ params }),
      }),
      tests: z.array(test).nullish(),
    }),
  ),
});

/** A metric of an Evidently report. */
export interface EvidentlyMetric {
  /** Such as `ValueDrift`. */
  type: string;
  params: Record<string, unknown>;
  value: unknown;
  /** Of the test that belongs to it; undefined where it has none. */
  failed: boolean | undefined;
}

/** An Evidently report of either form. */
export interface EvidentlyReport {
  window: TimeSpan | null;
  windowFrom: 'document' | 'path' | null;
  metrics: EvidentlyMetric[];
}

/**
 * Reads the JSON of an Evidently 0.7 report: what `json()` writes, or what `dumps()` does, which also has metadata.
 *
 * @throws `Error` where it is neither.
 */
export function readEvidentlyReport(
  bytes: Uint8Array,
  path: string | null,
): EvidentlyReport {
  const content = parseJson(bytes);
  const report = jsonSchema.safeParse(content);
  if (report.success) {
    return withWindow(fromJson(report.data), path, null);
  }
  const dump = dumpSchema.safeParse(content);
  if (!dump.success) {
    throw new Error(
      'It is no report of Evidently 0.7: expected metrics, each with its config and value, or metric_results',
    );
  }
  return withWindow(fromDump(dump.data), path, dump.data.metadata ?? null);
}

function fromJson(report: z.infer<typeof jsonSchema>): EvidentlyMetric[] {
  const failed = failures(
    (report.tests ?? []).flatMap(one => {
      const parsed = test.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    }),
  );
  return report.metrics.map(({ id, config, value }) => ({
    type: typeOf(config.type),
    params: config,
    value,
    failed: failed.get(id),
  }));
}

function fromDump(dump: z.infer<typeof dumpSchema>): EvidentlyMetric[] {
  return Object.entries(dump.metric_results).map(([id, result]) => {
    const { params: config } = result.metric_value_location.metric;
    return {
      type: typeOf(config.type),
      params: config,
      value: valueOf(result),
      failed: failures(result.tests ?? []).get(id),
    };
  });
}

/** A dump holds counts and shares as results of their own. */
function valueOf(result: Record<string, unknown>): unknown {
  if (result.value !== undefined) {
    return result.value;
  }
  const inner = z.looseObject({ value: z.unknown() });
  const part = (name: string) => inner.safeParse(result[name]).data?.value;
  return { count: part('count'), share: part('share') };
}

function failures(tests: Array<z.infer<typeof test>>): Map<string, boolean> {
  return new Map(
    tests
      .filter(({ id }) => id === 'drift')
      .map(({ metric_config: metric, status }) => [
        metric.metric_id,
        status === 'FAIL',
      ]),
  );
}

function typeOf(type: string): string {
  return type.startsWith(PREFIX) ? type.slice(PREFIX.length) : type;
}

function withWindow(
  metrics: EvidentlyMetric[],
  path: string | null,
  metadata: Record<string, unknown> | null,
): EvidentlyReport {
  const said = ['window', 'period', 'date', 'day', 'month'].flatMap(key => {
    const value = metadata?.[key];
    return typeof value === 'string' ? windowOfPath(value) ?? [] : [];
  });
  if (said.length > 0) {
    return { window: said[0], windowFrom: 'document', metrics };
  }
  const window = windowOfPath(path);
  return { window, windowFrom: window && 'path', metrics };
}
