import { access, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ANSWERS_FILE } from '../templates';

const MOST_BYTES = 1024 * 1024;

/** Something in a repository that does not follow the standard. */
export interface Finding {
  check: string;
  file: string;
  message: string;
  fix: string;
}

type Check = {
  name: string;
  file: string;
  fix: string;
  /** What is wrong; undefined where it holds. */
  problem(folder: string): Promise<string | undefined>;
};

const modelport = z.looseObject({
  name: z.string(),
  owner: z.string(),
  task: z.string(),
  riskTier: z.enum(['low', 'medium', 'high']),
});
const entity = z.looseObject({
  kind: z.literal('Resource'),
  metadata: z.looseObject({
    annotations: z.looseObject({
      'modelport.io/source': z.string(),
      'modelport.io/name': z.string(),
    }),
  }),
  spec: z.looseObject({ type: z.string(), owner: z.string() }),
});
const gates = z.looseObject({
  gates: z.array(z.looseObject({ metric: z.string() })).min(1),
});

const CHECKS: readonly Check[] = [
  yaml(
    'model',
    'modelport.yaml',
    modelport,
    'Write name, owner, task and riskTier of the model into it',
  ),
  yaml(
    'entity',
    'catalog-info.yaml',
    entity,
    'Describe the model as a Resource with the annotations modelport.io/source and modelport.io/name',
  ),
  yaml(
    'gates',
    'conf/gates.yaml',
    gates,
    'Say in it which metric a version has to reach',
  ),
  present('dependencies', 'pyproject.toml', 'Declare the dependencies, for uv'),
  present('lock', 'uv.lock', 'Run uv lock and commit what it writes'),
  card(),
  present(
    'runbook',
    'docs/runbook.md',
    'Say what to do when the service or the data fail',
  ),
  present(
    'rollback',
    'docs/rollback.md',
    'Say how the version before comes back',
  ),
  present(
    'reason codes',
    'conf/reason-codes.yaml',
    'Put what people are told of each feature into it',
  ),
  present(
    'monitoring',
    'conf/monitoring.yaml',
    'Say what is watched, and from where on it is an alert',
  ),
  tests(),
  workflow(),
  present(
    'container',
    'Dockerfile',
    'Describe how the service is built, as a user that is not root',
  ),
  present(
    'template',
    ANSWERS_FILE,
    'Only repositories from a template have it; without it there are no updates',
  ),
];

/** Checks a folder by reading files; nothing of it is run. */
export async function checkRepository(
  folder: string,
): Promise<{ findings: Finding[]; checks: number }> {
  const findings: Finding[] = [];
  for (const { name, file, fix, problem } of CHECKS) {
    const message = await problem(folder);
    if (message !== undefined) {
      findings.push({ check: name, file, message, fix });
    }
  }
  return { findings, checks: CHECKS.length };
}

function present(name: string, file: string, fix: string): Check {
  return {
    name,
    file,
    fix,
    async problem(folder) {
      const found = await access(join(folder, file)).then(
        () => true,
        () => false,
      );
      return found ? undefined : 'is missing';
    },
  };
}

function yaml(
  name: string,
  file: string,
  schema: z.ZodType,
  fix: string,
): Check {
  return {
    name,
    file,
    fix,
    async problem(folder) {
      const text = await read(join(folder, file));
      if (text === undefined) {
        return 'is missing';
      }
      let content: unknown;
      try {
        content = parse(text, { maxAliasCount: 100 });
      } catch {
        return 'is no YAML';
      }
      const result = schema.safeParse(content);
      const [issue] = result.error?.issues ?? [];
      return issue && `${issue.path.join('.') || 'it'}: ${issue.message}`;
    },
  };
}

function card(): Check {
  return {
    name: 'card',
    file: 'docs/model-card.md',
    fix: 'Say what the model is not for, where it fails and who watches it, under headings of their own',
    async problem(folder) {
      const text =
        (await read(join(folder, 'docs/model-card.md'))) ??
        (await read(join(folder, 'MODEL_CARD.md')));
      if (text === undefined) {
        return 'is missing';
      }
      const missing = [
        'Out-of-Scope Use',
        'Limitations',
        'Human Oversight',
      ].filter(heading => !new RegExp(`^#+ .*${heading}`, 'im').test(text));
      return missing.length > 0
        ? `has no section on ${missing.join(', ')}`
        : undefined;
    },
  };
}

function tests(): Check {
  return {
    name: 'tests',
    file: 'tests',
    fix: 'Add tests of data, golden cases, behaviour, calibration, fairness and the service',
    async problem(folder) {
      const files = await readdir(join(folder, 'tests')).catch(() => []);
      const found = files.filter(file => /^test_.*\.py$/.test(file));
      return found.length < 3
        ? `has ${found.length} files with tests`
        : undefined;
    },
  };
}

function workflow(): Check {
  return {
    name: 'workflows',
    file: '.github/workflows',
    fix: 'Test every change, and train by a workflow',
    async problem(folder) {
      const folders = [
        '.github/workflows',
        '.gitlab-ci.yml',
        'azure-pipelines.yml',
      ];
      const found = await Promise.all(
        folders.map(path =>
          stat(join(folder, path)).then(
            () => true,
            () => false,
          ),
        ),
      );
      return found.includes(true) ? undefined : 'there is no CI';
    },
  };
}

async function read(file: string): Promise<string | undefined> {
  const about = await stat(file).catch(() => undefined);
  return about?.isFile() && about.size <= MOST_BYTES
    ? readFile(file, 'utf8')
    : undefined;
}
