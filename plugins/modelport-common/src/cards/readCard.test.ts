import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cardBody, MAX_CARD_ITEMS, MAX_CARD_TEXT } from './cardBody';
import { readCard } from './readCard';
import { readCycloneDxCard } from './readCycloneDxCard';

const fixture = (name: string) =>
  readCard(readFileSync(join(__dirname, '__fixtures__', name)), name);

const read = (text: string, path = 'MODEL_CARD.md') =>
  readCard(new TextEncoder().encode(text), path);

describe('a Hugging Face card', () => {
  it('is read with its front matter, model-index and sections', () => {
    const { body, problems } = fixture('huggingface-README.md');
    expect(body).toMatchObject({
      name: 'car-loan-default',
      licence: 'apache-2.0',
      framework: 'xgboost',
      task: 'tabular-classification',
      languages: ['en'],
      tags: ['tabular-classification'],
      baseModel: ['baseline/scorecard'],
      owners: ['Risk Analytics'],
      architecture: 'Gradient boosted trees',
      intendedUse: 'Second opinion for loan officers.',
      outOfScopeUse: 'Deciding alone.',
      limitations: 'Synthetic applicants only.',
      metrics: [
        {
          key: 'roc_auc',
          value: 0.9642,
          decimals: 4,
          dataset: 'car-loan-test-2018-07..10 (test)',
          slice: null,
        },
        { key: 'brier', value: 'NaN', slice: null },
      ],
    });
    expect(body.description).toContain('car loan is not repaid');
    expect(body.references).toBeUndefined();
    expect(body.environmentalImpact).toContain('More Information Needed');
    expect(problems).toEqual([]);
  });

  it('keeps the decimals that were written, and reads what stands under modelport', () => {
    const { body } = read(
      [
        '---',
        'license: other',
        'license_name: house',
        'model-index:',
        '- name: m',
        '  results:',
        '  - task: {type: x}',
        '    dataset: {name: unknown, type: unknown}',
        '    metrics: [{type: auc, value: 0.90, args: {slice: "age < 30", lower: 0.85}}]',
        'modelport:',
        '  attestedBy: user:default/rosa',
        '  attestedAt: 2026-11-22',
        '  notApplicable: {fairness: No people are scored}',
        '  attestations:',
        '    fairness: {by: user:default/grace, at: 2026-03-02T10:00:00Z}',
        '    metrics: {by: user:default/ada}',
        '---',
        '# m',
      ].join('\n'),
    );
    expect(body).toMatchObject({
      licence: 'house',
      metrics: [
        {
          key: 'auc',
          value: 0.9,
          decimals: 2,
          dataset: null,
          slice: 'age < 30',
          lower: 0.85,
        },
      ],
      attestedBy: 'user:default/rosa',
      attestedAt: '2026-11-22',
      notApplicable: { fairness: 'No people are scored' },
      attestations: {
        fairness: { by: 'user:default/grace', at: '2026-03-02T10:00:00Z' },
        metrics: { by: 'user:default/ada' },
      },
    });
  });
});

describe('a plain Markdown card', () => {
  it('gives its title, its text, and the figures of its sentences', () => {
    const { body } = fixture('car-loan-default-3.md');
    expect(body.name).toBe('car-loan-default v3');
    expect(body.description).toMatch(/^Regularised; monotone/);
    expect(body.metrics).toEqual([
      {
        key: 'AUC',
        value: 0.9642,
        decimals: 4,
        dataset: 'Test (2018-07..10, n=20,107)',
        slice: null,
      },
      expect.objectContaining({ key: 'Brier', value: 0.0612 }),
      expect.objectContaining({ key: 'ECE', value: 0.0126 }),
    ]);
  });

  it('opens fields by headings, keeps headings below them, and names what has no field', () => {
    const { body, problems } = read(
      [
        '# Loans',
        '## 1. Purpose',
        'Fewer defaults.',
        '### In numbers',
        '```',
        '## Limitations',
        '```',
        '## Business metric',
        'Charge-off rate',
        '## Recipe for soup',
        'Water.',
        '## Known limitations <!-- none yet -->',
        'One year of data. Accuracy: 91.3 %, RMSE is 2e3, precision 0.9x.',
      ].join('\n'),
    );
    expect(body).toEqual({
      name: 'Loans',
      purpose: 'Fewer defaults.\n### In numbers\n```\n## Limitations\n```',
      businessMetric: 'Charge-off rate',
      limitations:
        'One year of data. Accuracy: 91.3 %, RMSE is 2e3, precision 0.9x.',
      metrics: [
        {
          key: 'Accuracy',
          value: 0.913,
          decimals: 3,
          dataset: null,
          slice: null,
        },
      ],
    });
    expect(problems).toEqual([expect.stringContaining('Recipe for soup')]);
  });
});

describe('a Model Card Toolkit card', () => {
  it('is read as the toolkit itself writes it', () => {
    expect(fixture('model-card-toolkit-2.0.0.json')).toMatchObject({
      problems: [],
      body: {
        name: 'loan-default',
        owners: ['Risk Analytics'],
        architecture: 'Gradient boosted trees',
        trainingData: 'Loans 2018 train\n\nJanuary to April',
        outputs: [{ name: 'probability', type: 'double' }],
        metrics: [{ key: 'roc_auc', value: 0.91, lower: 0.9, upper: 0.92 }],
        limitations: 'Synthetic data',
        ethicalConsiderations: 'Income bias: Monotone constraints',
      },
    });
  });

  it('is read', () => {
    expect(fixture('model-card-toolkit.json')).toEqual({
      problems: [],
      body: {
        name: 'loan-default',
        description:
          'Probability that a loan is not repaid.\n\nTrained monthly.',
        owners: ['Risk Analytics', 'Model Risk'],
        contact: 'Risk Analytics: risk@example.com',
        changes: 'Monotone now.',
        licence: 'Apache-2.0',
        references: ['https://example.com/loans'],
        citation: 'Risk Analytics (2026).',
        architecture: 'Gradient boosted trees',
        trainingData:
          'Loans 2018 train\n\nJanuary to April\n\nSensitive: salary',
        evaluationData: 'Loans 2018 test\n\nhttps://example.com/test',
        inputs: [{ name: null, type: 'A row of seven features' }],
        outputs: [{ name: 'probability', type: 'double' }],
        metrics: [
          {
            key: 'roc_auc',
            value: 0.91,
            decimals: 3,
            dataset: null,
            slice: null,
            lower: 0.9,
            upper: 0.92,
          },
          { key: 'recall', value: 0.5, dataset: null, slice: 'salary: low' },
        ],
        users: 'Loan officers',
        intendedUse: 'Second opinion',
        limitations: '- Synthetic data\n- One year only',
        tradeoffs: 'Simple rather than exact',
        ethicalConsiderations: 'Income bias: Monotone constraints',
      },
    });
  });
});

describe('a CycloneDX card', () => {
  it('is read', () => {
    expect(fixture('cyclonedx-ml-bom.json')).toEqual({
      problems: [],
      body: {
        name: 'loan-default',
        description: 'Probability that a loan is not repaid.',
        owners: ['Risk Analytics'],
        licence: 'Apache-2.0',
        code: 'https://git.example.com/loans',
        references: ['https://example.com/loans'],
        task: 'binary classification',
        architecture:
          'Approach: supervised\n\nFamily: gradient boosting\n\n300 trees of depth 4',
        trainingData: 'loans-train',
        evaluationData: 'loans-test\n\nJuly to October',
        inputs: [
          { name: 'age', type: 'long' },
          { name: null, type: 'image' },
        ],
        outputs: [{ name: 'probability', type: 'double' }],
        metrics: [
          {
            key: 'AUC',
            value: 0.9,
            decimals: 2,
            dataset: null,
            slice: null,
            lower: 0.88,
            upper: 0.92,
          },
        ],
        users: 'Loan officers',
        intendedUse: '- Second opinion\n- Training of staff',
        limitations: 'Synthetic data',
        ethicalConsiderations: 'Income bias',
        fairness: 'Low salaries. Constraints',
      },
    });
  });

  it('says that a bill without a model holds no card', () => {
    expect(() =>
      read('{"bomFormat": "CycloneDX", "components": []}', 'bom.json'),
    ).toThrow('describes no model');
  });
});

describe('a SageMaker card', () => {
  it('is read from the answer of DescribeModelCard', () => {
    expect(fixture('sagemaker-describe-model-card.json')).toEqual({
      problems: [],
      body: {
        name: 'car-loan-default',
        description: 'Car loan default',
        owners: ['group:credit-risk'],
        task: 'Binary classification',
        architecture: 'xgboost',
        purpose: 'Demonstration',
        intendedUse: 'Not for lending decisions',
        riskManagement: 'Risk rating: Low',
        metrics: [
          {
            key: 'roc_auc',
            value: 0.9704,
            dataset: 'test 2018-07..10',
            slice: null,
          },
        ],
        ethicalConsiderations: 'synthetic data',
      },
    });
  });
});

describe('hostile files', () => {
  it.each([
    ['too large', new Uint8Array(2_000_001), 'at most'],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x00), 'no UTF-8'],
    ['a null character', Uint8Array.of(0x41, 0x00), 'no UTF-8'],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => readCard(bytes, 'README.md')).toThrow(message);
  });

  it.each([
    ['XML', '<?xml version="1.0"?><bom/>', 'MODEL_CARD.md', 'is XML'],
    ['an unknown object', '{"a": 1}', 'card.json', 'no known format'],
    ['a list', '[1]', 'card.json', 'no known format'],
    ['half of a file', '{"model_details": {', 'card.json', 'no JSON'],
    ['a bare word', 'nonsense', 'card.json', 'no JSON'],
  ])('refuses %s', (_what, text, path, message) => {
    expect(() => read(text, path)).toThrow(message);
  });

  it('reads bare NaN, and JSON 10,000 levels deep, within the fields it knows', () => {
    const { body } = read(
      `{"model_overview": {"model_name": "NaN of \\"x\\""},
        "evaluation_details": [{"name": "t", "metric_groups": [{"metric_data":
        [{"name": "a", "type": "number", "value": NaN}, {"name": "b", "type": "number", "value": -Infinity}]}]}]}`,
      'card.json',
    );
    expect(body.name).toBe('NaN of "x"');
    expect(body.metrics?.map(({ value }) => value)).toEqual([
      'NaN',
      '-Infinity',
    ]);
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(
      read(`{"model_details": {"overview": ${deep}}}`, 'card.json').body,
    ).toEqual({});
  });

  it.each([
    [
      'a billion laughs',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array(9)
              .fill(`*${'abcdefgh'[index]}`)
              .join(',')}]`,
        )
        .join('\n')}`,
    ],
    ['brackets without end', `a: ${'['.repeat(50_000)}`],
    ['dashes without end', `a:\n  ${'- '.repeat(50_000)}x`],
    ['keys without end', `a:\n  ${'? '.repeat(50_000)}x`],
    [
      'indents without end',
      Array.from({ length: 600 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
    ],
    ['a tag that makes objects', 'a: !!python/object/apply:os.system ["x"]'],
    ['a tag of its own', 'license: !secret mit'],
    ['a key twice', 'license: mit\nlicense: bsd'],
    ['no YAML', 'license: "mit'],
    ['too long', `license: ${'x'.repeat(300_000)}`],
  ])('leaves out front matter with %s and reads the rest', (_what, yaml) => {
    const { body, problems } = read(`---\n${yaml}\n---\n# m\n\nText.`);
    expect(body).toEqual({ name: 'm', description: 'Text.' });
    expect(problems).toEqual([expect.stringContaining('front matter')]);
  });

  it('takes no merge key and no prototype from YAML or JSON', () => {
    const yaml = read(
      '---\n<<: {license: evil}\n__proto__: {license: evil}\nconstructor: {name: evil}\n---\n# m',
    );
    expect(yaml.body).toEqual({ name: 'm' });
    const json = read(
      '{"purpose": "p", "__proto__": {"licence": "evil"}, "hyperparameters": {"__proto__": "x", "a": "1"}}',
      'card.json',
    );
    expect(json.body.licence).toBeUndefined();
    expect(json.body.purpose).toBe('p');
    expect(Object.getPrototypeOf(json.body.hyperparameters ?? {})).toBe(
      Object.prototype,
    );
  });

  it('cuts texts that are too long and says so', () => {
    const { body, problems } = read(`# m\n\n${'x'.repeat(150_000)}`);
    expect(body.description).toHaveLength(100_000);
    expect(problems).toEqual([expect.stringContaining('was cut')]);
  });

  it('stays fast on long lines that almost are something', () => {
    const started = performance.now();
    for (const text of [
      '<!--'.repeat(200_000),
      `# ${' #'.repeat(400_000)}x`,
      '**a'.repeat(300_000),
      `AUC ${'1'.repeat(800_000)}x`,
      'test '.repeat(200_000),
      `{"model_details": ${'"\\"'.repeat(100_000)}`,
      '---\n'.repeat(200_000),
      `\n${'\n '.repeat(400_000)}`,
      ' '.repeat(900_000).concat('x'),
    ]) {
      try {
        read(text, text.startsWith('{') ? 'card.json' : 'README.md');
      } catch {
        // What it ends in does not matter here.
      }
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('takes time in proportion to what a card lists, and says what of it is kept', () => {
    const started = process.cpuUsage();
    const many = <T>(make: (n: number) => T) =>
      Array.from({ length: 100_000 }, (_, n) => make(n));
    const cyclone = {
      bomFormat: 'CycloneDX',
      components: [
        {
          type: 'machine-learning-model',
          name: 'credit',
          externalReferences: many(n => ({ type: 'other', url: `u${n}` })),
          modelCard: {
            modelParameters: { datasets: many(n => ({ name: `d${n}` })) },
          },
        },
      ],
    };
    const { body } = readCycloneDxCard(cyclone);
    expect(body.trainingData).toHaveLength(MAX_CARD_TEXT);
    expect(body.references).toHaveLength(MAX_CARD_ITEMS);

    const keys = Array.from({ length: 24_900 }, (_, n) => `k${n}: 1`);
    const { body: card } = read(
      `---\nlicense: mit\n${keys.join('\n').slice(0, 190_000)}\n---\n# x\n`,
    );
    expect(card.licence).toBe('mit');
    const { user } = process.cpuUsage(started);
    expect(user / 1e6).toBeLessThan(5);
  });

  it('refuses front matter that says something twice', () => {
    const { problems } = read('---\nlicense: mit\nlicense: bsd\n---\n# x\n');
    expect(problems).toEqual([
      'The front matter has the key "license" twice; the text below it was read',
    ]);
  });

  it('ends in a card or in a clear error, whatever is changed in a good file', () => {
    const random = sequence(7);
    const outcomes: string[] = [];
    for (const name of [
      'huggingface-README.md',
      'model-card-toolkit.json',
      'cyclonedx-ml-bom.json',
      'sagemaker-describe-model-card.json',
    ]) {
      const good = readFileSync(join(__dirname, '__fixtures__', name));
      for (let round = 0; round < 300; round++) {
        const bytes = Uint8Array.from(good);
        for (let change = 0; change <= random(8); change++) {
          bytes[random(bytes.length)] = random(256);
        }
        const part = bytes.subarray(
          0,
          random(4) ? bytes.length : random(bytes.length),
        );
        outcomes.push(outcomeOf(part, name));
      }
    }
    expect(outcomes).toHaveLength(1_200);
    expect([...new Set(outcomes)].sort()).toEqual(['InputError', 'read']);
  });
});

/** Whole numbers below a limit, the same ones every time. */
function sequence(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}

function outcomeOf(bytes: Uint8Array, path: string): string {
  try {
    const { body } = readCard(bytes, path);
    return cardBody.safeParse(body).success ? 'read' : 'read, but no card';
  } catch (error) {
    return error instanceof Error ? error.name : 'thrown';
  }
}
