import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage, testResponseError } from '../__testUtils__/renderPage';
import { testModel } from '../__testUtils__/testData';
import { testAuditEntry } from '../__testUtils__/testPromotion';
import { AuditPage } from './AuditPage';

/** The catalog has an entity of one model alone. */
const getModel = jest.fn(async ({ name }: { name: string }) => {
  if (name === 'gone') {
    throw await testResponseError(404, 'There is no such model');
  }
  return testModel({ name });
});

beforeEach(() => jest.clearAllMocks());

it('lists entries, and points at the one where the chain is broken', async () => {
  const api = {
    getModel,
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

it('tells settings that were recorded first from those that were changed', async () => {
  const settings = (seq: number, action: string, before: string | null) =>
    testAuditEntry({
      ...{ seq, action, promotion: null, name: null, version: null },
      actor: 'config',
      detail: { before, digest: 'b'.repeat(64), settings: {} },
    });
  const items = [
    settings(12, 'policy.changed', 'a'.repeat(64)),
    settings(11, 'policy.changed', null),
    settings(10, 'sources.changed', null),
  ];
  const listAudit = async () => ({ items, totalItems: 3, nextCursor: null });
  renderPage(<AuditPage />, {
    api: { getModel, listAudit },
    address: '/models/promotions/audit',
  });
  const [, changed, first, sources] = await screen.findAllByRole('row');
  expect(changed).toHaveTextContent('The policy of promotions was changed');
  expect(first).toHaveTextContent(
    'The policy of promotions was recorded for the first time',
  );
  expect(sources).toHaveTextContent(
    'The registries that are read were recorded for the first time',
  );
});

it('says in words what was done, with the entry behind a fold and nothing that is null', async () => {
  const api = {
    getModel,
    listAudit: jest.fn(async () => ({
      items: [
        testAuditEntry({
          action: 'promotion.decision-refuse',
          detail: { comment: 'Too noisy', changeTicket: null },
        }),
        testAuditEntry({
          seq: 12,
          action: 'promotion.gate-waived',
          detail: { gate: 'tests', expiresAt: '2026-04-01T23:59:59Z' },
        }),
        testAuditEntry({
          seq: 13,
          action: 'promotion.decision-approve',
          detail: { conditions: [{ text: 'Watch it' }] },
        }),
        testAuditEntry({
          seq: 11,
          action: 'something.new',
          promotion: null,
          name: 'gone',
          version: null,
        }),
        testAuditEntry({ seq: 10, action: 'risk-tier.reset', version: null }),
      ],
      totalItems: 5,
      nextCursor: null,
    })),
  };
  renderPage(<AuditPage />, {
    api,
    address:
      '/models/promotions/audit?model=car&actor=rosa&action=promotion&from=2026-03-01&to=2026-03-02',
  });
  const [, refused, waived, approved, other, reset] =
    await screen.findAllByRole('row');
  expect(waived).toHaveTextContent(/gate tests, until .*2026/);
  expect(approved).toHaveTextContent('on 1 condition');
  expect(refused).toHaveTextContent('Refused the promotion');
  expect(refused).toHaveTextContent('Too noisy');
  expect(refused).not.toHaveTextContent('changeTicket');
  expect(
    within(refused).getByRole('link', { name: 'promotion 7' }),
  ).toHaveAttribute('href', '/models/promotions/7');
  expect(
    await within(refused).findByRole('link', {
      name: 'car-loan-default version 3',
    }),
  ).toHaveAttribute(
    'href',
    '/catalog/default/resource/car-loan-default/versions/3',
  );
  expect(getModel).toHaveBeenCalledTimes(2);
  expect(other).toHaveTextContent('gone');
  expect(within(other).queryByRole('link', { name: /gone/ })).toBeNull();
  expect(
    within(refused).getByText('The entry as JSON').closest('details'),
  ).not.toHaveAttribute('open');
  expect(other).toHaveTextContent('something.new');
  expect(
    within(reset).getByRole('link', { name: 'car-loan-default' }),
  ).toHaveAttribute('href', '/catalog/default/resource/car-loan-default');
  expect(api.listAudit).toHaveBeenCalledWith(
    expect.objectContaining({
      q: 'car',
      actor: 'rosa',
      action: 'promotion',
      from: new Date('2026-03-01T00:00:00').toISOString(),
      to: new Date('2026-03-03T00:00:00').toISOString(),
    }),
  );
  await userEvent.click(
    screen.getByRole('button', { name: 'Remove the filters' }),
  );
  await waitFor(() =>
    expect(api.listAudit).toHaveBeenLastCalledWith({
      limit: 50,
      cursor: undefined,
      q: undefined,
      actor: undefined,
      action: undefined,
      from: undefined,
      to: undefined,
    }),
  );
});
