import { OPTIONS, TARGETS } from '../model/options';
import { FRAMEWORKS, Task, TASKS } from '../model/tasks';
import { pairwise } from './pairwise';

/** Where a question has no list of answers, the ones that differ most. */
const SPACE = {
  task: TASKS,
  framework: FRAMEWORKS,
  // the shortest and the longest name that a model can have, since lines are as long as names
  name: ['m', 'customer-lifetime-value-of-new-accounts1'],
  ...Object.fromEntries(TARGETS.map(target => [target, [false, true]])),
  terraform: [false, true],
  ...OPTIONS,
  riskTier: ['low', 'high'],
  dataClassification: ['internal', 'personal'],
  columns: ['the usual ones', 'named', 'of a sample'],
  costs: [undefined, { falsePositive: 2.5, falseNegative: 40 }],
  referBand: [undefined, { lower: 0.3, upper: 0.7 }],
  approvers: [[], ['group:default/model-risk']],
  gates: ['the usual ones', 'own'],
  place: [
    {},
    { system: 'lending', domain: 'credit', dataset: 'resource:default/loans' },
  ],
};

const COLUMNS = {
  label: 'outcome',
  id: 'case_number',
  time: 'seen_at',
  series: 'shop',
  query: 'search',
  protected: ['sex', 'age_group'],
  personal: ['surname', 'e_mail_address_of_the_person_who_asked_for_it'],
};

/** As a sample of the data has them, with all that a category may hold. */
export function sampleColumns(task: Task): Record<string, unknown> {
  return {
    numeric: [
      { name: 'income', low: 0, high: 100_000 },
      { name: 'class', low: -10, high: 0 },
      { name: 'has_car', low: 0, high: 1 },
    ],
    categorical: [
      { name: 'age_band', categories: ['<18', '[18, 25)', '25+', 'no', '07'] },
      { name: 'region', categories: ["O'Higgins", '"Süd"', '$x `y`', '🙂'] },
    ],
    ...(task === 'regression' && { label: { low: 0, high: 1_000_000 } }),
    ...(task === 'forecasting' && { label: { low: -10, high: 1_000 } }),
    ...(task === 'ranking' && { label: { low: 0, high: 4 } }),
    ...(task === 'multiclass' && { classes: ['yes', '2', 'a: b', '"'] }),
    ...(task === 'matching' && { classes: ['no', 'yes'] }),
  };
}

const METRICS: Record<string, string> = {
  binary: 'test_pr_auc',
  matching: 'test_brier',
  multiclass: 'test_accuracy',
  regression: 'test_mae',
  forecasting: 'test_mae',
  ranking: 'test_mrr',
};

function columnsOf(columns: unknown, task: Task | undefined) {
  return columns === 'of a sample' && task
    ? { columns: sampleColumns(task) }
    : {};
}

/** Answers in which any two answers of any two questions meet at least once. */
export const COMBINATIONS: ReadonlyArray<Record<string, unknown>> = pairwise(
  SPACE,
).map(({ columns, gates, place, task, ...combination }) => ({
  task,
  owner: 'group:default/risk-analytics',
  ...Object.fromEntries(
    Object.entries(combination).filter(
      ([field]) => !TARGETS.some(target => target === field),
    ),
  ),
  targets: TARGETS.filter(target => combination[target]),
  ...(columns === 'the usual ones' ? {} : COLUMNS),
  ...columnsOf(
    columns,
    TASKS.find(each => each === task),
  ),
  ...(gates === 'own' && {
    gates: [
      {
        metric: METRICS[String(task)],
        rule: 'at_least',
        value: 0.01,
      },
    ],
  }),
  ...Object(place),
}));
