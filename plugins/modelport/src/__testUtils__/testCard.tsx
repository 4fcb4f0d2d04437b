import { Card, CardField } from '@modelport/plugin-modelport-common';
import { ModelportApi } from '../api/modelportApi';
import { CardContent } from '../cards/CardContent';
import { renderPage, testEntity } from './renderPage';
import { testModel, testVersion } from './testData';

/** Where the card of the entity is. */
export const BASE = '/catalog/default/resource/car-loan-default/card';

/** The model of the entity. */
export const ID = { source: 'demo', name: 'car-loan-default' };

export function written(value: unknown): CardField {
  return {
    value,
    provenance: {
      from: 'written',
      evidence: 'abcdef0123456789',
      by: 'user:default/grace',
      at: '2026-02-01T00:00:00Z',
    },
  };
}

export function derived(value: unknown): CardField {
  return {
    value,
    provenance: { from: 'derived', evidence: null, by: null, at: null },
  };
}

export function testCard(part: Partial<Card> = {}): Card {
  return {
    fields: {
      purpose: written('Fewer **defaults**'),
      limitations: written('TODO'),
      owners: derived(['group:default/risk-analytics']),
      metrics: written([
        { key: 'AUC', value: 0.9, decimals: 2, dataset: null, slice: null },
      ]),
      'metrics.measured': derived([
        {
          key: 'test_roc_auc',
          value: 0.87,
          dataset: 'june',
          slice: null,
          n: 20107,
        },
        { key: 'loss', value: 'NaN', dataset: null, slice: 'young' },
      ]),
      inputs: derived([{ name: 'age', type: 'long' }]),
      hyperparameters: derived({ max_depth: '4' }),
    },
    completeness: {
      template: 'eu-ai-act-annex-iv',
      score: 0.5,
      missing: [
        { path: 'limitations', reason: 'placeholder' },
        { path: 'monitoring', reason: 'unattested' },
      ],
    },
    contradictions: [],
    ...part,
  };
}

export function apiOf(part: Partial<ModelportApi> = {}) {
  return {
    getModel: jest.fn(async () => testModel()),
    listVersions: jest.fn(async () => ({
      items: [
        testVersion({ version: '3' }),
        testVersion({ version: '2', aliases: ['champion'] }),
      ],
      totalItems: 2,
      nextCursor: null,
    })),
    getCard: jest.fn(async () => testCard()),
    getVersion: jest.fn(async () => testVersion({ version: '2' })),
    traceExplanations: async () => ({
      class: null,
      versions: [],
      features: [],
      warnings: [],
    }),
    ...part,
  };
}

export function renderCard(api: Partial<ModelportApi>, query = '') {
  return renderPage(<CardContent />, {
    api,
    entity: testEntity(),
    address: `${BASE}${query}`,
    mountPath: `${BASE}/*`,
  });
}
