import { Promotion } from '@modelport/plugin-modelport-common';
import { ReviewPage } from '../promotions/ReviewPage';
import { renderPage } from './renderPage';
import { testComparison, testModel } from './testData';
import { NO_SPLITTING, testAuditEntry, testEnvironment } from './testPromotion';

/** What the page of a review asks for; what is done on it answers the same promotion. */
export function reviewApi(promotion: Promotion) {
  const answer = jest.fn(async () => promotion);
  return {
    getPromotion: jest.fn(async () => promotion),
    getModel: jest.fn(async () => testModel()),
    compareVersions: jest.fn(async () => testComparison()),
    compareEvidence: jest.fn(async () => ({
      differences: [],
      withoutRows: [],
      remarks: [],
      calibrations: [],
    })),
    listAudit: jest.fn(async () => ({
      items: [testAuditEntry()],
      totalItems: 1,
      nextCursor: null,
    })),
    getEnvironments: jest.fn(async () => ({
      at: '2026-03-01T00:00:00Z',
      traffic: NO_SPLITTING,
      items: [testEnvironment()],
    })),
    decidePromotion: answer,
    waiveGate: answer,
    commentPromotion: answer,
    closeCondition: answer,
    withdrawPromotion: answer,
    executePromotion: answer,
    verifyAudit: jest.fn(async () => ({
      ok: true,
      entries: 12,
      firstBroken: null,
      message: null,
      heads: {
        enabled: false,
        checked: 0,
        latestAt: null,
        latestSeq: null,
        message: null,
      },
    })),
  };
}

/** Opens the page of the promotion 7. */
export function openReview(promotion: Promotion, api = reviewApi(promotion)) {
  renderPage(<ReviewPage id="7" />, {
    api,
    address: '/models/promotions/7',
  });
  return api;
}
