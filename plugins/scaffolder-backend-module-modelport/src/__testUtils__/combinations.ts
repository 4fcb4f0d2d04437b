import { OPTIONS, TARGETS } from '../model/options';
import { FRAMEWORKS, TASKS } from '../model/tasks';
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
  columns: ['the usual ones', 'named'],
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
  protected: ['sex', 'age_group'],
  personal: ['surname', 'e_mail_address_of_the_person_who_asked_for_it'],
};

const METRICS: Record<string, string> = {
  binary: 'test_pr_auc',
  matching: 'test_brier',
  multiclass: 'test_accuracy',
  regression: 'test_mae',
  forecasting: 'test_mae',
  ranking: 'test_mrr',
};

/** Answers in which any two answers of any two questions meet at least once. */
export const COMBINATIONS: ReadonlyArray<Record<string, unknown>> = pairwise(
  SPACE,
).map(({ columns, gates, place, ...combination }) => ({
  owner: 'group:default/risk-analytics',
  ...Object.fromEntries(
    Object.entries(combination).filter(
      ([field]) => !TARGETS.some(target => target === field),
    ),
  ),
  targets: TARGETS.filter(target => combination[target]),
  ...(columns === 'named' ? COLUMNS : {}),
  ...(gates === 'own' && {
    gates: [
      {
        metric: METRICS[String(combination.task)],
        rule: 'at_least',
        value: 0.01,
      },
    ],
  }),
  ...Object(place),
}));
