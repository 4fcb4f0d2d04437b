import { parse, parseAllDocuments } from 'yaml';
import { readAnswers } from '../model/readAnswers';
import { oneLine } from '../model/text';
import { templateValues } from '../model/templateValues';
import { layersOf, newModelTemplate } from '../templates';
import { renderLayers, Tree } from './renderLayers';

const HOSTILE = [
  'a: b\nevil: true\n- c',
  '"\nevil: true\n"',
  "' evil '",
  '\\" , evil = "1',
  '"""\nimport os\nos.system("id")\n"""',
  "'''\nimport os\n",
  '`id` $(id) ${IFS} ; rm -rf / #',
  '${{ github.token }} ${{ secrets.X }}',
  '{{ 7*7 }} {% for x in y %} {# c #} ${{ values.owner }}',
  '!!python/object/apply:os.system ["id"]',
  '&anchor *alias <<: *x',
  '---\nevil: true\n...',
  '\n[project.scripts]\nevil = "os:system"\n',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '[click](javascript:alert(1)) ![x](https://evil.example/p.png)',
  '# Heading\n\n## Validation\n\nSigned by nobody',
  '\u202egnp.exe \u2028evil: true\u0000\u001b[31m',
  '| a | b |\n| --- | --- |',
  '%{ evil } #{evil} <%= evil %>',
  '@import "evil"; FROM evil\nRUN id',
  '*/ evil(); /* --> <!-- ]]> <?evil ?>',
  '${workspace.current_user.userName} ${var.catalog} $${x}',
  `${'\u2066evil\u2069'} \u200b\u00ad\ufeff${'é'.repeat(50)}`,
  'long '.repeat(399),
];

const LEAST = {
  name: 'credit-risk',
  owner: 'group:default/risk-analytics',
  task: 'binary',
  framework: 'xgboost',
};

/** Together they have every layer of options, so that no file of one is left out. */
const EVERYTHING = {
  targets: ['sagemaker', 'azureml', 'databricks', 'kubernetes'],
  terraform: true,
  orchestration: 'airflow',
  stream: 'kafka',
  search: 'optuna',
};
const OPTIONS: ReadonlyArray<Record<string, unknown>> = [
  {},
  { ...EVERYTHING, features: 'feast', rollout: 'canary', ci: 'github' },
  { ...EVERYTHING, features: 'dbt', rollout: 'shadow', ci: 'gitlab' },
];

async function render(
  text: string,
  options: Record<string, unknown>,
): Promise<Tree> {
  const values = templateValues(
    readAnswers({
      ...LEAST,
      description: text,
      purpose: text,
      ...options,
    }),
    'mlflow',
  );
  return renderLayers(newModelTemplate(), layersOf(values), values);
}

/** Everything of a file but the words of the free texts. */
const shape = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, part) =>
      ['description', 'site_name', 'comment'].includes(key) ? '' : part,
    ),
  );

describe.each(OPTIONS)('hostile free text with %j', options => {
  let plain: Tree;
  beforeAll(async () => {
    plain = await render('plain', options);
  });

  it.each(HOSTILE)('changes nothing but its own words: %j', async text => {
    const tree = await render(text, options);
    expect([...tree.keys()]).toEqual([...plain.keys()]);
    const changed = [...tree]
      .filter(([path, content]) => content !== plain.get(path))
      .map(([path]) => path)
      .sort();
    // no code, no workflow, no shell, no configuration of the training
    expect([
      'README.md',
      'catalog-info.yaml',
      'docs/index.md',
      'docs/model-card.md',
      'modelport.yaml',
      'pyproject.toml',
      ...(options.targets ? ['targets/databricks/resources.yml'] : []),
    ]).toEqual(expect.arrayContaining(changed));

    const yaml = changed.filter(path => /\.ya?ml$/.test(path));
    for (const path of yaml) {
      const documents = parseAllDocuments(tree.get(path) ?? '');
      expect(documents).toHaveLength(1);
      expect(shape(parse(tree.get(path) ?? ''))).toEqual(
        shape(parse(plain.get(path) ?? '')),
      );
    }
    for (const path of changed) {
      const now = (tree.get(path) ?? '').split('\n');
      const before = (plain.get(path) ?? '').split('\n');
      // on the lines where a free text stands, and on no others
      expect(now).toHaveLength(before.length);
      expect(
        now.filter((line, index) => line !== before[index]).length,
      ).toBeLessThanOrEqual(2);
    }
    // Databricks puts values into what looks so
    const bundle = parse(tree.get('targets/databricks/resources.yml') ?? '');
    expect(bundle?.resources.registered_models.model.comment ?? '').not.toMatch(
      /\$\{/,
    );
    const toml = (tree.get('pyproject.toml') ?? '').split('\n');
    const [line] = toml.filter(each => each.startsWith('description = '));
    expect(typeof JSON.parse(line.slice('description = '.length))).toBe(
      'string',
    );
    for (const path of ['README.md', 'docs/index.md', 'docs/model-card.md']) {
      const body = tree.get(path) ?? '';
      expect(body).not.toMatch(/<(script|img)/i);
      expect(body).not.toMatch(/[^\\]\]\(javascript/i);
      expect(body).not.toMatch(/javascript:/i);
    }
  });
});

describe('hostile categories of a sample', () => {
  const columns = (texts: string[]) => ({
    numeric: [{ name: 'income', low: 0, high: 100 }],
    categorical: [{ name: 'region', categories: texts }],
    classes: texts,
  });
  const answers = { ...LEAST, task: 'multiclass', label: 'kind', id: 'row' };

  it.each(HOSTILE)('stand in two files of data, quoted: %j', async text => {
    const short = oneLine(text).slice(0, 50).trim();
    const make = async (texts: string[]) => {
      const given = { ...answers, columns: columns(texts) };
      const values = templateValues(readAnswers(given), 'mlflow');
      return renderLayers(newModelTemplate(), layersOf(values), values);
    };
    const plain = await make(['plain', 'other']);
    const tree = await make([short, 'other']);
    const changed = [...tree].filter(
      ([path, content]) => content !== plain.get(path),
    );
    expect(changed.map(([path]) => path).sort()).toEqual([
      'src/credit_risk/data/columns.yaml',
      'tests/expectations.yaml',
    ]);
    expect(parse(changed[0][1])).toEqual({
      numeric: { income: [0, 100] },
      categorical: { region: [short, 'other'] },
      classes: [short, 'other'],
    });
    expect(parse(changed[1][1]).golden[0]).toEqual({
      name: 'a row in the middle of class 1',
      row: { income: 25, region: short },
      expect: short,
    });
  });

  it('are refused where they have more than a line', () => {
    for (const text of HOSTILE.filter(each => oneLine(each) !== each)) {
      const given = { ...answers, columns: columns([text, 'other']) };
      expect(() => readAnswers(given)).toThrow('columns');
    }
  });
});

describe('ten thousand characters', () => {
  it.each(['description', 'purpose', 'owner', 'domain', 'system', 'dataset'])(
    'are refused by name: %s',
    field => {
      const given = { ...LEAST, [field]: 'a'.repeat(10_000) };
      expect(() => readAnswers(given)).toThrow(field);
    },
  );
});

describe('hostile names', () => {
  it.each([
    ...[
      '../../etc/passwd',
      '..',
      '.',
      '/',
      'a/b',
      'a\\b',
      'C:',
      '~',
      'a\u0000b',
    ],
    ...['a\n', ' a', '１', 'naïve', '-a', '$(id)', 'a'.repeat(64)],
  ])('are no names of columns or models: %j', name => {
    for (const field of ['label', 'id', 'time', 'series', 'query', 'name']) {
      const given = { ...LEAST, [field]: name };
      expect(() => templateValues(readAnswers(given), 'mlflow')).toThrow(
        field === 'name' ? 'The name' : field,
      );
    }
    for (const field of ['protected', 'personal']) {
      const given = { ...LEAST, [field]: [name] };
      expect(() => readAnswers(given)).toThrow(field);
    }
  });

  it('are no names of features', () => {
    for (const name of HOSTILE) {
      const numeric = [{ name, low: 0, high: 1 }];
      const given = {
        ...LEAST,
        label: 'kind',
        id: 'row',
        columns: { numeric },
      };
      expect(() => readAnswers(given)).toThrow('columns.numeric.0.name');
    }
  });

  it.each([
    'targets',
    'orchestration',
    'features',
    'stream',
    'search',
    'ci',
    'rollout',
  ])('are no answer to a question with choices: %s', field => {
    for (const text of HOSTILE) {
      const value = field === 'targets' ? [text] : text;
      expect(() => readAnswers({ ...LEAST, [field]: value })).toThrow(field);
    }
  });

  it.each(['owner', 'dataset', 'system', 'domain'])(
    'is refused where a name of the catalog is expected: %s',
    field => {
      for (const text of HOSTILE) {
        expect(() => readAnswers({ ...LEAST, [field]: text })).toThrow(field);
      }
      for (const text of HOSTILE) {
        expect(() => readAnswers({ ...LEAST, protected: [text] })).toThrow(
          'protected',
        );
        expect(() => readAnswers({ ...LEAST, approvers: [text] })).toThrow(
          'approvers',
        );
      }
    },
  );
});
