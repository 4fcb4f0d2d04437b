import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVenv } from '../stack/ensureVenv.ts';
import { ROOT, temporaryFolder } from '../stack/paths.ts';
import { runProcess } from '../stack/startProcess.ts';
import { checkLocks, checkTypes } from './checkPackages.ts';
import { checkPublishedSchemas } from './publishedSchemas.ts';
import { ensureGoTool, goModule, hasGo, KSERVE } from '../stack/goTools.ts';

const PLUGIN = join(ROOT, 'plugins/scaffolder-backend-module-modelport');
const DEADLINE_MS = 900_000;
/** Of manifests that overlays complete with namespace and image, and of a workflow's input that is a file's name. */
const COMPLETED_ELSEWHERE = [
  'CKV_K8S_14',
  'CKV_K8S_21',
  'CKV_K8S_43',
  'CKV_GHA_7',
];

/** What a check looks at, and how it is done; `go` where its tool is built with Go. */
interface Check {
  name: string;
  go?: boolean;
  run(): Promise<void>;
}

/** Renders every combination of answers, and gives the folders of the repositories. */
export async function renderCombinations(): Promise<string[]> {
  const folder = temporaryFolder('combinations');
  await runProcess({
    name: 'template-pairwise',
    command: 'yarn',
    args: ['render:pairwise', folder],
    cwd: PLUGIN,
    deadlineMs: 120_000,
  });
  return readdirSync(folder)
    .sort()
    .map(each => join(folder, each));
}

/**
 * Reads rendered repositories with the checkers of what they hold.
 *
 * @param report - told of each check when it is done; its words where it found something
 */
export async function checkStatically(
  repositories: string[],
  kinds: 'cheap' | 'all',
  report: (check: string, begun: number, problem: string | undefined) => void,
): Promise<void> {
  const checks = kinds === 'all' ? [...cheap, ...thorough] : cheap;
  for (const { name, go, run } of checks.map(make => make(repositories))) {
    const begun = Date.now();
    const problem =
      go && !hasGo()
        ? 'there is no Go to build it with'
        : await run().then(() => undefined, String);
    report(`${name} of ${repositories.length} repositories`, begun, problem);
  }
}

/** Runs a program in a shell, in each of the repositories: some look at files that are there in some only. */
async function inEach(
  repositories: string[],
  script: string,
  env: Record<string, string>,
): Promise<void> {
  await runProcess({
    name: 'template-check',
    command: 'bash',
    args: [
      '-euo',
      'pipefail',
      '-c',
      `shopt -s nullglob globstar dotglob; for folder in "$@"; do cd "$folder"; ${script}; done`,
      'check',
      ...repositories,
    ],
    env,
    deadlineMs: DEADLINE_MS,
  });
}

type Make = (repositories: string[]) => Check;

const cheap: Make[] = [
  repositories => ({
    name: 'ruff',
    async run() {
      const { bin } = await ensureVenv('checks');
      await inEach(
        repositories,
        '"$RUFF" check --no-cache . && "$RUFF" format --no-cache --check .',
        { RUFF: join(bin, 'ruff') },
      );
    },
  }),
  repositories => ({
    name: 'hadolint',
    async run() {
      const { bin } = await ensureVenv('checks');
      await inEach(repositories, '"$HADOLINT" **/Dockerfile', {
        HADOLINT: join(bin, 'hadolint'),
      });
    },
  }),
  repositories => ({
    name: 'shellcheck',
    async run() {
      const { bin } = await ensureVenv('checks');
      await inEach(
        repositories,
        'for script in **/*.sh; do "$SHELLCHECK" "$script"; done',
        { SHELLCHECK: join(bin, 'shellcheck') },
      );
    },
  }),
];

const thorough: Make[] = [
  repositories => ({
    name: 'uv lock --check',
    run: () => checkLocks(repositories),
  }),
  repositories => ({
    name: 'types',
    run: () => checkTypes(repositories),
  }),
  repositories => ({
    name: 'actionlint',
    go: true,
    async run() {
      const { bin } = await ensureVenv('checks');
      await inEach(
        repositories,
        'for workflow in .github/workflows/*.yml; do "$ACTIONLINT" "$workflow"; done',
        {
          ACTIONLINT: await ensureGoTool('actionlint'),
          PATH: `${bin}:${process.env.PATH}`,
        },
      );
    },
  }),
  repositories => ({
    name: 'tofu fmt',
    go: true,
    async run() {
      await inEach(repositories, '"$TOFU" fmt -check -recursive -diff .', {
        TOFU: await ensureGoTool('tofu'),
      });
    },
  }),
  repositories => ({
    name: 'kubeconform',
    go: true,
    async run() {
      const { python } = await ensureVenv('checks');
      const schemas = temporaryFolder('schemas');
      await runProcess({
        name: 'template-schemas',
        command: python,
        args: [
          join(import.meta.dirname, 'schemas.py'),
          schemas,
          await goModule(KSERVE),
        ],
        deadlineMs: 60_000,
      });
      await inEach(
        repositories,
        'if [ -d targets/kubernetes ]; then "$KUBECONFORM" -strict -schema-location "$SCHEMAS" -ignore-filename-pattern kustomization targets/kubernetes; fi',
        {
          KUBECONFORM: await ensureGoTool('kubeconform'),
          SCHEMAS: `${schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`,
        },
      );
    },
  }),
  repositories => ({
    name: 'checkov',
    async run() {
      const { bin } = await ensureVenv('checkov');
      await inEach(
        repositories,
        '"$CHECKOV" --directory . --compact --quiet --skip-download --skip-check "$SKIP" --framework terraform kubernetes dockerfile github_actions gitlab_ci secrets',
        {
          CHECKOV: join(bin, 'checkov'),
          SKIP: COMPLETED_ELSEWHERE.join(','),
          PATH: `${bin}:${process.env.PATH}`,
        },
      );
    },
  }),
  repositories => ({
    name: 'shapes of SageMaker and Databricks',
    async run() {
      const { python } = await ensureVenv('clouds');
      await runProcess({
        name: 'template-clouds',
        command: python,
        args: [join(import.meta.dirname, 'clouds.py'), ...repositories],
        deadlineMs: DEADLINE_MS,
      });
    },
  }),
  repositories => ({
    name: 'published schemas of SageMaker and Databricks',
    run: () => checkPublishedSchemas(repositories),
  }),
];
