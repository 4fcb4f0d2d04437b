import { screen, within } from '@testing-library/react';
import { renderPage, testEntity } from '../__testUtils__/renderPage';
import {
  NO_SPLITTING,
  testEnvironment,
  testPromotion,
  testReach,
} from '../__testUtils__/testPromotion';
import { PromotionsContent } from './PromotionsContent';

function apiOf() {
  return {
    listPromotions: jest.fn(async () => ({
      items: [testPromotion({ state: 'live' })],
      totalItems: 30,
      nextCursor: 'x',
    })),
    getEnvironments: jest.fn(async () => ({
      at: '2026-03-01T00:00:00Z',
      traffic: NO_SPLITTING,
      items: [
        testEnvironment({ behindPortal: true, promotion: null }),
        testEnvironment({
          environment: 'staging',
          status: 'unknown',
          version: null,
          since: null,
          knownSince: null,
        }),
      ],
    })),
    getEnvironmentHistory: jest.fn(async (_id, environment: string) => ({
      items: [
        {
          environment,
          version: '2',
          from: null,
          until: null,
          knownFrom: '2026-02-01T00:00:00Z',
          knownUntil: null,
          by: 'user:default/rosa',
          promotion: '5',
          behindPortal: false,
          shares: [
            { version: '2', percent: 95, mode: 'live' as const },
            { version: '3', percent: 5, mode: 'shadow' as const },
          ],
        },
        {
          environment,
          version: '1',
          from: '2026-01-01T00:00:00Z',
          until: '2026-01-03T06:00:00Z',
          knownFrom: '2026-01-01T00:00:00Z',
          knownUntil: null,
          by: null,
          promotion: null,
          behindPortal: false,
          shares: [],
        },
      ],
      totalItems: 2,
      nextCursor: null,
    })),
  };
}

it('answers nothing of a moment that is still to come', async () => {
  const api = apiOf();
  renderPage(<PromotionsContent />, {
    api,
    entity: testEntity(),
    address: '/models?at=2999-01-01T00:00:00.000Z',
  });
  expect(
    await screen.findByText(/That moment is still to come/),
  ).toBeInTheDocument();
  expect(
    screen.queryByRole('table', { name: 'Environments' }),
  ).not.toBeInTheDocument();
  expect(api.getEnvironments).not.toHaveBeenCalled();
});

it('shows what is live, how that came, and every promotion', async () => {
  const api = apiOf();
  renderPage(<PromotionsContent />, { api, entity: testEntity() });
  const live = await screen.findByRole('table', { name: 'Environments' });
  const production = within(live).getByRole('row', { name: /production/ });
  expect(production).toHaveTextContent('the alias champion');
  expect(production).toHaveTextContent(
    'changed at the registry, without a promotion',
  );
  expect(within(live).getByRole('row', { name: /staging/ })).toHaveTextContent(
    'the portal did not watch yet',
  );
  expect(
    screen.getByText('The source "demo" splits no traffic'),
  ).toBeInTheDocument();
  const periods = await screen.findByRole('table', {
    name: 'Versions that were live in production',
  });
  expect(periods).toHaveTextContent('before the portal watched');
  expect(periods).toHaveTextContent('version 3: a copy of 5 %');
  expect(periods).toHaveTextContent('for 2 days 6 hours');
  expect(periods).toHaveTextContent('found at the registry');
  expect(
    within(periods).getByRole('link', { name: 'by a promotion' }),
  ).toHaveAttribute('href', '/models/promotions/5');
  expect(
    await screen.findByRole('link', { name: 'Version 3 → production' }),
  ).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'See all 30' })).toHaveAttribute(
    'href',
    '/models/promotions?show=all&model=demo%2Fcar-loan-default',
  );
});

it('says which of them cannot be approved any more', async () => {
  const promotion = testPromotion({
    reach: testReach({
      state: 'cannot',
      nobodyLeft: ['group:default/model-risk'],
    }),
  });
  renderPage(<PromotionsContent />, {
    api: {
      ...apiOf(),
      listPromotions: jest.fn(async () => ({
        items: [{ ...promotion, reach: null, actions: null }],
        totalItems: 1,
        nextCursor: null,
      })),
      getPromotion: jest.fn(async () => promotion),
    },
    entity: testEntity(),
  });
  expect(
    await screen.findByText(/nobody who may decide is left of/),
  ).toHaveTextContent('model-risk');
});

it('asks for a past moment of the address, and offers no rollback of the past', async () => {
  const api = apiOf();
  renderPage(<PromotionsContent />, {
    api,
    entity: testEntity(),
    address: '/x?at=2026-01-15T12:00:00.000Z&knownAt=2026-01-20T12:00:00.000Z',
  });
  await screen.findByRole('table', { name: 'Environments' });
  expect(api.getEnvironments).toHaveBeenCalledWith(expect.anything(), {
    at: '2026-01-15T12:00:00.000Z',
    knownAt: '2026-01-20T12:00:00.000Z',
  });
  expect(
    screen.queryByRole('button', { name: /Roll .* back/ }),
  ).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Now' })).toBeInTheDocument();
});
