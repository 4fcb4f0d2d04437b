import {
  modelNameProblem,
  modelPackageOf,
  modelTitleOf,
} from '@modelport/plugin-modelport-common';
import { readAnswers } from './readAnswers';
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
