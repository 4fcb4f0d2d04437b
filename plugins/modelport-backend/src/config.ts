import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import { normaliseTask } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { AuditConfig, readAuditConfig } from './audit/auditConfig';
import { cardsSchema } from './cards/templatesConfig';
import { EvidenceConfig, readEvidenceConfig } from './evidence/evidenceConfig';
import {
  MonitoringConfig,
  monitoringSchema,
} from './monitoring/alerts/alertsConfig';
import {
  PromotionsConfig,
  promotionsSchema,
} from './promotions/promotionsConfig';
import {
  ExplanationsConfig,
  readExplanationsConfig,
} from './explanations/explanationsConfig';

const strings = (...fallback: string[]) =>
  z.array(z.string()).default(fallback);

const modelsSchema = z
  .object({
    tags: z
      .strictObject({
        owner: strings('owner', 'modelport.owner', 'team'),
        system: strings('system', 'modelport.system'),
        lifecycle: strings('lifecycle', 'modelport.lifecycle'),
        task: strings('task', 'modelport.task'),
        framework: strings('framework', 'modelport.framework'),
        riskTier: strings('risk_tier', 'modelport.risk_tier', 'riskTier'),
        mainMetric: strings('main_metric', 'modelport.main_metric'),
      })
      .prefault({}),
    owners: z
      .array(
        z.strictObject({
          owner: z.string().min(1),
          source: z.string().optional(),
          name: z.string().optional(),
          tag: z.string().optional(),
        }),
      )
      .default([]),
    mainMetrics: z
      .record(
        z.string(),
        z.array(
          z.strictObject({
            key: z.string().min(1),
            direction: z.enum(['higher', 'lower']).optional(),
          }),
        ),
      )
      .default({}),
  })
  .prefault({});

const copySchema = z
  .strictObject({
    source: z.string().min(1).optional(),
    name: z
      .string()
      .refine(name => name.split('{name}').length === 2, {
        message: 'expected a name with {name} in it once, such as prod.{name}',
      })
      .default('{name}'),
    from: z.array(z.string().min(1)).min(1).optional(),
  })
  .refine(copy => copy.source !== undefined || copy.name !== '{name}', {
    message: 'expected another source, or another name such as prod.{name}',
  });

const environmentsSchema = z
  .array(
    z
      .strictObject({
        name: z.string().min(1).max(255),
        alias: z.string().optional(),
        stage: z.string().optional(),
        copy: copySchema.optional(),
      })
      .refine(e => e.alias || e.stage || e.copy, {
        message: 'expected an alias, a stage or a copy',
      })
      .refine(e => !e.stage || !e.copy, {
        message: 'expected a stage or a copy, not both',
      }),
  )
  .refine(list => new Set(list.map(e => e.name)).size === list.length, {
    message: 'expected every name once',
  })
  .default([
    { name: 'staging', alias: 'challenger', stage: 'Staging' },
    { name: 'production', alias: 'champion', stage: 'Production' },
  ]);

/** Settings of models, as read from `modelport.models`. */
export type ModelsConfig = z.infer<typeof modelsSchema>;

/** One environment and what it means at the source. */
export type EnvironmentConfig = z.infer<typeof environmentsSchema>[number];

/** In which model an environment keeps copies of a model's versions. */
export type CopyConfig = z.output<typeof copySchema>;

/** Everything that this plugin reads from config, read once. */
export interface ModelportConfig {
  sync: {
    frequency: HumanDuration;
    timeout: HumanDuration;
    recheck: HumanDuration;
  };
  environments: EnvironmentConfig[];
  models: ModelsConfig;
  /** By what the cards of each risk tier are judged. */
  cards: z.output<typeof cardsSchema>;
  evidence: EvidenceConfig;
  explanations: ExplanationsConfig;
  lineage: {
    /** How long OpenLineage events are kept as they came. */
    keepEvents: HumanDuration;
  };
  entityNamespace: string;
  monitoring: MonitoringConfig;
  promotions: PromotionsConfig;
  audit: AuditConfig;
}

/**
 * Reads the plugin's config.
 *
 * @throws `InputError` with the path of a wrong value and what was expected there.
 */
export function readModelportConfig(config: Config): ModelportConfig {
  const models = parse(
    modelsSchema,
    config.getOptional('modelport.models'),
    'modelport.models',
  );
  return {
    sync: {
      frequency: readDuration(config, 'modelport.sync.frequency', {
        minutes: 1,
      }),
      timeout: readDuration(config, 'modelport.sync.timeout', { minutes: 10 }),
      recheck: readDuration(config, 'modelport.sync.recheck', { hours: 24 }),
    },
    environments: parse(
      environmentsSchema,
      config.getOptional('modelport.environments'),
      'modelport.environments',
    ),
    models: {
      ...models,
      mainMetrics: Object.fromEntries(
        Object.entries(models.mainMetrics).map(([task, metrics]) => [
          normaliseTask(task),
          metrics,
        ]),
      ),
    },
    cards: parse(
      cardsSchema,
      config.getOptional('modelport.cards'),
      'modelport.cards',
    ),
    evidence: readEvidenceConfig(config),
    explanations: readExplanationsConfig(config),
    lineage: {
      keepEvents: readDuration(config, 'modelport.lineage.keepEvents', {
        days: 90,
      }),
    },
    entityNamespace:
      config.getOptionalString('modelport.catalog.namespace') ?? 'default',
    monitoring: parse(
      monitoringSchema,
      config.getOptional('modelport.monitoring'),
      'modelport.monitoring',
    ),
    promotions: parse(
      promotionsSchema,
      config.getOptional('modelport.promotions'),
      'modelport.promotions',
    ),
    audit: readAuditConfig(config),
  };
}

function readDuration(
  config: Config,
  key: string,
  fallback: HumanDuration,
): HumanDuration {
  return config.has(key) ? readDurationFromConfig(config, { key }) : fallback;
}

function parse<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const result = schema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    const where = [path, ...issue.path.map(String)].join('.');
    throw new InputError(`Invalid config at ${where}: ${issue.message}`);
  }
  return result.data;
}
