import {
  ComputedExplanation,
  ExplainableModel,
  ExplainedFeature,
  ExplainedRow,
  Explanation,
  ExplanationColumns,
  MASKED_TOGETHER,
} from '@modelport/plugin-modelport-common';

export function testFeature(
  part: Partial<ExplainedFeature> = {},
): ExplainedFeature {
  return {
    name: 'income',
    meanAbs: 0.8,
    lower: 0.7,
    upper: 0.9,
    rank: 1,
    direction: 'decreasing',
    rankCorrelation: -0.9,
    group: null,
    ...part,
  };
}

/** An explanation of two features; the figures are those of no real model. */
export function testExplanation(part: Partial<Explanation> = {}): Explanation {
  return {
    explains: {
      output: 'margin',
      calibrated: false,
      outcome: 'default',
      link: 'logit',
    },
    perturbation: 'path-dependent',
    background: null,
    class: null,
    classes: [],
    baseValue: 0.25,
    baseValueVaries: false,
    rows: 100,
    hasRows: true,
    features: [
      testFeature(),
      testFeature({
        name: 'age',
        meanAbs: 0.2,
        lower: 0.1,
        upper: 0.3,
        rank: 2,
        direction: 'not monotone',
        rankCorrelation: 0.1,
      }),
    ],
    groups: [],
    withheld: null,
    smallestGroup: 10,
    additivity: { maxError: 1e-6, ok: true },
    conventions: {
      interval: 'By the standard error.',
      direction: 'By rank correlation.',
      additivity: 'Of every row.',
    },
    warnings: [],
    digest: 'abcdef0123456789'.repeat(4),
    producer: { name: 'xgboost', version: '3.2.0' },
    producedAt: null,
    ...part,
  };
}

export function testColumns(): ExplanationColumns {
  return {
    rows: 3,
    rowIds: ['a', 'b', 'c'],
    outputs: [0.5, 1, 0],
    baseValues: [0.25, 0.25, 0.25],
    masked: ['age'],
    columns: [
      {
        feature: 'income',
        contributions: [0.5, 0.25, -0.25],
        values: [10, 20, null],
        categories: [],
      },
      {
        feature: MASKED_TOGETHER,
        contributions: [-0.25, 0.5, 0],
        values: [null, null, null],
        categories: [],
      },
    ],
  };
}

export function testRow(part: Partial<ExplainedRow> = {}): ExplainedRow {
  return {
    rowId: 'a',
    erased: false,
    class: null,
    output: 0.5,
    baseValue: 0.25,
    contributions: { income: 0.5, [MASKED_TOGETHER]: -0.25 },
    values: { income: 10, age: null },
    masked: ['age'],
    ...part,
  };
}

export function testExplainable(
  part: Partial<ExplainableModel> = {},
): ExplainableModel {
  return {
    computable: true,
    why: null,
    format: 'XGBoost UBJ',
    path: 'model/model.ubj',
    digest: 'a'.repeat(64),
    features: ['income', 'age'],
    classes: [],
    explains: { output: 'margin', calibrated: false, link: 'logit' },
    baseValues: [0.25],
    trees: 12,
    categories: {},
    example: { income: 10, age: 30 },
    ...part,
  };
}

export function testComputed(output: number): ComputedExplanation {
  return {
    explains: { output: 'margin', calibrated: false, link: 'logit' },
    perturbation: 'path-dependent',
    background: null,
    class: null,
    classes: [],
    baseValue: 0.25,
    rows: [
      {
        output,
        probability: 1 / (1 + Math.exp(-output)),
        contributions: { income: output - 0.5, age: 0.25 },
      },
    ],
    additivity: { maxError: 0, ok: true },
    model: {
      digest: 'a'.repeat(64),
      path: 'model/model.ubj',
      format: 'XGBoost UBJ',
    },
  };
}
