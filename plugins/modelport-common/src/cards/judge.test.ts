import { CardField } from '../schema/openapi';
import { cardCompleteness, requiredFields } from './cardCompleteness';
import { CARD_PATHS, CardMetric } from './cardBody';
import { DerivedMetric, metricContradictions } from './contradictions';
import { isPlaceholder } from './isPlaceholder';
import { metricName } from './metricName';
import { readRegistryCard } from './readRegistryCard';
import { CARD_TEMPLATES } from './templates';

describe('isPlaceholder', () => {
  it.each([
    null,
    undefined,
    '',
    ' \n ',
    'TODO',
    'todo: ',
    'TBD.',
    'N/A',
    'n.a.',
    '[More Information Needed]',
    '- **Developed by:** [More Information Needed]\n- **Paper [optional]:** [More Information Needed]',
    '<!-- Provide a summary -->\n\n[More Information Needed]',
    '{{ model_description }}',
    'Lorem ipsum dolor sit amet',
    '...',
    '---',
    '???',
    '<insert your description here>',
    '## Heading only',
    '**Not applicable**',
    [],
    {},
    ['TODO', ''],
    { a: 'TBD' },
  ])('takes %j for one', value => {
    expect(isPlaceholder(value)).toBe(true);
  });

  it.each([
    'N/A: no people are scored',
    'None of the features is personal.',
    'Todo lists are what it ranks',
    'TODO\nUsed by loan officers',
    0,
    false,
    ['TODO', 'Ada'],
    [{ key: 'auc', value: 0 }],
  ])('does not take %j for one', value => {
    expect(isPlaceholder(value)).toBe(false);
  });
});

describe('metricName', () => {
  it.each([
    ['AUC', 'roc_auc', null],
    ['test_roc_auc', 'roc_auc', 'test'],
    ['eval/auroc', 'roc_auc', 'test'],
    ['roc_auc_valid', 'roc_auc', 'valid'],
    ['trainLogloss', 'log_loss', 'train'],
    ['F1 score', 'f1', null],
    ['R²', 'r2', null],
    ['test', 'test', null],
    ['constructor', 'constructor', null],
  ])('reads %s', (key, name, split) => {
    expect(metricName(key)).toEqual({ name, split });
  });
});

describe('metricContradictions', () => {
  const written = (part: Partial<CardMetric>): CardMetric => ({
    key: 'AUC',
    value: 0.91,
    decimals: 2,
    dataset: null,
    slice: null,
    ...part,
  });
  const derived = (part: Partial<DerivedMetric>): DerivedMetric => ({
    key: 'test_roc_auc',
    value: 0.87,
    dataset: null,
    slice: null,
    evidence: 'abc',
    ...part,
  });

  it('finds a figure that the evidence does not bear out', () => {
    expect(metricContradictions([written({})], [derived({})])).toEqual([
      {
        path: 'metrics.AUC',
        written: 0.91,
        decimals: 2,
        dataset: null,
        slice: null,
        derived: 0.87,
        evidence: 'abc',
        measured: { key: 'test_roc_auc', dataset: null },
      },
    ]);
  });

  describe('where the registry measured the metric on several datasets', () => {
    const registry = [0.9641638, 0.9688412, 0.9702, 0.9655].map((value, at) =>
      derived({
        value,
        dataset: `car-loan-test-2018-${at + 7}`,
        evidence: null,
      }),
    );
    const pushed = derived({ key: 'roc_auc', dataset: 'test' });
    const states = (part: Partial<CardMetric>) =>
      written({ key: 'roc_auc', dataset: 'test', ...part });

    it.each([
      ['', 0.91, 2],
      [', though another one says so', 0.9688, 4],
    ])(
      'compares with that of the same key and dataset%s',
      (_what, value, decimals) => {
        expect(
          metricContradictions(
            [states({ value, decimals })],
            [...registry, pushed],
          ),
        ).toEqual([
          {
            path: 'metrics.roc_auc',
            written: value,
            decimals,
            dataset: 'test',
            slice: null,
            derived: 0.87,
            evidence: 'abc',
            measured: { key: 'roc_auc', dataset: 'test' },
          },
        ]);
      },
    );

    it('holds that to be borne out which the same key and dataset bear out', () => {
      expect(
        metricContradictions(
          [states({ value: 0.87 })],
          [...registry, pushed, derived({ value: 0.5 })],
        ),
      ).toEqual([]);
    });

    it('takes the same metric on the same dataset before others', () => {
      expect(
        metricContradictions(
          [states({ key: 'AUC', dataset: 'Car-loan-test-2018-8' })],
          [...registry, pushed],
        ),
      ).toMatchObject([
        {
          derived: 0.9688412,
          measured: { key: 'test_roc_auc', dataset: 'car-loan-test-2018-8' },
        },
      ]);
    });

    it('takes what names no dataset, and never what names another one', () => {
      const elsewhere = states({ dataset: 'lending-club-test' });
      expect(metricContradictions([elsewhere], registry)).toEqual([]);
      expect(
        metricContradictions([elsewhere], [...registry, derived({})]),
      ).toMatchObject([{ derived: 0.87, evidence: 'abc' }]);
    });
  });

  it.each([
    [
      'the rounding of what was written',
      written({}),
      [derived({ value: 0.9149 })],
    ],
    ['another metric', written({ key: 'accuracy' }), [derived({})]],
    ['another slice', written({ slice: 'young' }), [derived({})]],
    ['another split', written({ dataset: 'validation set' }), [derived({})]],
    [
      'the figure of training alone',
      written({}),
      [derived({ key: 'train_auc' })],
    ],
    [
      'one split of several that bears it out',
      written({}),
      [derived({}), derived({ key: 'valid_auc', value: 0.9096 })],
    ],
    [
      'NaN on both sides',
      written({ value: 'NaN' }),
      [derived({ value: 'NaN' })],
    ],
  ])('is silent about %s', (_what, metric, evidence) => {
    expect(metricContradictions([metric], evidence)).toEqual([]);
  });

  it.each([
    ['beyond the rounding', written({}), derived({ value: 0.9151 })],
    [
      '0.900 that is 0.904',
      written({ value: 0.9, decimals: 3 }),
      derived({ value: 0.904 }),
    ],
    ['NaN on one side', written({}), derived({ value: 'NaN' })],
    [
      'the same split by the dataset',
      written({ dataset: 'Test (n=20,107)' }),
      derived({ key: 'auc', dataset: 'car-loan-test' }),
    ],
    [
      'a card of which the dataset is only a split',
      written({ dataset: 'our hold-out set' }),
      derived({ key: 'auc', dataset: 'car-loan-test' }),
    ],
  ])('speaks up about %s', (_what, metric, evidence) => {
    expect(metricContradictions([metric], [evidence])).toHaveLength(1);
  });
});

describe('cardCompleteness', () => {
  const template = {
    id: 't',
    fields: {
      low: [{ path: 'purpose' as const, clause: '' }],
      medium: [{ path: 'fairness' as const, clause: '' }],
      high: [
        { path: 'limitations' as const, clause: '' },
        { path: 'purpose' as const, clause: '' },
      ],
    },
  };
  const field = (value: unknown, at: string | null = null): CardField => ({
    value,
    provenance: { from: 'written', evidence: null, by: null, at },
  });
  const ROSA = { by: 'user:default/rosa', at: '2026-02-01T00:00:00Z' };
  const judged = (
    part: Partial<Parameters<typeof cardCompleteness>[2]>,
    tier: 'low' | 'medium' | 'high' = 'high',
  ) =>
    cardCompleteness(template, tier, {
      fields: { purpose: field('p'), limitations: field('TODO') },
      notApplicable: {},
      attestations: {
        purpose: ROSA,
        fairness: ROSA,
        limitations: ROSA,
      },
      versionCreatedAt: '2026-02-01T12:00:00Z',
      ...part,
    });

  it('counts what is there, attested and not old, by tier', () => {
    expect(judged({}, 'low')).toEqual({ template: 't', score: 1, missing: [] });
    expect(judged({})).toEqual({
      template: 't',
      score: 1 / 3,
      missing: [
        { path: 'fairness', reason: 'absent' },
        { path: 'limitations', reason: 'placeholder' },
      ],
    });
  });

  it('counts what says why it does not apply, and not what gives no reason', () => {
    expect(
      judged({ notApplicable: { fairness: 'No people', limitations: 'N/A' } })
        .missing,
    ).toEqual([{ path: 'limitations', reason: 'placeholder' }]);
  });

  it.each([
    ['nobody', undefined],
    ['a group', { by: 'group:default/risk', at: ROSA.at }],
    ['a service', { by: 'service:ci', at: ROSA.at }],
    ['a filler', { by: 'TBD', at: ROSA.at }],
    ['a team', { by: 'the risk team', at: ROSA.at }],
    ['somebody on no day', { by: 'user:default/rosa', at: null }],
  ])('does not count what %s attested', (_what, by) => {
    expect(
      judged({ attestations: by ? { purpose: by } : {} }, 'low').missing,
    ).toEqual([{ path: 'purpose', reason: 'unattested' }]);
  });

  it('asks for the person of each field, also of one that does not apply', () => {
    const notApplicable = { fairness: 'No people', limitations: 'It is exact' };
    expect(
      judged({ notApplicable, attestations: { fairness: ROSA } }).missing,
    ).toEqual([
      { path: 'purpose', reason: 'unattested' },
      { path: 'limitations', reason: 'unattested' },
    ]);
  });

  it('does not count what was attested, or written, before the version was made', () => {
    const old = '2026-01-01T00:00:00Z';
    expect(
      judged({ attestations: { purpose: { by: 'Rosa', at: old } } }, 'low')
        .missing,
    ).toEqual([{ path: 'purpose', reason: 'outdated' }]);
    expect(
      judged({ attestations: {}, fields: { purpose: field('p', old) } }, 'low')
        .missing,
    ).toEqual([{ path: 'purpose', reason: 'outdated' }]);
  });
});

describe('the templates', () => {
  it.each(CARD_TEMPLATES.map(template => [template.id, template] as const))(
    '%s names its source, is dated, and asks more of a higher tier',
    (_id, template) => {
      expect(template.source).not.toBe('');
      expect(template.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      const [low, medium, high] = (['low', 'medium', 'high'] as const).map(
        tier => requiredFields(template, tier),
      );
      expect(medium.slice(0, low.length)).toEqual(low);
      expect(high.length).toBeGreaterThan(medium.length);
      for (const path of high) {
        expect(CARD_PATHS).toContain(path);
      }
    },
  );
});

describe('readRegistryCard', () => {
  it('reads headings of the description, and tags before them', () => {
    const { body } = readRegistryCard({
      description: 'A model.\n\n## Limitations\nFew.\n\n## Purpose\nOld.',
      tags: {
        purpose: 'New.',
        license: 'MIT',
        'card.intended_use': 'A second opinion',
        'modelport.card.owners': 'Ada, Grace',
        'card.attested_by': 'user:default/rosa',
        'card.attested_at': '2026-02-01T00:00:00Z',
        'card.not_applicable.fairness': 'No people',
        'card.metrics': '[]',
        'card.security': 'TODO',
        monitoring: 'a plain tag of another meaning',
        constructor: 'x',
      },
    });
    expect(body).toEqual({
      description: 'A model.',
      limitations: 'Few.',
      purpose: 'New.',
      licence: 'MIT',
      intendedUse: 'A second opinion',
      owners: ['Ada', 'Grace'],
      attestedBy: 'user:default/rosa',
      attestedAt: '2026-02-01T00:00:00Z',
      notApplicable: { fairness: 'No people' },
    });
  });
});
