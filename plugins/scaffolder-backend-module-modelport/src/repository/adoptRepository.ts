import { RepositoryFinding } from '@modelport/plugin-modelport-common';
import { stringify } from 'yaml';
import { RegisteredName } from '../model/registeredName';

/** What is known of a model whose repository is adopted. */
export interface Adopted extends RegisteredName {
  description: string;
  owner: string;
  task: string;
  framework: string;
  riskTier: string;
  source: string;
  system: string | null;
  /** The texts as Markdown shows them. */
  markdown: { title: string; description: string; purpose: string };
}

const WORKFLOW = `name: Modelport
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: astral-sh/setup-uv@20cfd1bf945f4377ade1205e4dbc17946fc9a30d # v10.0.1
        with:
          version: 0.13.8
      - run: uv run pytest --junitxml junit.xml
      # put it among the artefacts of the run that registers a version, and the portal shows it
      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0
        if: always()
        with:
          name: tests
          path: junit.xml
`;

const GITLAB_CI = `default:
  image: ghcr.io/astral-sh/uv:0.13.8-python3.12-bookworm-slim

test:
  timeout: 20m
  script:
    - uv run pytest --junitxml junit.xml
  # put it among the artefacts of the run that registers a version, and the portal shows it
  artifacts:
    when: always
    paths: [junit.xml]
    reports:
      junit: junit.xml
`;

/**
 * The files that a repository lacks to be known to the portal. What is there is left as it is, also where it is wrong:
 * that is for its team to mend.
 *
 * @param host - kind of the git host, as integrations name it; a workflow of its CI is added where that is known, and
 *   one of GitHub's, which Gitea runs too, where the host is not
 */
export function adoptRepository(
  about: Adopted,
  findings: readonly RepositoryFinding[],
  host: string | undefined,
): Map<string, string> {
  const missing = new Set(
    findings
      .filter(({ message }) => message === 'is missing')
      .map(({ check }) => check),
  );
  const files = new Map<string, string>();
  if (missing.has('model')) {
    files.set('modelport.yaml', modelOf(about));
  }
  if (missing.has('entity')) {
    files.set('catalog-info.yaml', entityOf(about));
  }
  if (missing.has('card')) {
    files.set('docs/model-card.md', cardOf(about));
  }
  if (findings.some(({ check }) => check === 'workflows')) {
    if (host === 'gitlab') {
      files.set('.gitlab-ci.yml', GITLAB_CI);
    } else if (host !== 'azure') {
      files.set('.github/workflows/modelport.yml', WORKFLOW);
    }
  }
  return files;
}

function modelOf(about: Adopted): string {
  const { name, description, owner, system, task, framework, riskTier } = about;
  return stringify({
    ...{ name, description, owner, ...(system && { system }) },
    ...{ lifecycle: 'production', task, framework, riskTier },
  });
}

function entityOf(about: Adopted): string {
  const { name, entityName, title, description } = about;
  const { owner, source, system } = about;
  return stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      ...{ name: entityName, title, description },
      annotations: {
        'modelport.io/source': source,
        'modelport.io/name': name,
      },
      tags: ['machine-learning'],
    },
    spec: {
      ...{ type: 'ml-model', owner, lifecycle: 'production' },
      ...(system && { system }),
    },
  });
}

/** What says that more is needed counts as not written: the portal's list of what the card lacks begins from here. */
function cardOf({ owner, markdown }: Adopted): string {
  const asked = [
    'Direct Use',
    'Out-of-Scope Use',
    'Bias, Risks, and Limitations',
    'Training Data',
    'Testing Data, Factors & Metrics',
    'Monitoring',
    'Human Oversight',
  ];
  return `${[
    `# ${markdown.title}`,
    `## Model Description\n\n${markdown.description}`,
    `## Business Purpose\n\n${markdown.purpose}`,
    ...asked.map(heading => `## ${heading}\n\n[More Information Needed]`),
    `## Owners\n\n- ${owner}`,
    `## Model Card Contact\n\n${owner}`,
  ].join('\n\n')}\n`;
}
