import { Serving, ServingSeries } from '@modelport/plugin-modelport-common';
import { messageOf } from '../../messageOf';
import { ModelsVisibility } from '../../models/modelsFilter';
import { ModelsService } from '../../models/ModelsService';
import { Prometheus, Sample } from './Prometheus';
import { ServingConfig } from './servingConfig';

const HOUR_MS = 3_600_000;
/** Points of a series. */
const POINTS = 120;
const SHORTEST_STEP_MS = 15_000;

const LATENCY = [0.5, 0.95, 0.99];
const SCORES = [0.1, 0.5, 0.9];

/** Telemetry of what serves models, as Prometheus has it. Nothing of it is kept. */
export class ServingService {
  private readonly prometheus: Prometheus | undefined;

  constructor(
    private readonly options: {
      config: ServingConfig | undefined;
      models: Pick<ModelsService, 'get'>;
      now: () => Date;
    },
  ) {
    const { config } = options;
    this.prometheus =
      config && new Prometheus({ ...config, token: config.token });
  }

  /** @throws `NotFoundError` where there is no such model that the caller may see. */
  async get(of: {
    source: string;
    name: string;
    visibility: ModelsVisibility;
    hours: number;
  }): Promise<Serving> {
    const { config, models, now } = this.options;
    await models.get(of.source, of.name, of.visibility);
    const to = now().getTime();
    const step = stepOf(of.hours * HOUR_MS);
    const end = Math.floor(to / SHORTEST_STEP_MS) * SHORTEST_STEP_MS;
    const range = { from: end - of.hours * HOUR_MS + step, to: end, step };
    const empty: Serving = {
      configured: config !== undefined,
      problem: null,
      from: new Date(end - of.hours * HOUR_MS).toISOString(),
      to: new Date(end).toISOString(),
      series: [],
      objectives: [],
      costPerThousand: null,
      currency: config?.price?.currency ?? null,
    };
    if (!config || !this.prometheus) {
      return empty;
    }
    try {
      return {
        ...empty,
        ...(await this.read(config, this.prometheus, of, range)),
      };
    } catch (error) {
      return { ...empty, problem: messageOf(error) };
    }
  }

  private async read(
    config: ServingConfig,
    prometheus: Prometheus,
    of: { source: string; name: string; hours: number },
    range: { from: number; to: number; step: number },
  ): Promise<Partial<Serving>> {
    const fill = (query: string, more: Record<string, string> = {}) =>
      filled(query, {
        model: of.name,
        source: of.source,
        step: `${range.step / 1_000}s`,
        ...more,
      });
    const ask = async (
      name: string,
      unit: string,
      query: string,
    ): Promise<ServingSeries & { samples: Sample[] }> => {
      const samples = await prometheus.queryRange(query, range);
      return {
        name,
        unit,
        query,
        samples,
        points: samples.map(([time, value]) => ({
          time: new Date(time).toISOString(),
          value,
        })),
      };
    };
    const { queries, objectives, price } = config;
    const quantiles = (
      name: string,
      unit: string,
      query: string,
      shares: number[],
    ) =>
      shares.map(quantile =>
        ask(
          `${name} p${quantile * 100}`,
          unit,
          fill(query, { quantile: String(quantile) }),
        ),
      );
    const [requests, predictions, errors, ...others] = await Promise.all([
      ask('requests', 'requests', fill(queries.requests)),
      ask('predictions', 'rows', fill(queries.predictions)),
      ask('errors', 'requests', fill(queries.errors)),
      ...quantiles('latency', 'seconds', queries.latency, LATENCY),
      ...quantiles('score', 'score', queries.scores, SCORES),
    ]);
    const total = sum(requests.samples);
    const rows = sum(predictions.samples);
    const fast = objectives.latency
      ? await ask(
          'fast',
          'requests',
          fill(objectives.latency.fast, {
            seconds: String(objectives.latency.seconds),
          }),
        )
      : null;
    const cost = price?.query
      ? sum((await ask('cost', price.currency, fill(price.query))).samples)
      : (price?.perHour ?? 0) * of.hours;
    return {
      series: [requests, predictions, errors, ...others]
        .filter(({ points }) => points.length > 0)
        .map(({ samples: _samples, ...series }) => series),
      objectives: [
        ...(objectives.availability
          ? [
              objective(
                'availability',
                objectives.availability,
                total,
                sum(errors.samples),
              ),
            ]
          : []),
        ...(objectives.latency && fast
          ? [
              objective(
                `faster than ${objectives.latency.seconds} s`,
                objectives.latency.target,
                total,
                Math.max(0, total - sum(fast.samples)),
              ),
            ]
          : []),
      ],
      costPerThousand: price && rows > 0 ? (cost / rows) * 1_000 : null,
    };
  }
}

function objective(
  name: string,
  target: number,
  total: number,
  failed: number,
): Serving['objectives'][number] {
  const budget = total * (1 - target);
  return {
    name,
    target,
    achieved: total > 0 ? 1 - failed / total : null,
    budget: total > 0 ? budget : null,
    spent: budget > 0 ? failed / budget : null,
  };
}

function sum(samples: Sample[]): number {
  return samples.reduce((all, [, value]) => all + (value ?? 0), 0);
}

/** The shortest step of whole quarters of a minute that gives no more than the points that are shown. */
function stepOf(range: number): number {
  const steps = Math.ceil(range / POINTS / SHORTEST_STEP_MS);
  return Math.max(1, steps) * SHORTEST_STEP_MS;
}

/** No text of PromQL may hold the other kind of quotes behind a backslash. */
function escaped(letter: string): string {
  if (letter === "'") {
    return '\\x27';
  }
  return letter === '\n' ? '\\n' : `\\${letter}`;
}

/** A query with names filled in; in texts of PromQL, quotes of either kind and backslashes are escaped. */
export function filled(query: string, values: Record<string, string>): string {
  return query.replace(/\$(\w+)/g, (whole, name: string) =>
    values[name] === undefined
      ? whole
      : values[name].replace(/["'\\\n]/g, escaped),
  );
}
