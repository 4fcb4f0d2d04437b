import { Promotion } from '@modelport/plugin-modelport-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage, testResponseError } from '../__testUtils__/renderPage';
import { testGate, testPromotion } from '../__testUtils__/testPromotion';
import { InboxPage } from './InboxPage';

function apiOf(items: Promotion[]) {
  return {
    listPromotions: jest.fn(async () => ({
      items,
      totalItems: items.length,
      nextCursor: null as string | null,
    })),
    countPromotions: jest.fn(async () => ({
      waitingForMe: 2,
      states: [{ state: 'in_review' as const, count: 5 }],
    })),
  };
}

const address = '/models/promotions';

it('shows what waits for the reader, with gates and approvals', async () => {
  const api = apiOf([
    testPromotion({
      gates: [testGate(), testGate({ id: 'x', outcome: 'unknown' })],
      evidenceChanged: true,
    }),
  ]);
  renderPage(<InboxPage />, { api, address });
  const row = await screen.findByRole('row', {
    name: /car-loan-default 3 → production/,
  });
  expect(row).toHaveTextContent('replaces version 2');
  expect(row).toHaveTextContent('1 passes');
  expect(row).toHaveTextContent('1 cannot tell');
  expect(row).toHaveTextContent('0 of 2');
  expect(row).toHaveTextContent('evidence changed since the request');
  expect(within(row).getByRole('link', { name: /car-loan/ })).toHaveAttribute(
    'href',
    '/models/promotions/7',
  );
  expect(api.listPromotions).toHaveBeenCalledWith(
    expect.objectContaining({ waitingFor: 'me', requestedBy: undefined }),
  );
  expect(
    await screen.findByRole('button', { name: 'Waiting for me (2)' }),
  ).toHaveAttribute('aria-pressed', 'true');
});

it('holds its filters in the address', async () => {
  const api = apiOf([testPromotion()]);
  renderPage(<InboxPage />, {
    api,
    address: `${address}?show=all&state=live&state=nonsense&environment=production`,
  });
  await screen.findByRole('table', { name: 'Promotions' });
  expect(api.listPromotions).toHaveBeenLastCalledWith(
    expect.objectContaining({
      waitingFor: undefined,
      state: ['live'],
      environment: ['production'],
    }),
  );
  await userEvent.click(
    screen.getByRole('button', { name: 'Requested by me' }),
  );
  await userEvent.type(
    screen.getByRole('searchbox', { name: 'Find by model' }),
    'credit{Enter}',
  );
  await waitFor(() =>
    expect(screen.getByTestId('address')).toHaveTextContent(
      `${address}?show=mine&state=live&environment=production&model=credit`,
    ),
  );
  expect(api.listPromotions).toHaveBeenLastCalledWith(
    expect.objectContaining({ requestedBy: 'me', q: 'credit' }),
  );
});

it('steps to the next page and back, but not out of an address', async () => {
  const api = apiOf([testPromotion()]);
  api.listPromotions.mockImplementation(async () => ({
    items: [testPromotion()],
    totalItems: 60,
    nextCursor: 'c2',
  }));
  renderPage(<InboxPage />, { api, address });
  await userEvent.click(await screen.findByRole('button', { name: /[Nn]ext/ }));
  expect(screen.getByTestId('address')).toHaveTextContent(
    `${address}?cursor=c2`,
  );
  expect(api.listPromotions).toHaveBeenLastCalledWith(
    expect.objectContaining({ cursor: 'c2' }),
  );
  await userEvent.click(screen.getByRole('button', { name: /[Pp]revious/ }));
  await waitFor(() =>
    expect(screen.getByTestId('address')).toHaveTextContent(/promotions$/),
  );
});

it('says what would fill it, and leads to all', async () => {
  const api = apiOf([]);
  renderPage(<InboxPage />, { api, address });
  expect(await screen.findByText('Nothing waits for you')).toBeInTheDocument();
  await userEvent.click(
    screen.getByRole('button', { name: 'Show all promotions' }),
  );
  expect(await screen.findByText('No promotions yet')).toBeInTheDocument();
});

it('says why it could not be loaded', async () => {
  const api = apiOf([]);
  api.listPromotions.mockRejectedValue(await testResponseError(500, 'Broken'));
  renderPage(<InboxPage />, { api, address });
  expect(await screen.findByRole('alert')).toHaveTextContent('Broken');
});
