import { z } from 'zod';

const query = z.string().min(1).max(5_000);

/** Of the metrics that a generated repository exposes, whose scrape job is named after the model. */
const DEFAULTS = {
  requests: 'sum(increase(model_seconds_count{job="$model"}[$step]))',
  predictions: 'sum(increase(model_rows_total{job="$model"}[$step]))',
  errors: 'sum(increase(model_errors_total{job="$model"}[$step]))',
  latency:
    'histogram_quantile($quantile, sum by (le) (rate(model_seconds_bucket{job="$model"}[$step])))',
  scores:
    'histogram_quantile($quantile, sum by (le) (rate(model_score_bucket{job="$model"}[$step])))',
};

/** What `modelport.monitoring.serving` is read by. */
export const servingSchema = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }),
    token: z.string().min(1).optional(),
    queries: z
      .strictObject({
        requests: query.default(DEFAULTS.requests),
        predictions: query.default(DEFAULTS.predictions),
        errors: query.default(DEFAULTS.errors),
        latency: query.default(DEFAULTS.latency),
        scores: query.default(DEFAULTS.scores),
      })
      .prefault({}),
    objectives: z
      .strictObject({
        availability: z.number().gt(0).lt(1).optional(),
        latency: z
          .strictObject({
            target: z.number().gt(0).lt(1),
            seconds: z.number().positive(),
            fast: query.default(
              'sum(increase(model_seconds_bucket{job="$model",le="$seconds"}[$step]))',
            ),
          })
          .optional(),
      })
      .prefault({}),
    price: z
      .strictObject({
        currency: z.string().min(1).max(10),
        perHour: z.number().positive().optional(),
        query: query.optional(),
      })
      .refine(
        one => (one.perHour === undefined) !== (one.query === undefined),
        {
          message: 'expected either perHour or query',
        },
      )
      .optional(),
  })
  .optional();

/** Where telemetry of serving is, and how it is asked for. */
export type ServingConfig = NonNullable<z.output<typeof servingSchema>>;
