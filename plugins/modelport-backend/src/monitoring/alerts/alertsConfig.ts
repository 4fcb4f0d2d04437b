import { z } from 'zod';
import { servingSchema } from '../serving/servingConfig';

const HOUR = 3_600_000;

const id = z
  .string()
  .regex(/^[\w.-]{1,100}$/, 'expected letters, digits, . _ -');
const hours = z
  .number()
  .positive()
  .max(24 * 366);

const engine = z.strictObject({
  id,
  type: z.literal('databricks'),
  host: z.url({ protocol: /^https?$/ }),
  warehouse: z.string().min(1),
  token: z.string().min(1),
});

const rule = z
  .strictObject({
    id,
    category: z.enum(['drift', 'performance', 'data', 'missing']),
    model: z.string().min(1).optional(),
    tool: z.string().min(1).optional(),
    statistic: z.string().min(1).optional(),
    feature: z.string().min(1).optional(),
    threshold: z.number().optional(),
    rise: z.number().positive().optional(),
    windows: z.number().int().min(1).max(1_000).default(1),
    afterHours: hours.optional(),
    actions: z.array(id).default([]),
  })
  .refine(one => one.category !== 'data' || one.actions.length === 0, {
    message: 'expected no actions: bad data must not start anything',
  });

const common = { id, coolDownHours: hours.default(24) };
const url = z.string().url();
const secret = z.string().min(1);

const action = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('webhook'),
    url,
    secret: z.string().min(16, 'expected at least 16 characters'),
  }),
  z.strictObject({
    ...common,
    type: z.literal('github'),
    apiBaseUrl: url.default('https://api.github.com'),
    repository: z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'expected owner/name'),
    workflow: z.string().min(1),
    ref: z.string().min(1).default('main'),
    token: secret,
  }),
  z.strictObject({
    ...common,
    type: z.literal('gitlab'),
    apiBaseUrl: url.default('https://gitlab.com/api/v4'),
    project: z.string().min(1),
    ref: z.string().min(1).default('main'),
    token: secret,
    readToken: secret.optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('airflow'),
    url,
    dag: z.string().min(1),
    apiVersion: z.enum(['v1', 'v2']).default('v2'),
    token: secret.optional(),
    username: z.string().optional(),
    password: secret.optional(),
  }),
]);

/** Holds for a model that no rule on missing reports is for. */
export const MISSING_RULE = rule.parse({ id: 'missing', category: 'missing' });

/** Rules of one model. */
export const rulesSchema = z
  .array(rule)
  .max(100)
  .refine(list => new Set(list.map(one => one.id)).size === list.length, {
    message: 'expected every id once',
  });

/** What `modelport.monitoring` is read by. */
export const monitoringSchema = z
  .strictObject({
    folders: z.array(z.string().min(1)).default([]),
    maxBytes: z
      .number()
      .int()
      .positive()
      .default(1024 ** 3),
    serving: servingSchema,
    keepCountsDays: z.number().min(1).max(3_660).default(180),
    publishSeconds: z.number().min(0).max(86_400).default(300),
    engines: z
      .array(engine)
      .refine(list => new Set(list.map(one => one.id)).size === list.length, {
        message: 'expected every id once',
      })
      .default([]),
    alerts: z
      .strictObject({
        rules: z.array(rule).default([
          { id: 'drift', category: 'drift', windows: 2, actions: [] },
          {
            id: 'performance',
            category: 'performance',
            windows: 1,
            actions: [],
          },
          { id: 'data', category: 'data', windows: 1, actions: [] },
        ]),
        actions: z.array(action).default([]),
        missing: z.boolean().default(true),
        outsideIsDriftUpTo: z.number().min(0).max(1).default(0.5),
      })
      .prefault({})
      .superRefine(({ rules, actions }, context) => {
        const known = new Set(actions.map(one => one.id));
        rules.forEach((one, place) =>
          one.actions
            .filter(name => !known.has(name))
            .forEach(name =>
              context.addIssue({
                code: 'custom',
                path: ['rules', place, 'actions'],
                message: `expected the id of an action, got ${name}`,
              }),
            ),
        );
        for (const list of [rules, actions]) {
          if (new Set(list.map(one => one.id)).size < list.length) {
            context.addIssue({
              code: 'custom',
              message: 'expected every id once',
            });
          }
        }
      }),
  })
  .prefault({});

/** Settings of monitoring. */
export type MonitoringConfig = z.output<typeof monitoringSchema>;
/** When an alert is opened. */
export type AlertRule = MonitoringConfig['alerts']['rules'][number];
/** What an alert may start. */
export type AlertActionConfig = MonitoringConfig['alerts']['actions'][number];

/** Hours in milliseconds. */
export function milliseconds(inHours: number): number {
  return inHours * HOUR;
}
