import { checkedAs } from './checkedFiles';
import { checkRepository, RepositoryFiles } from './checkRepository';
import { readTemplateRecord } from './readTemplateRecord';
import { isOlderTemplate } from './templateVersion';

const MODEL = 'name: a\nowner: b\ntask: binary\nriskTier: low\n';
const ENTITY = [
  'apiVersion: backstage.io/v1alpha1',
  'kind: Resource',
  'metadata:',
  '  name: a',
  '  annotations: {modelport.io/source: s, modelport.io/name: a}',
  'spec: {type: ml-model, owner: b}',
  '',
].join('\n');
const CARD =
  '# A\n\n## Out-of-Scope Use\n\n## Bias, Risks, and Limitations\n\n## Human oversight\n';

const GOOD: Array<[string, string | null]> = [
  ['modelport.yaml', MODEL],
  ['catalog-info.yaml', ENTITY],
  ['conf/gates.yaml', 'gates: [{metric: auc}]'],
  ['docs/model-card.md', CARD],
  ['.modelport/answers.yaml', 'template: t\nversion: 1.0.0\n'],
  ['.github/workflows/test.yml', null],
  ...[
    'pyproject.toml uv.lock docs/runbook.md docs/rollback.md conf/reason-codes.yaml conf/monitoring.yaml Dockerfile',
    'tests/test_a.py tests/test_b.py tests/test_c.py',
  ].flatMap(line =>
    line.split(' ').map((path): [string, null] => [path, null]),
  ),
];

function findingsWith(changed: Record<string, string | null | undefined>) {
  const files = new Map<string, string | null>(GOOD);
  for (const [path, content] of Object.entries(changed)) {
    if (content === undefined) {
      files.delete(path);
    } else {
      files.set(path, content);
    }
  }
  return checkRepository(files).findings.map(
    ({ file, message }) => `${file}: ${message}`,
  );
}

describe('checkRepository', () => {
  it('finds nothing where all is there, and everything where nothing is', () => {
    expect(findingsWith({})).toEqual([]);
    const empty = checkRepository(new Map());
    expect(empty.findings).toHaveLength(empty.checks);
  });

  it.each<[string, Record<string, string | null | undefined>, RegExp]>([
    [
      'a file that is not there',
      { 'uv.lock': undefined },
      /^uv.lock: is missing/,
    ],
    [
      'a wrong value',
      { 'modelport.yaml': MODEL.replace('low', 'huge') },
      /riskTier/,
    ],
    [
      'another kind',
      { 'catalog-info.yaml': ENTITY.replace('Resource', 'API') },
      /^catalog-info.yaml: kind/,
    ],
    ['no YAML', { 'conf/gates.yaml': ': : [' }, /is no YAML/],
    ['an empty file', { 'conf/gates.yaml': '' }, /^conf\/gates.yaml: it/],
    [
      'no gates',
      { 'conf/gates.yaml': 'gates: []' },
      /^conf\/gates.yaml: gates/,
    ],
    [
      'a file too large to read',
      { 'modelport.yaml': null },
      /is larger than 200 kB/,
    ],
    [
      'sections that a card lacks',
      { 'docs/model-card.md': '# A\n## Limitations' },
      /no section on Out-of-Scope Use, Human Oversight/,
    ],
    [
      'words that are no heading',
      { 'docs/model-card.md': CARD.replace('## Human', 'Human') },
      /no section on Human Oversight/,
    ],
    ['few tests', { 'tests/test_a.py': undefined }, /^tests: has 2 files/],
    ['no CI', { '.github/workflows/test.yml': undefined }, /there is no CI/],
    ['keys twice', { 'modelport.yaml': `${MODEL}name: b\n` }, /is no YAML/],
    [
      'aliases without end',
      { 'modelport.yaml': `a: &a [x]\n${'b: *a\n'.repeat(3)}` },
      /modelport.yaml/,
    ],
    [
      'nesting without end',
      { 'modelport.yaml': '['.repeat(100_000) },
      /is no YAML/,
    ],
  ])('tells of %s', (_what, changed, expected) => {
    const findings = findingsWith(changed);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(expected);
  });

  it.each<[string, Record<string, string | null | undefined>]>([
    [
      'an entity among others of its file',
      { 'catalog-info.yaml': `kind: System\n---\n${ENTITY}---\n` },
    ],
    [
      'a card at the root',
      { 'docs/model-card.md': undefined, 'MODEL_CARD.md': CARD },
    ],
    [
      'another CI',
      { '.github/workflows/test.yml': undefined, '.gitlab-ci.yml': null },
    ],
    [
      'files that nobody asked for',
      { 'notes.txt': null, 'tests/data/x.py': null },
    ],
  ])('takes %s', (_what, changed) => {
    expect(findingsWith(changed)).toEqual([]);
  });

  it('counts as tests only what is named so', () => {
    const files = new Map(GOOD.filter(([path]) => !path.startsWith('tests/')));
    for (const path of [
      'tests/a.py',
      'tests/conftest.py',
      'tests/x/test_a.py',
    ]) {
      files.set(path, null);
      expect(checkedAs(path)).toBeUndefined();
    }
    expect(checkRepository(files).findings[0].message).toBe(
      'has 0 files with tests',
    );
  });
});

describe('the record of a template', () => {
  const of = (text: string | null): RepositoryFiles =>
    new Map([['.modelport/answers.yaml', text]]);

  it.each([
    [
      'template: t\nversion: 1.0.0\nvalues: {}',
      { template: 't', version: '1.0.0' },
    ],
    ['version: 1.0.0', undefined],
    ['[', undefined],
    [null, undefined],
    [`template: t\nversion: ${'9'.repeat(60)}`, undefined],
  ])('is read from %j', (text, expected) => {
    expect(readTemplateRecord(of(text))).toEqual(expected);
  });

  it.each([
    ['1.0.0', '1.1.0', true],
    ['1.1.0', '1.1.0', false],
    ['1.10.0', '1.9.9', false],
    ['1.9.9', '1.10.0', true],
    ['2.0.0', '1.9.0', false],
    ['0.0.1', '0.0.2', true],
    ['latest', '1.0.0', false],
  ])('%s is older than %s: %s', (version, than, expected) => {
    expect(isOlderTemplate(version, than)).toBe(expected);
  });
});
