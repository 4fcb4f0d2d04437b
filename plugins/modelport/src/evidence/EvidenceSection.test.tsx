import { Evidence, PushToken } from '@modelport/plugin-modelport-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderPage as renderAnyPage,
  testEntity,
  testResponseError,
} from '../__testUtils__/renderPage';
import { testEvidenceCount } from '../__testUtils__/testData';
import { EvidencePage } from './EvidencePage';
import { EvidenceSection } from './EvidenceSection';

const ID = { source: 'demo', name: 'car-loan-default' };
const DIGEST = 'ab12'.repeat(16);
const METRICS: Evidence = {
  digest: DIGEST,
  kind: 'metrics',
  schemaVersion: 1,
  status: 'read',
  message: null,
  reader: 'json/1',
  producer: { name: 'evaluate', version: '2.1' },
  producedAt: '2026-11-01T12:00:00.000Z',
  receivedAt: '2026-11-02T12:00:00.000Z',
  size: 1234,
  mediaType: 'application/json',
  origin: { type: 'push', path: null, by: 'push-token:1' },
};
const BROKEN: Evidence = {
  ...METRICS,
  digest: 'cd34'.repeat(16),
  kind: 'card',
  status: 'unreadable',
  message: '<b>It is no JSON</b>',
  producer: null,
  producedAt: null,
  reader: null,
  origin: { type: 'artefact', path: 'model_card.json', by: null },
};
const TOKEN: PushToken = {
  id: '1',
  name: 'ci',
  createdAt: '2026-11-01T12:00:00.000Z',
  createdBy: 'user:default/ada',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  revokedBy: null,
};

const renderPage = (
  page: Parameters<typeof renderAnyPage>[0],
  options: Parameters<typeof renderAnyPage>[1],
) => renderAnyPage(page, { entity: testEntity(), ...options });

function evidenceOf(items: Evidence[], totalItems = items.length) {
  return jest.fn().mockResolvedValue({
    items,
    totalItems,
    nextCursor: null,
    problems: [],
    lookedThrough: true,
  });
}

describe('EvidenceSection', () => {
  it('shows each document with where it comes from, and hostile messages as text', async () => {
    renderPage(<EvidenceSection id={ID} version="3" />, {
      api: { listEvidence: evidenceOf([METRICS, BROKEN], 5) },
    });
    const table = await screen.findByRole('table', {
      name: 'Evidence of version 3',
    });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(/^metrics.*evaluate 2\.1.*push-token:1/);
    expect(first).toHaveTextContent('json/1');
    expect(
      within(first).getByRole('link', {
        name: 'metrics ab12ab12ab12',
      }),
    ).toHaveAttribute(
      'href',
      `/catalog/default/resource/car-loan-default/versions/3/evidence/${DIGEST}?kind=metrics`,
    );
    expect(first).toHaveTextContent('1.2 kB');
    expect(within(first).getByTitle(new RegExp(DIGEST))).toHaveTextContent(
      /^ab12ab12ab12$/,
    );
    expect(second).toHaveTextContent('artefact model_card.json');
    expect(second).toHaveTextContent('Could not be read: <b>It is no JSON</b>');
  });

  it('does not take the end of a window for the time at which it was computed', async () => {
    const computed: Evidence = {
      ...METRICS,
      kind: 'drift',
      producer: { name: 'Modelport', version: '1' },
      producedAt: '2019-05-01T00:00:00.000Z',
      origin: { type: 'push', path: null, by: 'modelport:monitor' },
    };
    renderPage(<EvidenceSection id={ID} version="3" />, {
      api: { listEvidence: evidenceOf([computed]) },
    });
    const [, row] = await screen.findAllByRole('row');
    expect(row).toHaveTextContent(
      /computed by the portal, for the window that ended .*ago/,
    );
    expect(row).not.toHaveTextContent('by Modelport 1');
  });

  it('does not take files that could not be looked at for none', async () => {
    renderPage(<EvidenceSection id={ID} version="3" />, {
      api: {
        listEvidence: jest
          .fn()
          .mockResolvedValue({ ...testEvidenceCount(0), lookedThrough: false }),
      },
    });
    expect(
      await screen.findByText(/Its files could not be looked through so far/),
    ).toBeInTheDocument();
  });

  it('pages through more documents than stand on one page, and names tokens', async () => {
    const page = (items: Evidence[], nextCursor: string | null) => ({
      items,
      totalItems: 101,
      nextCursor,
      problems: [],
      lookedThrough: true,
    });
    const named = {
      ...METRICS,
      origin: { ...METRICS.origin, byName: 'nightly' },
    };
    const listEvidence = jest.fn(
      async (_id: unknown, _version: string, query: { cursor?: string }) =>
        query.cursor === 'c1' ? page([BROKEN], null) : page([named], 'c1'),
    );
    renderPage(<EvidenceSection id={ID} version="3" />, {
      api: { listEvidence },
    });
    expect(await screen.findByText('101 documents')).toBeVisible();
    expect(screen.getByRole('table')).toHaveTextContent(
      'pushed by the token “nightly”',
    );
    expect(
      screen.getByRole('button', { name: 'Newer documents' }),
    ).toBeDisabled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Older documents' }),
    );
    expect(await screen.findByText(/artefact model_card.json/)).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent('evidence=c1');
    expect(
      screen.getByRole('button', { name: 'Older documents' }),
    ).toBeDisabled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Newer documents' }),
    );
    expect(await screen.findByText(/nightly/)).toBeVisible();
    expect(screen.getByTestId('address')).not.toHaveTextContent('evidence=');
  });

  it('says how evidence comes here where there is none, and what could not be fetched', async () => {
    renderPage(<EvidenceSection id={ID} version="3" />, {
      api: {
        listEvidence: jest.fn().mockResolvedValue({
          items: [],
          totalItems: 0,
          nextCursor: null,
          problems: [{ path: 'README.md', message: 'It is too large' }],
        }),
      },
    });
    expect(await screen.findByText(/-F metrics=@metrics\.json/)).toBeVisible();
    expect(
      screen.getByText('README.md could not be fetched: It is too large'),
    ).toBeVisible();
  });

  it('says why bytes could not be loaded', async () => {
    const error = await testResponseError(404, 'The bytes are not kept');
    renderPage(<EvidenceSection id={ID} version="3" />, {
      api: {
        listEvidence: evidenceOf([METRICS]),
        readEvidence: jest.fn().mockRejectedValue(error),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Download the bytes of metrics ab12ab12ab12',
      }),
    );
    expect(await screen.findByText(/The bytes are not kept/)).toBeVisible();
  });

  it('makes a push token, shows its secret once and revokes it', async () => {
    const api = {
      listEvidence: evidenceOf([]),
      listPushTokens: jest
        .fn()
        .mockResolvedValueOnce([])
        .mockResolvedValueOnce([TOKEN])
        .mockResolvedValue([
          {
            ...TOKEN,
            revokedAt: '2026-11-02T12:00:00.000Z',
            revokedBy: 'user:default/bob',
          },
        ]),
      createPushToken: jest
        .fn()
        .mockResolvedValue({ token: TOKEN, secret: 'mpp_1_secret' }),
      revokePushToken: jest.fn().mockResolvedValue(undefined),
    };
    renderPage(<EvidenceSection id={ID} version="3" />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Push tokens' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Push tokens of car-loan-default',
    });
    await userEvent.type(within(dialog).getByLabelText('Name'), ' ci ');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Create a token' }),
    );
    expect(api.createPushToken).toHaveBeenCalledWith(ID, { name: 'ci' });
    expect(await within(dialog).findByText('mpp_1_secret')).toBeVisible();
    const revoke = { name: 'Revoke the token ci' };
    await userEvent.click(await within(dialog).findByRole('button', revoke));
    // One click alone takes nothing away.
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Keep the token ci' }),
    );
    await userEvent.click(within(dialog).getByRole('button', revoke));
    expect(api.revokePushToken).not.toHaveBeenCalled();
    expect(within(dialog).getByText(/can push no more with it/)).toBeVisible();
    await userEvent.click(within(dialog).getByRole('button', revoke));
    expect(api.revokePushToken).toHaveBeenCalledWith(ID, '1');
    await waitFor(() =>
      expect(within(dialog).getByRole('row', { name: /ci/ })).toHaveTextContent(
        /Revoked .* by bob$/,
      ),
    );
    expect(within(dialog).queryByRole('button', revoke)).toBeNull();
    expect(within(dialog).queryByText('mpp_1_secret')).toBeNull();
  });

  it('offers no tokens to who may not make them', async () => {
    renderPage(<EvidenceSection id={ID} version="3" />, {
      api: { listEvidence: evidenceOf([METRICS]) },
      allowed: false,
    });
    await screen.findByRole('table');
    expect(screen.queryByRole('button', { name: 'Push tokens' })).toBeNull();
    expect(
      await screen.findByText(/You may not make push tokens of this model/),
    ).toHaveTextContent('modelport.evidence.manage-tokens');
  });
});

describe('EvidencePage', () => {
  const documentOf = (evidence: Evidence, body: unknown) => ({
    digest: evidence.digest,
    versions: [
      { of: { ...ID, version: '2' }, evidence: METRICS },
      { of: { ...ID, version: '3' }, evidence },
    ],
    body,
  });
  const open = (evidence: Evidence, body: unknown) => {
    const getEvidence = jest.fn().mockResolvedValue(documentOf(evidence, body));
    renderPage(
      <EvidencePage id={ID} version="3" digest={evidence.digest} back="/v3" />,
      { api: { getEvidence }, address: `/models?kind=${evidence.kind}` },
    );
    return getEvidence;
  };

  it('shows where a document comes from and what it says, a long one in part', async () => {
    const measurements = Array.from({ length: 60 }, (_, n) => ({
      key: `k${n}`,
    }));
    open(METRICS, { measurements });
    expect(
      await screen.findByRole('heading', { name: 'Evidence: metrics' }),
    ).toBeVisible();
    expect(screen.getByText(DIGEST)).toBeVisible();
    expect(
      screen.getByText('car-loan-default, version 2 (demo)'),
    ).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'The document as JSON' }),
    ).not.toHaveTextContent('k59');
    await userEvent.click(
      screen.getByRole('button', { name: /^Show .* more/ }),
    );
    expect(
      screen.getByRole('region', { name: 'The document as JSON' }),
    ).toHaveTextContent('k59');
  });

  it('is what the browser calls it, and offers no bytes of rows, which are not kept', async () => {
    open({ ...METRICS, kind: 'evaluation-rows' }, null);
    expect(
      await screen.findByRole('heading', { name: 'Evidence: evaluation-rows' }),
    ).toBeVisible();
    await waitFor(() =>
      expect(document.title).toMatch(/^Evidence: evaluation-rows of version 3/),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Open it' }));
    expect(await screen.findByText(DIGEST)).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Download/ })).toBeNull();
  });

  it('says why a document could not be read, as text', async () => {
    open(BROKEN, null);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not be read: <b>It is no JSON</b>',
    );
    expect(screen.getByRole('link', { name: 'Version 3' })).toBeVisible();
  });

  it('opens rows of people only when asked to', async () => {
    const getEvidence = open(
      { ...METRICS, kind: 'evaluation-rows' },
      { rows: [{ id: 'r1' }] },
    );
    expect(
      await screen.findByText(/holds rows of single people/),
    ).toBeVisible();
    expect(getEvidence).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Open it' }));
    expect(await screen.findByText(/"r1"/)).toBeVisible();
  });
});
