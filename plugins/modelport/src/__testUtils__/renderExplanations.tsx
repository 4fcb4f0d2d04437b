import { ReasonCodeDictionary } from '@modelport/plugin-modelport-common';
import { ModelportApi } from '../api/modelportApi';
import { ExplanationsContent } from '../explanations/ExplanationsContent';
import { renderPage, testEntity } from './renderPage';
import { testEvidenceCount, testModel, testVersion } from './testData';
import {
  testColumns,
  testExplainable,
  testExplanation,
  testRow,
} from './testExplanation';

const BASE = '/catalog/default/resource/car-loan-default/explanations';

/** A dictionary of reason codes with a cutoff, a rule and a problem. */
export const TEST_DICTIONARY: ReasonCodeDictionary = {
  digest: 'd'.repeat(64),
  version: '7',
  dictionary: {
    version: '7',
    adverse: 'increase',
    baseline: 'base value',
    codes: [
      {
        feature: 'income',
        code: 'A',
        internal: 'Income below 40',
        consumer: { en: 'Income', de: 'Einkommen' },
      },
    ],
    cutoff: 0.25,
    policyRules: [
      {
        rule: 'area',
        code: 'P',
        internal: 'Area',
        consumer: { en: 'Area', de: 'Gebiet' },
      },
    ],
  },
  problems: [{ level: 'error', where: 'age', message: 'It has no code.' }],
  withheld: 2,
  from: 'file',
  revision: null,
  finding: null,
};

beforeAll(() => {
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
});

/** Answers the page of explanations of two versions, of which the second is in production. */
export function explanationsApi(
  part: Partial<ModelportApi> = {},
): Partial<ModelportApi> {
  return {
    getModel: async () => testModel(),
    listVersions: async () => ({
      items: [
        testVersion({ version: '3' }),
        testVersion({ version: '2', aliases: ['champion'] }),
      ],
      totalItems: 2,
      nextCursor: null,
    }),
    listEvidence: async () => testEvidenceCount(1),
    getExplanation: jest.fn(async () => testExplanation()),
    getExplanationColumns: jest.fn(async () => testColumns()),
    getExplanationRow: jest.fn(async () => testRow()),
    getExplainableModel: async () => testExplainable(),
    getReasonCodes: async () => TEST_DICTIONARY,
    listReasonCodeRevisions: async () => ({
      items: [],
      mayPropose: false,
      mayConfirm: false,
    }),
    traceExplanations: async () => ({
      class: null,
      versions: [],
      features: [],
      warnings: [],
    }),
    ...part,
  };
}

/** Shows the page of explanations of a model. */
export function renderExplanations(api: Partial<ModelportApi>, query = '') {
  return renderPage(<ExplanationsContent />, {
    api,
    entity: testEntity(),
    address: `${BASE}${query}`,
    mountPath: `${BASE}/*`,
  });
}
