import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { VISIBILITIES } from '../repository/repositoryHosts';
import {
  checkFeatures,
  columnName,
  columnsSchema,
  featuresOf,
} from './columns';
import { OPTIONS, TARGETS } from './options';
import { FRAMEWORKS, Task, TASK_FACTS, TASKS } from './tasks';

const MOST_TEXT = 2_000;
const MOST_COLUMNS = 20;
const MOST_PERSONAL = 100;
/** The column of the ids that a repository makes of series and queries, where a sample has none. */
const MADE_ID = 'row_id';

const text = z.string().max(MOST_TEXT);
const part = z
  .string()
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9_.:/-]{0,120}[A-Za-z0-9])?$/,
    'expected a name of the catalog',
  );

/** A host with its port, and an organisation, account or group with the groups above it. */
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::\d{1,5})?$/;
const OWNER = /^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/;
const PROJECT = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_ .-]{0,62}[\p{L}\p{N}_-])?$/u;

const repository = z.strictObject({
  host: z.string().regex(HOST, 'expected a host such as github.com'),
  owner: z
    .string()
    .max(255)
    .regex(OWNER, 'expected an organisation, account or group of the host')
    .optional(),
  project: z
    .string()
    .regex(PROJECT, 'expected a project of the organisation')
    .optional(),
  visibility: z.enum(VISIBILITIES).optional(),
});

const gate = z.strictObject({
  metric: z.string(),
  rule: z.enum(['at_least', 'at_most']),
  value: z.number(),
});

/** What the form of "New ML model" gives; everything but the first four has a default. */
const answersSchema = z.strictObject({
  name: z.string('expected a name, such as credit-risk'),
  owner: z.string('expected a group, such as group:default/risk-analytics'),
  task: z.enum(TASKS),
  framework: z.enum(FRAMEWORKS),
  description: text.optional(),
  purpose: text.optional(),
  system: part.optional(),
  domain: part.optional(),
  dataset: z.string().optional(),
  riskTier: z.enum(['low', 'medium', 'high']).default('medium'),
  dataClassification: z
    .enum(['public', 'internal', 'confidential', 'personal'])
    .default('internal'),
  label: columnName.optional(),
  id: columnName.optional(),
  time: columnName.optional(),
  series: columnName.optional(),
  query: columnName.optional(),
  horizon: z.number().int().min(1).max(365).default(7),
  protected: z.array(columnName).max(MOST_COLUMNS).optional(),
  personal: z.array(columnName).max(MOST_PERSONAL).optional(),
  columns: columnsSchema.optional(),
  costs: z
    .strictObject({
      falsePositive: z.number().positive(),
      falseNegative: z.number().positive(),
    })
    .default({ falsePositive: 1, falseNegative: 5 }),
  threshold: z.number().min(0).max(1).default(0.5),
  referBand: z
    .strictObject({
      lower: z.number().min(0).max(1),
      upper: z.number().min(0).max(1),
    })
    .optional(),
  gates: z.array(gate).max(50).optional(),
  targets: z.array(z.enum(TARGETS)).max(TARGETS.length).default([]),
  terraform: z.boolean().default(false),
  orchestration: z.enum(OPTIONS.orchestration).default('none'),
  features: z.enum(OPTIONS.features).default('none'),
  stream: z.enum(OPTIONS.stream).default('none'),
  search: z.enum(OPTIONS.search).default('none'),
  ci: z.enum(OPTIONS.ci).default('github'),
  rollout: z.enum(OPTIONS.rollout).default('direct'),
  approvers: z.array(z.string()).max(20).default([]),
  repository: repository.optional(),
});

/** Answers that are what they should be. */
export type Answers = z.output<typeof answersSchema>;

/**
 * Reads what a person or a script answered. Empty texts and objects count as not answered, as forms send them.
 *
 * @throws `InputError` that names every answer that is wrong and what was expected.
 */
export function readAnswers(given: Record<string, unknown>): Answers {
  const answered = Object.fromEntries(
    Object.entries(given).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        value !== '' &&
        JSON.stringify(value) !== '{}',
    ),
  );
  const result = answersSchema.safeParse(answered);
  if (!result.success) {
    throw new InputError(
      `The answers can't be taken. ${result.error.issues
        .map(
          ({ path, message }) => `${path.join('.') || 'answers'}: ${message}`,
        )
        .join('. ')}`,
    );
  }
  const answers = result.data;
  checkColumns(answers);
  checkGates(answers);
  if (answers.referBand && answers.referBand.lower >= answers.referBand.upper) {
    throw new InputError('referBand: lower has to be below upper');
  }
  const targets = TARGETS.filter(target => answers.targets.includes(target));
  return {
    ...answers,
    targets,
    // it describes the targets, so without any there is nothing to describe
    terraform: answers.terraform && targets.length > 0,
    owner: peopleRef(answers.owner, 'owner'),
    ...(answers.system && { system: systemName(answers.system) }),
    ...(answers.dataset && {
      dataset: entityRef(answers.dataset, 'dataset', 'Resource'),
    }),
    approvers: answers.approvers.map(each => peopleRef(each, 'approvers')),
  };
}

/**
 * Reads the answers out of values that `templateValues` made of them, as a repository records them.
 *
 * @throws `InputError` as `readAnswers` does.
 */
export function readRecordedAnswers(values: Record<string, unknown>): Answers {
  const known = Object.keys(answersSchema.shape);
  return readAnswers(
    Object.fromEntries(
      Object.entries(values).filter(([key]) => known.includes(key)),
    ),
  );
}

/** The columns of a model that are no features, as they were answered or, without a sample's columns, by the task. */
export function namedColumns({ columns, task, ...answers }: Answers): {
  label: string;
  id: string;
  time: string | null;
  series: string | null;
  query: string | null;
} {
  const facts = TASK_FACTS[task];
  const { label, id, time, series, query } = answers;
  // data that a person gave has a time and a series only where that person said so
  const usual = columns ? { time: null, series: null } : facts;
  return {
    label: label ?? facts.label,
    // made ones stand in a column of their own: the data may well have items that several queries share
    id: id ?? (columns ? MADE_ID : facts.id),
    time: time ?? usual.time,
    // an answer that was given before another task was chosen names nothing
    series: facts.series && (series ?? usual.series),
    query: facts.query && (query ?? facts.query),
  };
}

/** No two columns may be the same, and none may be one of the features that the repository begins with. */
function checkColumns(answers: Answers): void {
  const { columns, task } = answers;
  const facts = TASK_FACTS[task];
  if (columns) {
    checkFeatures(columns, task);
    checkRoles(answers);
  }
  const { label, id, time, series, query } = namedColumns(answers);
  const named = [
    ...[label, id, time, series, query].filter(name => name !== null),
    ...(answers.protected ?? []),
    ...(answers.personal ?? []),
    ...(columns ? featuresOf(columns) : []),
  ];
  // databases and feature stores know no capitals
  const lower = named.map(name => name.toLowerCase());
  const twice = named.find((_, index) => lower.indexOf(lower[index]) !== index);
  if (twice) {
    throw new InputError(
      `The column '${twice}' is named for two things; label, id, time, series, query, protected attributes, personal columns and features have to differ`,
    );
  }
  const taken = columns ? facts.derived.map(({ name }) => name) : facts.columns;
  const feature = named.find(name => taken.includes(name));
  if (feature) {
    throw new InputError(
      columns
        ? `The column '${feature}' is a feature that the repository makes itself; rename it in the data`
        : `The column '${feature}' is a feature of the sample that the repository begins with; name it differently here and rename it in data/schema.py later`,
    );
  }
}

/** The columns of a sample need those of the same data that are no features. */
function checkRoles({ task, features, ...answers }: Answers): void {
  const facts = TASK_FACTS[task];
  // the steps of series and the items of queries have ids of these where the data have none
  const needsId = !canMakeId(task);
  const needed = [
    'label' as const,
    ...(needsId ? ['id' as const] : []),
    ...(facts.series ? ['time' as const] : []),
    ...(facts.query ? ['query' as const] : []),
  ];
  if (needed.some(name => answers[name] === undefined)) {
    throw new InputError(
      `columns: name the ${needed.join(
        ' and the ',
      )} too, as columns of the same data`,
    );
  }
  if (answers.id === undefined && features === 'dbt') {
    throw new InputError(
      'columns: a transformation with dbt needs rows with an id; name its column, or take another answer to features',
    );
  }
}

/** Whether the repository of a task can make the id of a row that has none. */
function canMakeId(task: Task): boolean {
  const { series, query } = TASK_FACTS[task];
  return series !== null || query !== null;
}

function checkGates({ gates, task }: Answers): void {
  const { metrics } = TASK_FACTS[task];
  const unknown = gates?.find(({ metric }) => !metrics.includes(metric));
  if (unknown) {
    throw new InputError(
      `The gate on '${unknown.metric.slice(
        0,
        60,
      )}' can't be judged: the training of a ${task} model logs ${metrics.join(
        ', ',
      )}`,
    );
  }
}

/** A group or a person: who else can answer for something? */
function peopleRef(given: string, what: string): string {
  const ref = entityRef(given, what, 'Group');
  if (!/^(?:group|user):/.test(ref)) {
    throw new InputError(`${what}: expected a group or a person, not ${ref}`);
  }
  return ref;
}

/** A system by its name, as files of the catalog name one of the usual namespace; else by its whole ref. */
function systemName(given: string): string {
  const ref = entityRef(given, 'system', 'System');
  if (!ref.startsWith('system:')) {
    throw new InputError(`system: expected a system, not ${ref}`);
  }
  return ref.replace(/^system:default\//, '');
}

function entityRef(ref: string, what: string, defaultKind: string): string {
  try {
    const parsed = parseEntityRef(ref, {
      defaultKind,
      defaultNamespace: 'default',
    });
    const whole = stringifyEntityRef(parsed);
    if (/^[a-z]+:[a-z0-9_.-]{1,63}\/[a-z0-9_.-]{1,63}$/.test(whole)) {
      return whole;
    }
  } catch {
    // Said below.
  }
  throw new InputError(
    `${what}: expected an entity of the catalog such as group:default/risk-analytics`,
  );
}
