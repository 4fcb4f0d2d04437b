import {
  modelNameProblem,
  modelPackageOf,
  modelTitleOf,
} from '@modelport/plugin-modelport-common';
import { sampleColumns } from '../__testUtils__/combinations';
import { readAnswers, readRecordedAnswers } from './readAnswers';
import { templateValues } from './templateValues';
import { asMarkdown, oneLine } from './text';

const LEAST = {
  name: 'credit-risk',
  owner: 'risk-analytics',
  task: 'binary',
  framework: 'xgboost',
};

describe('names', () => {
  it.each([
    ['class', 'keyword of Python'],
    ['import', 'keyword of Python'],
    ['json', 'Python module'],
    ['mlflow', 'Python module'],
    ['tests', 'Python module'],
    ['profile', 'Python module'],
    ['scikit-learn', 'Python module'],
    ...[
      ...['data', 'docs', 'conf', 'monitor', 'scripts', 'artifacts', 'serve'],
      ...['features', 'model', 'train', 'pipeline', 'targets', 'transform'],
    ].map(name => [name, 'a folder or a script of its repository']),
    ['src', 'reserved'],
    ['code', 'Python module'],
    ['match', 'keyword of Python'],
    ['none', 'keyword of Python'],
    ['champion', 'reserved'],
    ['con', 'reserved'],
    ['Credit', 'lower-case'],
    ['credit_risk', 'lower-case'],
    ['-credit', 'lower-case'],
    ['credit--risk', 'lower-case'],
    ['credit-', 'lower-case'],
    ['1credit', 'lower-case'],
    ['../credit', 'lower-case'],
    ['credit\n', 'lower-case'],
    ['', 'lower-case'],
    ['a'.repeat(41), '41 characters'],
  ])('refuses %j', (name, why) => {
    expect(modelNameProblem(name)).toContain(why);
    expect(() => modelPackageOf(name)).toThrow(why);
  });

  it('makes a package and a title of others', () => {
    expect(modelPackageOf('credit-risk-2')).toBe('credit_risk_2');
    expect(modelTitleOf('credit-risk-2')).toBe('Credit risk 2');
  });
});

describe('readAnswers', () => {
  it('needs no more than four answers', () => {
    expect(
      templateValues(
        readAnswers({ ...LEAST, description: '', gates: [] }),
        'mlflow',
      ),
    ).toMatchObject({
      name: 'credit-risk',
      package: 'credit_risk',
      owner: 'group:default/risk-analytics',
      kind: 'probability',
      label: 'default',
      time: 'observed_at',
      riskTier: 'medium',
      mainMetric: 'test_roc_auc',
      gates: [{ metric: 'test_roc_auc' }, { metric: 'test_ece' }],
      protected: [],
      personal: [],
      description: 'Credit risk: the probability of yes for each row.',
    });
  });

  it.each([
    [{ task: 'poetry' }, 'task'],
    [{ framework: 'cobol' }, 'framework'],
    [{ owner: 'a b' }, 'owner: expected an entity'],
    [{ owner: 'group:default/x`id`' }, 'owner: expected an entity'],
    [{ owner: 'component:default/x' }, 'owner: expected a group or a person'],
    [{ approvers: ['api:x'] }, 'approvers: expected a group or a person'],
    [{ system: 'domain:x' }, 'system: expected a system'],
    [{ dataset: 'a b' }, 'dataset: expected an entity'],
    [{ label: "x'; rm -rf /" }, 'label: expected the name of a column'],
    [{ label: 'amount' }, 'is a feature of the sample'],
    [{ protected: ['default'] }, 'named for two things'],
    [{ protected: ['sex', 'sex'] }, 'named for two things'],
    [{ personal: ['email'], id: 'email' }, 'named for two things'],
    [{ personal: ['e-mail'] }, 'personal.0: expected the name of a column'],
    [{ personal: ['income'] }, 'is a feature of the sample'],
    [{ gates: [{ metric: 'luck', rule: 'at_least', value: 1 }] }, 'luck'],
    [{ referBand: { lower: 0.6, upper: 0.4 } }, 'referBand'],
    [{ horizon: 0 }, 'horizon'],
    [{ surprise: 1 }, 'surprise'],
    [{ system: 'a\nb: c' }, 'system'],
    [{ description: 'x'.repeat(2001) }, 'description'],
  ])('refuses %j', (answers, why) => {
    expect(() => readAnswers({ ...LEAST, ...answers })).toThrow(why);
  });
});

describe('columns of a sample', () => {
  const named = { label: 'outcome', id: 'case_number' };
  const numeric = [{ name: 'income', low: 0, high: 100 }];
  const read = (columns: unknown, more: Record<string, unknown> = {}) =>
    readAnswers({ ...LEAST, ...named, columns, ...more });

  it('shape the repository in the place of its own sample', () => {
    const values = templateValues(read(sampleColumns('binary')), 'mlflow');
    expect(values).toMatchObject({
      raw: ['income', 'class', 'has_car', 'age_band', 'region'],
      // none was named, and the data have no other
      time: null,
      hasCategories: true,
      words: null,
      reasons: [
        { name: 'income', code: 'C001', text: 'Income' },
        { name: 'class', code: 'C002', text: 'Class' },
        { name: 'has_car', code: 'C003', text: 'Has car' },
        { name: 'age_band', code: 'C004', text: 'Age band' },
        { name: 'region', code: 'C005', text: 'Region' },
      ],
      expectations: {
        golden: [
          {
            row: {
              ...{ income: 10_000, class: -9, has_car: 0.1 },
              ...{ age_band: '<18', region: "O'Higgins" },
            },
            at_most: 0.25,
          },
          { row: { income: 90_000, class: -1 }, at_least: 0.6 },
        ],
        directions: [
          { column: 'income', from: 10_000, to: 90_000, expect: 'higher' },
        ],
      },
    });
    expect(values.layers).toContain('columns');
    expect(values.layers).not.toContain('task/binary');
  });

  it('are the same after they were recorded', () => {
    const answers = read(
      { numeric, classes: ['good', 'bad'] },
      { time: 'seen_at' },
    );
    const values = templateValues(answers, 'mlflow');
    expect(values.words).toEqual(['good', 'bad']);
    expect(
      templateValues(
        readRecordedAnswers(JSON.parse(JSON.stringify(values))),
        'mlflow',
      ),
    ).toEqual(values);
  });

  it('may have names that the usual sample has', () => {
    expect(read({ numeric }, { protected: ['region'] }).protected).toEqual([
      'region',
    ]);
  });

  it('count as not given where a form sends an empty object', () => {
    expect(read({}).columns).toBeUndefined();
  });

  it.each<[unknown, Record<string, unknown>, string]>([
    [{ numeric: [] }, {}, 'columns.numeric: expected a number'],
    [
      { numeric: [{ name: '__proto__', low: 0, high: 1 }] },
      {},
      "'__proto__' is what the repository calls",
    ],
    [{ numeric }, { label: undefined }, 'name the label and the id'],
    [{ numeric }, { protected: ['Income'] }, 'named for two things'],
    [{ numeric: [...numeric, ...numeric] }, {}, 'named for two things'],
    [{ numeric: [{ name: 'a b', low: 0, high: 1 }] }, {}, 'name of a column'],
    [{ numeric: [{ name: 'a', low: 1, high: 1 }] }, {}, "low of 'a'"],
    [{ numeric: [{ name: 'Score', low: 0, high: 1 }] }, {}, "'Score' is what"],
    [{ numeric: [{ name: 'a', low: 0, high: Infinity }] }, {}, 'high'],
    [
      { numeric, categorical: [{ name: 'a', categories: ['x\ny'] }] },
      {},
      'on one line',
    ],
    [
      { numeric, categorical: [{ name: 'a', categories: ['x', 'x'] }] },
      {},
      "'x' is there twice",
    ],
    [
      { numeric, categorical: [{ name: 'a', categories: ['x'.repeat(61)] }] },
      {},
      'columns.categorical',
    ],
    [{ numeric, classes: ['a', 'b', 'c'] }, {}, 'expected two'],
    [{ numeric, label: { low: 0, high: 1 } }, {}, 'columns.label'],
    [{ numeric }, { task: 'regression' }, 'low and high of the label'],
    [{ numeric }, { task: 'multiclass' }, 'the classes that the label has'],
    [{ numeric, evil: 1 }, {}, 'evil'],
  ])('are refused: %j with %j', (columns, more, why) => {
    expect(() => read(columns, more)).toThrow(why);
  });

  const forecast = {
    ...{ task: 'forecasting', id: undefined, time: 'day' },
    columns: { numeric: [], label: { low: 0, high: 1000 } },
  };
  const ranking = {
    ...{ task: 'ranking', id: undefined, query: 'search' },
    columns: { numeric, label: { low: 0, high: 4 } },
  };
  const shape = (answers: Record<string, unknown>) =>
    templateValues(
      readAnswers({ ...LEAST, label: 'outcome', ...answers }),
      'mlflow',
    );

  it('of series need no id and no other feature, and may be of one series', () => {
    const values = shape({ ...forecast, series: 'shop' });
    expect(values).toMatchObject({
      ...{ id: 'row_id', time: 'day', series: 'shop', query: null, raw: [] },
      reasons: [
        { name: 'lag_first', code: 'LF01' },
        { name: 'lag_second' },
        { name: 'mean_28' },
        { name: 'weekday' },
      ],
      expectations: {
        golden: [
          { row: { mean_28: 220, weekday: '0' }, at_most: 420 },
          { row: { mean_28: 450 }, at_least: 270 },
        ],
        directions: [{ column: 'mean_28', from: 200, to: 500 }],
      },
    });
    expect(values.layers).toEqual(
      expect.arrayContaining(['columns', 'sample/series', 'history']),
    );
    expect(shape(forecast).series).toBeNull();
  });

  it('of queries need the query, and grades', () => {
    const values = shape(ranking);
    expect(values).toMatchObject({
      ...{ id: 'row_id', series: null, query: 'search', raw: ['income'] },
      expectations: {
        order: [
          { row: { income: 90 } },
          { row: { income: 50 } },
          { row: { income: 10 } },
        ],
      },
    });
    expect(values.layers).toContain('sample/queries');
  });

  it.each([forecast, ranking, { ...forecast, series: 'shop' }])(
    'of series and queries are the same after they were recorded: %j',
    answers => {
      const values = shape(answers);
      expect(
        templateValues(
          readRecordedAnswers(JSON.parse(JSON.stringify(values))),
          'mlflow',
        ),
      ).toEqual(values);
    },
  );

  it.each<[Record<string, unknown>, string]>([
    [{ ...forecast, time: undefined }, 'name the label and the time too'],
    [{ ...forecast, features: 'dbt' }, 'needs rows with an id'],
    [{ ...forecast, label: 'mean_28' }, 'makes itself'],
    [{ ...forecast, series: 'day' }, 'named for two things'],
    [{ ...forecast, series: 'outcome' }, 'named for two things'],
    [{ ...forecast, series: '../x' }, 'series: expected the name'],
    [{ ...forecast, columns: { numeric: [] } }, 'low and high of the label'],
    [
      {
        ...forecast,
        columns: {
          ...forecast.columns,
          numeric: [{ name: 'Weekday', low: 0, high: 6 }],
        },
      },
      "'Weekday' is what",
    ],
    [{ ...ranking, query: undefined }, 'name the label and the query too'],
    [{ ...ranking, query: 'income' }, 'named for two things'],
    [{ ...ranking, columns: { numeric } }, 'low and high of the label'],
    [
      { ...ranking, columns: { numeric, label: { low: 0, high: 31 } } },
      'grades of relevance',
    ],
    [
      { ...ranking, columns: { numeric, label: { low: 0, high: 1.5 } } },
      'grades of relevance',
    ],
    [
      { ...ranking, columns: { ...ranking.columns, classes: ['a', 'b'] } },
      'columns.classes',
    ],
  ])('of series and queries are refused: %j', (answers, why) => {
    expect(() => shape(answers)).toThrow(why);
  });
});

describe('free text', () => {
  it('is on one line, without what can not be seen', () => {
    expect(oneLine(' a\r\n\tb\u2028c\u202ed\u200be\u0000f\ud800 ')).toBe(
      'a b c d e f',
    );
  });

  it('means nothing to Markdown', () => {
    expect(asMarkdown('# [a](javascript:alert(1)) <b>`x`</b> {{ y }}')).toBe(
      '\\# \\[a\\](javascript&#58;alert(1)) &lt;b\\>\\`x\\`&lt;/b\\> \\{\\{ y \\}\\}',
    );
    expect(asMarkdown('1. one')).toBe('1\\. one');
    expect(asMarkdown('---')).toBe('\\---');
  });
});
