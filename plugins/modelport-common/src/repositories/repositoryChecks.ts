import { z } from 'zod';
import { RepositoryFiles } from './checkRepository';
import { MOST_CHECKED_BYTES } from './checkedFiles';
import { TEMPLATE_RECORD } from './templateVersion';
import { yamlDocuments } from './yamlDocuments';

/** One thing that the standard of ML repositories asks for. */
export interface RepositoryCheck {
  name: string;
  file: string;
  fix: string;
  /** What is wrong; undefined where it holds. */
  problem(files: RepositoryFiles): string | undefined;
}

const MISSING = 'is missing';
const SECTIONS = ['Out-of-Scope Use', 'Limitations', 'Human Oversight'];
const LEAST_TESTS = 3;

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

/** In the order in which people read them. */
export const REPOSITORY_CHECKS: readonly RepositoryCheck[] = [
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
  workflows(),
  present(
    'container',
    'Dockerfile',
    'Describe how the service is built, as a user that is not root',
  ),
  present(
    'template',
    TEMPLATE_RECORD,
    'Only repositories from a template have it; without it there are no updates',
  ),
];

function present(name: string, file: string, fix: string): RepositoryCheck {
  return {
    ...{ name, file, fix },
    problem: files => (files.has(file) ? undefined : MISSING),
  };
}

function yaml(
  name: string,
  file: string,
  schema: z.ZodType,
  fix: string,
): RepositoryCheck {
  return {
    ...{ name, file, fix },
    problem(files) {
      const text = files.get(file);
      if (typeof text !== 'string') {
        return unread(text);
      }
      const documents = yamlDocuments(text);
      if (documents === undefined) {
        return 'is no YAML that can be read';
      }
      const results = documents.map(document => schema.safeParse(document));
      const [issue] = results.some(({ success }) => success)
        ? []
        : results[0].error?.issues ?? [];
      return issue && `${issue.path.join('.') || 'it'}: ${issue.message}`;
    },
  };
}

function card(): RepositoryCheck {
  return {
    name: 'card',
    file: 'docs/model-card.md',
    fix: 'Say what the model is not for, where it fails and who watches it, under headings of their own',
    problem(files) {
      const text =
        files.get('docs/model-card.md') ?? files.get('MODEL_CARD.md');
      if (typeof text !== 'string') {
        return unread(text);
      }
      const headings = text.split('\n').filter(line => /^#{1,6} /.test(line));
      const missing = SECTIONS.filter(
        section =>
          !headings.some(line =>
            line.toLowerCase().includes(section.toLowerCase()),
          ),
      );
      return missing.length > 0
        ? `has no section on ${missing.join(', ')}`
        : undefined;
    },
  };
}

function tests(): RepositoryCheck {
  return {
    name: 'tests',
    file: 'tests',
    fix: 'Add tests of data, golden cases, behaviour, calibration, fairness and the service',
    problem(files) {
      const found = [...files.keys()].filter(path => path.startsWith('tests/'));
      return found.length < LEAST_TESTS
        ? `has ${found.length} files with tests`
        : undefined;
    },
  };
}

function workflows(): RepositoryCheck {
  return {
    name: 'workflows',
    file: '.github/workflows',
    fix: 'Test every change, and train by a workflow',
    problem: files =>
      [...files.keys()].some(path =>
        /^(\.github\/workflows\/|\.gitlab-ci\.yml$|azure-pipelines\.yml$)/.test(
          path,
        ),
      )
        ? undefined
        : 'there is no CI',
  };
}

/** Why there is no content: the file is not there, or larger than what is read. */
function unread(content: null | undefined): string {
  return content === undefined
    ? MISSING
    : `is larger than ${MOST_CHECKED_BYTES / 1000} kB, so it is not read`;
}
