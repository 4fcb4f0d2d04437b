/** Where a model is trained and served besides the own machine. */
export const TARGETS = [
  'sagemaker',
  'azureml',
  'databricks',
  'kubernetes',
] as const;

/** What each question about a repository's surroundings can be answered with; the first is the default. */
export const OPTIONS = {
  orchestration: ['none', 'airflow'],
  features: ['none', 'feast', 'dbt'],
  stream: ['none', 'kafka'],
  search: ['none', 'optuna'],
  ci: ['github', 'gitlab'],
  rollout: ['direct', 'canary', 'shadow', 'ab'],
} as const;

/** Options whose packages have an environment, and so a job of CI, of their own. */
const APART = ['airflow', 'feast', 'dbt'];

/** What the rows of a synthetic sample are, where its columns are those of a person's. */
function sampleOf(task: unknown): string {
  if (task === 'forecasting') {
    return 'series';
  }
  return task === 'ranking' ? 'queries' : 'rows';
}

/** What of the values decides on layers. */
interface Chosen {
  kind: unknown;
  task: unknown;
  /** Of a person's sample, where there are any. */
  columns?: unknown;
  framework: unknown;
  targets: readonly string[];
  terraform: boolean;
  orchestration: string;
  features: string;
  stream: string;
  search: string;
  ci: string;
  rollout: string;
}

/**
 * The layers of a repository in the order in which they are laid over each other, as folders below `skeleton`. What was
 * not chosen has no layer, so that it leaves no file.
 */
export function layersFor(chosen: Chosen): string[] {
  const { orchestration, features, stream, search, ci, rollout } = chosen;
  const options = { orchestration, features, stream, search };
  return [
    'base',
    `kind/${chosen.kind}`,
    ...(chosen.columns
      ? ['columns', `sample/${sampleOf(chosen.task)}`]
      : [`task/${chosen.task}`]),
    ...(chosen.task === 'forecasting' ? ['history'] : []),
    `framework/${chosen.framework}`,
    `ci/${ci}`,
    ...chosen.targets.flatMap(target => [
      `target/${target}`,
      ...(ci === 'github' ? [`ci/github-${target}`] : []),
      ...(chosen.terraform ? [`terraform/${target}`] : []),
    ]),
    ...Object.entries(options).flatMap(([option, value]) =>
      value === 'none' ? [] : [`${option}/${value}`],
    ),
    ...(ci === 'github'
      ? APART.filter(each => [orchestration, features].includes(each)).map(
          each => `ci/github-${each}`,
        )
      : []),
    ...(rollout === 'direct' ? [] : ['rollout/challenger']),
  ];
}
