import { parseYaml } from '../yaml/parseYaml';
import { validate } from '../yaml/validate';
import { modelFileSchema } from './modelFile';
import { versionFileSchema } from './versionFile';

const readModel = (text: string) => validate(parseYaml(text), modelFileSchema);
const readVersion = (text: string) =>
  validate(parseYaml(text), versionFileSchema);

describe('modelport.yaml', () => {
  it('needs no more than a name', () => {
    expect(readModel('name: m')).toEqual({ name: 'm' });
  });

  it('takes versions written as numbers or text, as written', () => {
    expect(
      readModel(`
name: 42
aliases: {champion: 3, old: "2", next: 1.10}
versions:
  - version: 3
  - version: "2"
  - version: 1.10
`),
    ).toMatchObject({
      name: '42',
      aliases: { champion: '3', old: '2', next: '1.10' },
      versions: [{ version: '3' }, { version: '2' }, { version: '1.10' }],
    });
  });

  it('takes names of any characters', () => {
    const name = '../a/b %2e%2e 🚗 <script> "q"';
    expect(readModel(`name: ${JSON.stringify(name)}`).name).toBe(name);
  });

  it('reads times with their offset', () => {
    expect(readModel('name: m\ncreatedAt: 2026-11-21').createdAt).toBe(
      Date.UTC(2026, 10, 21),
    );
    expect(
      readModel('name: m\ncreatedAt: 2026-11-21T10:00:00.5+02:00').createdAt,
    ).toBe(Date.UTC(2026, 10, 21, 8, 0, 0, 500));
  });

  it.each([
    ['', 'name: expected text'],
    ['owner: x', 'name: expected text'],
    ['- name: m', /expected object/],
    ['name: ""', 'name: expected text that is not empty (line 1)'],
    ['name: [a]', 'name: expected text (line 1)'],
    ['name: m\n\nownr: x', 'ownr: there is no such key (line 3)'],
    ['name: m\nriskTier: 1', 'riskTier: expected low, medium or high (line 2)'],
    ['name: m\ntags:\n  a: [1]', 'tags.a: expected text (line 3)'],
    ['name: m\ntags:\n  "a b":', 'tags["a b"]: expected text (line 3)'],
    ['name: m\ncreatedAt: yesterday', /createdAt: expected a day such as/],
    ['name: m\ncreatedAt: 2026-11-21T08:00:00', /createdAt: expected a day/],
    [
      'name: m\nlinks: [{title: x, url: "javascript:alert(1)"}]',
      'links[0].url: expected an http or https address (line 2)',
    ],
    [
      'name: m\nversions: [{version: 1}, {version: "1"}]',
      'versions[1].version: version 1 is there twice (line 2)',
    ],
    [
      'name: m\nversions:\n  - version: 1\n    folder: ../../etc',
      /versions\[0\].folder: expected a path below the folder.*\(line 4\)/,
    ],
  ])('refuses %j', (text, message) => {
    expect(() => readModel(text)).toThrow(message);
  });

  it('names the first faults and counts the others', () => {
    const text = Array.from({ length: 9 }, (_, i) => `t${i}: []`).join('\n  ');
    expect(() => readModel(`name: m\ntags:\n  ${text}`)).toThrow(
      /tags\.t0: .*tags\.t4: .*; and 4 more$/,
    );
  });
});

describe('version.yaml', () => {
  it('reads figures that are no numbers as what they are', () => {
    expect(
      readVersion(`
metrics:
  a: .nan
  b: .inf
  c: -.inf
  d: NaN
  e: -Infinity
  f: 1e-3
  g: 7
  h: -0.5
  i: "0.25"
`).metrics,
    ).toEqual({
      a: NaN,
      b: Infinity,
      c: -Infinity,
      d: NaN,
      e: -Infinity,
      f: 0.001,
      g: 7,
      h: -0.5,
      i: 0.25,
    });
  });

  it('keeps parameters as written', () => {
    expect(
      readVersion('params: {lr: 0.10, deep: true, seed: 007, none: ""}').params,
    ).toEqual({ lr: '0.10', deep: 'true', seed: '007', none: '' });
  });

  it.each([
    ['metrics: {auc: high}', 'metrics.auc: expected a number'],
    ['metrics: {auc: }', 'metrics.auc: expected a number'],
    ['metrics: {auc: 1e999}', /metrics.auc: expected a number that fits/],
    [
      'evaluations: [{metrics: {auc: {value: 1, uper: 2}}}]',
      'evaluations[0].metrics.auc.uper: there is no such key (line 1)',
    ],
    [
      'evaluations: [{metrics: {auc: [1]}}]',
      'evaluations[0].metrics.auc: expected a number, or value with lower and upper',
    ],
    [
      'evaluations: [{n: -1, metrics: {}}]',
      'evaluations[0].n: expected a whole number of 0 or more',
    ],
    [
      'evaluations: [{metrics: {auc: {value: 1, lower: .nan}}}]',
      'evaluations[0].metrics.auc.lower: expected a finite number',
    ],
    [
      'evaluationSet: {id: t, hash: abc}',
      'evaluationSet.hash: expected a SHA-256 as 64 lower-case hex digits',
    ],
    [
      'evaluations: [{dataset: test, metrics: {auc: 1}}]',
      "evaluations[0].dataset: expected the name of exactly one of this version's datasets, found test",
    ],
    [
      'metrics: {auc: 1}\nevaluations: [{metrics: {auc: 2}}]',
      'evaluations[0].metrics.auc: measured twice: expected names of their own, such as test_auc',
    ],
    [
      'evaluations: [{slice: a=b, metrics: {auc: 1}}, {slice: a=b, metrics: {auc: 2}}]',
      'evaluations[1].metrics.auc: measured twice on a=b',
    ],
    ['metricHistory: /etc/passwd', /metricHistory: expected a path below/],
    ['version: 3', 'version: there is no such key'],
  ])('refuses %j', (text, message) => {
    expect(() => readVersion(text)).toThrow(message);
  });
});
