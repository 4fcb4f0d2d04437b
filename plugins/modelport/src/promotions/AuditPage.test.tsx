import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../__testUtils__/renderPage';
import { testAuditEntry } from '../__testUtils__/testPromotion';
import { AuditPage } from './AuditPage';

it('lists entries, and points at the one where the chain is broken', async () => {
  const api = {
    listAudit: jest.fn(async () => ({
      items: [testAuditEntry(), testAuditEntry({ seq: 11 })],
      totalItems: 2,
      nextCursor: null,
    })),
    verifyAudit: jest.fn(async () => ({
      ok: false,
      entries: 12,
      firstBroken: 11,
      message: 'Its digest is another one',
      heads: {
        enabled: true,
        checked: 3,
        latestAt: '2026-03-01T00:00:00Z',
        latestSeq: 10,
        message: null,
      },
    })),
  };
  renderPage(<AuditPage />, { api, address: '/models/promotions/audit' });
  expect(await screen.findByText('2 entries')).toBeInTheDocument();
  await waitFor(() => expect(document.title).toMatch(/^Audit trail \| /));
  await userEvent.click(
    screen.getByRole('button', { name: 'Verify the chain' }),
  );
  const found = await screen.findByText(/broken at entry 11/);
  expect(found).toHaveTextContent('Its digest is another one');
  expect(found).toHaveTextContent('3 signed heads were checked');
  expect(
    screen.getByRole('row', { name: /^11 ?broken here/ }),
  ).toBeInTheDocument();
});
