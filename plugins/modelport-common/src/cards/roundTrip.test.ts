import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CARD_PATHS, CardBody, cardBody } from './cardBody';
import { cleanText } from './cleanText';
import { readCycloneDxCard } from './readCycloneDxCard';
import { readMarkdownCard } from './readMarkdownCard';
import { writeCycloneDxCard } from './writeCycloneDxCard';
import { readToolkitCard } from './readToolkitCard';
import { writeHuggingFaceCard } from './writeHuggingFaceCard';
import { writeToolkitCard } from './writeToolkitCard';

/** Every field filled, so that nothing is held for want of a value. */
const FULL: Required<CardBody> = {
  name: 'car-loan-default',
  description: 'Probability that a car loan is not repaid.',
  purpose: 'Fewer defaults.\n\n- at the same\n- acceptance rate',
  businessMetric: 'Charge-off rate',
  intendedUse: 'A second opinion',
  users: 'Loan officers',
  outOfScopeUse: 'Deciding alone',
  limitations: 'One year of data',
  tradeoffs: 'Monotone rather than exact',
  recommendations: 'Watch salaries',
  ethicalConsiderations: 'Income bias',
  owners: ['group:default/risk-analytics', 'Ada'],
  contact: 'risk@example.com',
  licence: 'Apache-2.0',
  tags: ['loans', 'null-ish', '1.0'],
  languages: ['no'],
  baseModel: ['scorecard'],
  task: 'binary',
  framework: 'xgboost',
  architecture: 'Gradient boosted trees',
  trainingData: 'January to April',
  trainingProcedure: 'Early stopping',
  evaluationData: 'July to October',
  metrics: [
    {
      key: 'roc_auc',
      value: 0.9,
      decimals: 3,
      dataset: 'loans: test',
      slice: null,
      n: 1200,
      lower: 0.85,
      upper: 0.95,
    },
    { key: 'roc_auc', value: 0.8, dataset: 'loans: test', slice: 'age < 30' },
    { key: 'ece', value: 'NaN', dataset: null, slice: null },
    { key: 'loss', value: '-Infinity', dataset: null, slice: null },
  ],
  evaluationResults: 'Good enough',
  hyperparameters: { max_depth: '4' },
  inputs: [
    { name: 'age', type: 'long' },
    { name: null, type: 'image' },
    { name: 'a: b', type: null },
  ],
  outputs: [{ name: 'probability', type: 'double' }],
  howToUse: '```python\nmodel.predict(rows)\n```',
  decision: 'Refuse above 0.6',
  code: 'https://git.example.com/loans',
  fairness: 'Same recall for all',
  explanation: 'SHAP',
  monitoring: 'PSI every month',
  humanOversight: 'An officer decides',
  riskManagement: 'Tier high',
  security: 'Internal only',
  validation: 'By model risk',
  changes: 'Monotone now',
  environmentalImpact: '12 g CO2 equivalent',
  citation: 'Risk Analytics (2026)',
  references: ['https://example.com/loans', 'Policy 7'],
  notApplicable: { security: 'No people' },
  attestedBy: 'user:default/rosa',
  attestedAt: '2026-03-01T10:00:00Z',
  attestations: {
    fairness: { by: 'user:default/grace', at: '2026-03-02T10:00:00Z' },
  },
};

/** What strangers may write into any text. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1)) [y](&#106;avascript:alert(1)) [z]( data:text/html,x )',
  '[x]\n\n[x]: javascript:alert(1)',
  '![t](https://tracker.example/x.png)',
  '!![t](https://tracker.example/x.png) !!![t][r]',
  '<!-- <iframe src="javascript:alert(1)"> -->',
  '<javascript:alert(1)> </textarea><svg/onload=alert(1)>',
  '---\nlicense: evil\n---\n# Evil\n## Limitations\nnone',
  '"\\"; \u202e\u0000 ]]> --> ${x} {{ x }} %{x} \u2028',
];

/** Names and values that mean something else once anything in them is. */
const MARKED = [
  'a<b',
  'p<0.05 & q>x',
  '<b>bold</b>',
  'f1[!important](see notes)',
  '![x](y) "quoted" \\ back',
];

/** In two parts, since a linter takes it for one that is meant. */
const SCRIPT_URL = ['javascript', 'alert(1)'].join(':');

/** What browsers take for the same. */
const HIDDEN_SCRIPT_URLS = [
  `\u0001${SCRIPT_URL}`,
  SCRIPT_URL.replace('java', 'java\t'),
  ` ${SCRIPT_URL}`,
];

/** The schema as its makers publish it; two of the schemas that it refers to stand beside it. */
function validator() {
  const folder = join(
    dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')),
    'res/schema',
  );
  const load = (name: string) =>
    JSON.parse(
      readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8'),
    );
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('iri-reference', /^[^\s<>"{}|\\^`]*$/);
  ajv.addFormat('idn-email', /^[^\s@]+@[^\s@]+$/);
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    ajv.addSchema(
      load(name),
      `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`,
    );
  }
  return ajv.compile(load('bom-1.7'));
}

const validate = validator();

const FORMATS = [
  {
    format: 'Hugging Face',
    write: (body: CardBody) => writeHuggingFaceCard(body, { name: 'm' }),
    read: (text: string) => readMarkdownCard(text).body,
    lost: ['hyperparameters', 'inputs', 'outputs', 'code'],
  },
  {
    format: 'CycloneDX',
    write: (body: CardBody) => writeCycloneDxCard(body, { name: 'm' }),
    read: (text: string) => readCycloneDxCard(JSON.parse(text)).body,
    lost: [
      'purpose',
      'businessMetric',
      'outOfScopeUse',
      'recommendations',
      'contact',
      'languages',
      'framework',
      'trainingProcedure',
      'metrics.n',
      'evaluationResults',
      'hyperparameters',
      'howToUse',
      'decision',
      'fairness',
      'explanation',
      'monitoring',
      'humanOversight',
      'riskManagement',
      'security',
      'validation',
      'changes',
      'environmentalImpact',
      'citation',
      // Only web addresses are references there.
      'references',
      'notApplicable',
      'attestedBy',
      'attestedAt',
      'attestations',
    ],
  },
  {
    format: 'Model Card Toolkit',
    write: (body: CardBody) => writeToolkitCard(body, { name: 'm' }),
    read: (text: string) => readToolkitCard(JSON.parse(text)).body,
    lost: [
      'purpose',
      'businessMetric',
      'outOfScopeUse',
      'recommendations',
      'contact',
      'tags',
      'languages',
      'baseModel',
      'task',
      'framework',
      'trainingProcedure',
      'metrics.n',
      'evaluationResults',
      'hyperparameters',
      // The column without a name comes back first.
      'inputs',
      'howToUse',
      'decision',
      'code',
      'fairness',
      'explanation',
      'monitoring',
      'humanOversight',
      'riskManagement',
      'security',
      'validation',
      'environmentalImpact',
      'notApplicable',
      'attestedBy',
      'attestedAt',
      'attestations',
    ],
  },
];

it('fills every field of the card in these tests', () => {
  expect(Object.keys(FULL).sort()).toEqual([...CARD_PATHS].sort());
  expect(cardBody.parse(FULL)).toEqual(FULL);
});

describe.each(FORMATS)('the round trip through $format', format => {
  it('loses exactly what it says', () => {
    const { text, notHeld } = format.write(FULL);
    expect(notHeld).toEqual(format.lost);
    const back: Record<string, unknown> = { ...format.read(text) };
    const differing = CARD_PATHS.filter(
      path => path !== 'metrics' && !isDeepStrictEqual(back[path], FULL[path]),
    );
    expect(differing).toEqual(
      format.lost.filter(path => !path.startsWith('metrics')),
    );
    expect(back.metrics).toHaveLength(FULL.metrics.length);
    // The written figure keeps its decimals, so that 0.900 is not taken for 0.9.
    expect(text).toContain('0.900');
  });

  it('loses nothing of a field alone that it does not name', () => {
    for (const path of CARD_PATHS) {
      const body: CardBody = { [path]: FULL[path] };
      const { notHeld } = format.write(body);
      expect(notHeld).toEqual(
        format.lost.filter(lost => lost.split('.')[0] === path),
      );
    }
  });

  it('gives a card without anything but a name', () => {
    const { text, notHeld } = format.write({});
    expect(notHeld).toEqual([]);
    expect(format.read(text)).toEqual({ name: 'm' });
  });

  it.each(HOSTILE)('carries no script, HTML or image for %j', hostile => {
    const metric = { ...FULL.metrics[0], key: hostile, dataset: hostile };
    const texts = Object.fromEntries(
      Object.entries(FULL).map(([path, value]) => [
        path,
        typeof value === 'string' && path !== 'attestedAt' ? hostile : value,
      ]),
    );
    const body: CardBody = {
      ...FULL,
      ...texts,
      metrics: [metric],
      owners: [hostile],
      references: [hostile, SCRIPT_URL, ...HIDDEN_SCRIPT_URLS],
      notApplicable: { fairness: hostile },
      attestations: { fairness: { by: hostile } },
      inputs: [{ name: hostile, type: hostile }],
    };
    const { text, notHeld } = format.write(body);
    expect(text).not.toMatch(/<[a-z/!?]/i);
    expect(text).not.toMatch(/!\[/);
    expect(text).not.toMatch(/\]\(\s*(?!#|https?:)[^)]*:/i);
    expect(text).not.toMatch(/\]:\s*javascript/i);
    expect(text).not.toMatch(/"(url|reference)":\s*"\s*java(\\t)?script/i);
    expect(text).not.toMatch(/[\0\u202e\u2028]/);
    // Nothing that a stranger wrote became another field.
    const back = format.read(text);
    expect(back.licence).not.toBe('evil');
    expect(back.limitations).not.toBe('none');
    for (const path of notHeld) {
      expect(CARD_PATHS).toContain(path.split('.')[0]);
    }
  });
});

it('leaves no bracket of a link that leads nowhere', () => {
  expect(cleanText('[x](javascript:alert(1)) and (y)')).toBe('[x](#) and (y)');
  expect(cleanText('[x]((javascript:a(1)')).not.toContain('javascript');
});

describe('the parts of a card that are no prose', () => {
  const metric = (key: string, dataset: string | null, slice: string) => ({
    key,
    value: 0.9,
    decimals: 1,
    dataset,
    slice,
  });

  it.each(MARKED)('come back from a Markdown export as %j', marked => {
    const body: CardBody = {
      name: marked,
      licence: marked,
      framework: marked,
      tags: [marked],
      baseModel: [marked],
      task: marked,
      metrics: [metric(marked, marked, marked)],
      notApplicable: { security: marked },
      attestedBy: marked,
    };
    const { text, notHeld } = writeHuggingFaceCard(body, { name: 'm' });
    expect(notHeld).toEqual([]);
    expect(readMarkdownCard(text).body).toEqual(body);
    expect(text).not.toMatch(/<[a-z/!?]|!\[/i);
    const [, frontMatter] = text.split(/^---$/m);
    expect(frontMatter).not.toMatch(/&lt;/);
  });

  it.each(MARKED)('come back from JSON exports as %j', marked => {
    const body: CardBody = {
      name: marked,
      licence: marked,
      owners: [marked],
      metrics: [metric(marked, marked, marked), metric('auc', null, marked)],
      outputs: [{ name: marked, type: marked }],
    };
    for (const { text, notHeld, back } of [
      writeCycloneDxCard(body, { name: 'm' }),
      writeToolkitCard(body, { name: 'm' }),
    ].map(written => ({ ...written, back: JSON.parse(written.text) }))) {
      expect(notHeld).toEqual([]);
      expect(
        back.bomFormat
          ? readCycloneDxCard(back).body
          : readToolkitCard(back).body,
      ).toEqual(body);
      expect(text).not.toMatch(/<|!\[|&lt;/);
    }
  });

  it.each(FORMATS)(
    'say in $format where a text was cleaned',
    ({ write, read }) => {
      const body: CardBody = {
        description: 'See ![x](https://tracker.example/x.png) for a<b',
        limitations: 'None below 1 < 2',
      };
      const { text, notHeld } = write(body);
      expect(notHeld).toEqual(['description.markup']);
      expect(read(text).description).toBe(
        'See [x](https://tracker.example/x.png) for a&lt;b',
      );
      expect(read(text).limitations).toBe(body.limitations);
    },
  );

  it('say so of names with characters that do not show', () => {
    const body: CardBody = { metrics: [metric('au\u202ec', 'june', 'all')] };
    const { text, notHeld } = writeCycloneDxCard(body, { name: 'm' });
    expect(notHeld).toEqual(['metrics.markup']);
    expect(text).toContain('"auc"');
  });
});

describe('which metrics were measured', () => {
  const body: CardBody = {
    metrics: [
      {
        key: 'AUC',
        value: 0.91,
        decimals: 2,
        dataset: null,
        slice: null,
        origin: 'written',
      },
      {
        key: 'roc_auc',
        value: 0.87,
        decimals: 4,
        dataset: 'june | all',
        slice: '<b>',
        origin: 'measured',
      },
      {
        key: 'ece',
        value: 0.02,
        decimals: 2,
        dataset: 'june',
        slice: null,
        origin: 'both',
      },
    ],
  };

  it('is said in a Markdown export of each, for programs and for people', () => {
    const { text, notHeld } = writeHuggingFaceCard(body, { name: 'm' });
    expect(notHeld).toEqual([]);
    expect(readMarkdownCard(text)).toEqual({
      body: { name: 'm', ...body },
      problems: [],
    });
    expect(text).toContain(
      [
        '| Metric | Value | Measured on | Slice | Rows | Where it comes from |',
        '| --- | --- | --- | --- | --- | --- |',
        '| AUC | 0.91 |  |  |  | stated by the writer of the card |',
        '| roc_auc | 0.8700 | june \\| all | &lt;b> |  | measured |',
        '| ece | 0.02 | june |  |  | stated by the writer of the card, and measured |',
      ].join('\n'),
    );
  });

  it('is named by exports that cannot say it', () => {
    for (const write of [writeCycloneDxCard, writeToolkitCard]) {
      expect(write(body, { name: 'm' }).notHeld).toEqual(['metrics.origin']);
    }
  });

  it('is not said where it is not known', () => {
    const { text } = writeHuggingFaceCard(FULL, { name: 'm' });
    expect(text).not.toMatch(/origin|come from/);
  });
});

describe('what exports call things', () => {
  const ownerNames = new Map([
    ['group:default/risk-analytics', 'Risk Analytics'],
  ]);
  const body: CardBody = {
    owners: ['group:default/risk-analytics', 'user:default/ada', 'Grace'],
    task: 'binary',
  };

  it('marks who is said to attest a card as what its documents claim', () => {
    const attestedBy = 'user:default/rosa';
    const { text } = writeHuggingFaceCard({ attestedBy }, { name: 'm' });
    expect(text).toContain(
      `modelport:\n  claimedByDocuments:\n    attestedBy: ${attestedBy}\n`,
    );
    expect(readMarkdownCard(text).body).toEqual({ name: 'm', attestedBy });
  });

  it('gives owners names that people know, and keeps their refs', () => {
    const of = { name: 'm', ownerNames };
    expect(writeHuggingFaceCard(body, of).text).toContain(
      '- Risk Analytics (group:default/risk-analytics)\n- ada (user:default/ada)\n- Grace\n',
    );
    const [component] = JSON.parse(
      writeCycloneDxCard(body, of).text,
    ).components;
    expect(component.authors).toEqual([
      { 'bom-ref': 'group:default/risk-analytics', name: 'Risk Analytics' },
      { 'bom-ref': 'user:default/ada', name: 'ada' },
      { name: 'Grace' },
    ]);
    const { model_details: details } = JSON.parse(
      writeToolkitCard(body, of).text,
    );
    expect(details.owners).toEqual([
      { name: 'Risk Analytics', contact: 'group:default/risk-analytics' },
      { name: 'ada', contact: 'user:default/ada' },
      { name: 'Grace' },
    ]);
    for (const { notHeld } of [
      writeHuggingFaceCard(body, of),
      writeCycloneDxCard(body, of),
    ]) {
      expect(notHeld).toEqual([]);
    }
  });

  it.each([
    ['binary', 'tabular-classification'],
    ['multiclass', 'tabular-classification'],
    ['regression', 'tabular-regression'],
    ['forecasting', 'time-series-forecasting'],
    ['text-classification', 'text-classification'],
    ['ranking', undefined],
    ['constructor', undefined],
  ])('writes the task %s by the tag %s', (task, tag) => {
    const { text, notHeld } = writeHuggingFaceCard({ task }, { name: 'm' });
    expect(/^pipeline_tag: (.*)$/m.exec(text)?.[1]).toBe(tag);
    expect(readMarkdownCard(text).body.task).toBe(task);
    expect(notHeld).toEqual([]);
  });

  it('says in the file what it does not hold', () => {
    const lost = { purpose: 'Loans', hyperparameters: { max_depth: '4' } };
    expect(writeHuggingFaceCard(lost, { name: 'm' }).text).toContain(
      'modelport:\n  notHeld:\n    - hyperparameters\n',
    );
    const [component] = JSON.parse(
      writeCycloneDxCard(lost, { name: 'm' }).text,
    ).components;
    expect(component.modelCard.properties).toEqual([
      { name: 'modelport:not-held', value: 'purpose' },
      { name: 'modelport:not-held', value: 'hyperparameters' },
    ]);
  });
});

describe('a Model Card Toolkit export', () => {
  const load = (name: string) =>
    JSON.parse(
      readFileSync(join(__dirname, '__fixtures__', name), 'utf8')
        // As the schema's makers mean it.
        .replaceAll('"#definitions/', '"#/definitions/'),
    );
  const check = new Ajv({ strict: false, allErrors: true }).compile(
    load('model-card-toolkit.schema.json'),
  );
  const errors = (card: unknown) => (check(card) ? [] : check.errors);

  it("validates against Google's schema, as what the toolkit writes does", () => {
    for (const body of [FULL, {}]) {
      const { text } = writeToolkitCard(body, { name: 'm' });
      expect(errors(JSON.parse(text))).toEqual([]);
    }
    expect(errors(load('model-card-toolkit-2.0.0.json'))).toEqual([]);
    expect(errors({ model_details: { name: 7 } })).not.toEqual([]);
  });
});

describe('a CycloneDX export', () => {
  const errors = (text: string) => {
    validate(JSON.parse(text));
    return validate.errors ?? [];
  };

  it('validates against the schema of 1.7', () => {
    expect(errors(writeCycloneDxCard(FULL, { name: 'm' }).text)).toEqual([]);
    expect(errors(writeCycloneDxCard({}, { name: 'm' }).text)).toEqual([]);
  });

  it.each(HOSTILE)('validates with %j in every text', hostile => {
    const body = Object.fromEntries(
      Object.entries(FULL).map(([path, value]) => [
        path,
        typeof value === 'string' ? hostile : value,
      ]),
    );
    expect(
      errors(writeCycloneDxCard({ ...FULL, ...body }, { name: hostile }).text),
    ).toEqual([]);
  });

  it('would not validate with what the schema does not know', () => {
    const { text } = writeCycloneDxCard(FULL, { name: 'm' });
    expect(errors(text.replace('"useCases"', '"use_cases"'))).not.toEqual([]);
  });

  it('reads the fixture, which validates too', () => {
    expect(
      errors(
        readFileSync(
          join(__dirname, '__fixtures__/cyclonedx-ml-bom.json'),
          'utf8',
        ),
      ),
    ).toEqual([]);
  });
});

it('cleans a text once and for all', () => {
  for (const hostile of HOSTILE) {
    expect(cleanText(cleanText(hostile))).toBe(cleanText(hostile));
  }
  expect(cleanText('a < b and [ok](https://example.com/a?b=c)')).toBe(
    'a < b and [ok](https://example.com/a?b=c)',
  );
});
