import { Card, CardField } from '@modelport/plugin-modelport-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { testResponseError } from '../__testUtils__/renderPage';
import {
  BASE,
  ID,
  apiOf,
  derived,
  renderCard,
  testCard,
  written,
} from '../__testUtils__/testCard';
import { testModel, testVersion } from '../__testUtils__/testData';
import { saveFile } from '../components/saveFile';

jest.mock('../components/saveFile');

/** In two parts, since a linter takes it for one that is meant. */
const SCRIPT_URL = ['javascript', 'alert(1)'].join(':');

describe('the card', () => {
  it('shows the version in production, each field with where it comes from', async () => {
    const api = apiOf();
    renderCard(api);
    const purpose = await screen.findByRole('group', {
      name: 'Business purpose',
    });
    expect(api.getCard).toHaveBeenCalledWith(ID, '2');
    expect(purpose).toHaveTextContent('written by');
    expect(purpose).toHaveTextContent('grace');
    expect(purpose).toHaveTextContent('evidence abcdef012345');
    expect(within(purpose).getByText('defaults').tagName).toBe('STRONG');
    expect(screen.getByRole('group', { name: 'Owners' })).toHaveTextContent(
      'from the registry',
    );
    expect(
      screen.getByRole('group', { name: 'Limitations' }),
    ).toHaveTextContent('a placeholder');
    expect(screen.getByRole('group', { name: 'Metrics' })).toHaveTextContent(
      '0.90',
    );
    const measured = screen.getByRole('group', { name: 'Metrics as measured' });
    expect(measured).toHaveTextContent('june');
    expect(measured).toHaveTextContent('20,107');
    expect(measured).toHaveTextContent('NaN');
    expect(screen.getByRole('group', { name: 'Inputs' })).toHaveTextContent(
      'agelong',
    );
    expect(
      screen.getByRole('group', { name: 'Hyperparameters' }),
    ).toHaveTextContent('max_depth4');
  });

  it('says of each field who vouches for it, whether that counts, and why it does not apply', async () => {
    renderCard(
      apiOf({
        getCard: async () =>
          testCard({
            fields: {
              purpose: written('Fewer defaults'),
              users: written('Underwriters'),
              limitations: written('None below 18'),
              notApplicable: written({ fairness: 'No people are scored.' }),
            },
            attestations: {
              purpose: {
                by: 'user:default/rosa',
                at: '2020-02-01T00:00:00Z',
              },
            },
            claims: {
              purpose: { by: 'Somebody', at: null, evidence: 'abc' },
              users: {
                by: 'Grace',
                at: '2026-11-22T00:00:00.000Z',
                evidence: 'abc',
              },
              fairness: { by: 'Rosa', at: null, evidence: 'abc' },
            },
            completeness: {
              template: 'eu-ai-act-annex-iv',
              score: 0,
              missing: [
                { path: 'purpose', reason: 'outdated' },
                { path: 'users', reason: 'unattested' },
                { path: 'limitations', reason: 'unattested' },
              ],
            },
            lapsed: {
              limitations: {
                by: 'user:default/ada',
                at: '2026-01-05T00:00:00.000Z',
              },
            },
          }),
      }),
    );
    const purpose = await screen.findByRole('group', {
      name: 'Business purpose',
    });
    expect(purpose).toHaveTextContent(/attested by rosa/);
    expect(purpose).toHaveTextContent('older than the version');
    expect(purpose).not.toHaveTextContent('Somebody');
    const users = screen.getByRole('group', { name: 'Users' });
    expect(users).toHaveTextContent(
      /the document says attested by Grace on .*2026.* · attested here by nobody/,
    );
    const limitations = screen.getByRole('group', { name: 'Limitations' });
    expect(limitations).toHaveTextContent(
      /ada attested an earlier wording, on .*2026/i,
    );
    expect(limitations).not.toHaveTextContent('by nobody');
    const list = screen.getByRole('list', { name: 'What does not count yet' });
    expect(list).toHaveTextContent(
      /Limitations.*: ada attested an earlier wording, on .*2026/i,
    );
    expect(list).toHaveTextContent(/Users.*: attested here by nobody/);
    const fairness = screen.getByRole('group', { name: 'Fairness' });
    expect(fairness).toHaveTextContent(
      'the document says attested by Rosa, on no day',
    );
    expect(fairness).toHaveTextContent('Does not apply: No people are scored.');
  });

  it('shows the first rows of a long table, and all of them on paper', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => [`setting ${n}`, '1']);
    renderCard(
      apiOf({
        getCard: async () =>
          testCard({
            fields: { hyperparameters: derived(Object.fromEntries(rows)) },
          }),
      }),
    );
    expect(await screen.findByText('setting 14')).toBeVisible();
    expect(screen.getByText('setting 15')).not.toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show all 40' }));
    expect(screen.getByText('setting 39')).toBeVisible();
  });

  it('says on paper which model, version and source it is of, which documents it draws on, and days instead of ages', async () => {
    renderCard(apiOf({ getCard: async () => testCard({ revision: 'r1' }) }));
    const head = await screen.findByText(
      'Model card of car-loan-default, version 2',
    );
    expect(head).not.toBeVisible();
    expect(head.parentElement).toHaveTextContent('demo');
    expect(head.parentElement).toHaveTextContent('r1');
    expect(head.parentElement).toHaveTextContent('abcdef0123456789');
    const purpose = screen.getByRole('group', { name: 'Business purpose' });
    expect(within(purpose).getByText('Feb 1, 2026')).not.toBeVisible();
  });

  it('says what a derived field comes from, and leads to its document', async () => {
    const field = (provenance: Partial<CardField['provenance']>): CardField => {
      const known = derived('Something');
      return { ...known, provenance: { ...known.provenance, ...provenance } };
    };
    renderCard(
      apiOf({
        getCard: async () =>
          testCard({
            fields: {
              monitoring: field({
                evidence: 'abcdef0123456789',
                kind: 'drift',
              }),
              trainingData: field({ nodes: ['dataset:x'] }),
            },
          }),
        getVersion: async () =>
          testVersion({
            links: [
              { title: 'MLflow', url: 'https://mlflow.example/models/1' },
              { title: 'Evil', url: SCRIPT_URL },
            ],
          }),
      }),
    );
    const monitoring = await screen.findByRole('group', { name: 'Monitoring' });
    expect(monitoring).toHaveTextContent('from drift evidence');
    expect(
      within(monitoring).getByRole('link', { name: 'evidence abcdef012345' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/resource/car-loan-default/versions/2/evidence/abcdef0123456789?kind=drift',
    );
    expect(
      screen.getByRole('group', { name: 'Training data' }),
    ).toHaveTextContent('from the lineage');
    expect(
      await screen.findByRole('link', {
        name: /Open in the registry: MLflow/,
      }),
    ).toHaveAttribute('href', 'https://mlflow.example/models/1');
    expect(screen.queryByText(/Evil/)).toBeNull();
  });

  it('lists what is missing, by the clause, and that a template attests to nothing', async () => {
    renderCard(apiOf());
    const section = await screen.findByRole('region', { name: 'Completeness' });
    expect(section).toHaveTextContent('50%');
    expect(section).toHaveTextContent('Regulation (EU) 2024/1689, Annex IV');
    expect(section).toHaveTextContent('it attests to none');
    expect(section).toHaveTextContent(
      'Limitations (Annex IV 3): only a placeholder',
    );
    expect(section).toHaveTextContent(
      'Monitoring (Annex IV 9, Article 72): attested here by nobody',
    );
    expect(section).toHaveTextContent('A name in a document');
  });

  it('says what the evidence contradicts, and marks the field', async () => {
    renderCard(
      apiOf({
        getCard: async () =>
          testCard({
            contradictions: [
              {
                path: 'metrics.roc_auc',
                written: 0.91,
                decimals: 2,
                dataset: 'test',
                slice: null,
                document: 'cccccccccccc9999',
                derived: 0.87,
                evidence: 'eeeeeeeeeeee9999',
                measured: { key: 'roc_auc', dataset: 'test' },
              },
              {
                path: 'metrics.AUC',
                written: 0.9,
                derived: 0.96416383706253,
                evidence: null,
                measured: { key: 'test_roc_auc', dataset: 'june' },
              },
            ],
          }),
      }),
    );
    const alert = await screen.findByRole('alert');
    const [exact, likely] = within(alert).getAllByRole('listitem');
    expect(exact).toHaveTextContent(
      'Metrics: roc_auc on test: the card (evidence cccccccccccc) says 0.91, the measurement (evidence eeeeeeeeeeee) says 0.87.',
    );
    expect(
      within(exact)
        .getAllByRole('link')
        .map(link => link.getAttribute('href')),
    ).toEqual([
      expect.stringMatching('/evidence/cccccccccccc9999.kind=card$'),
      expect.stringMatching('/evidence/eeeeeeeeeeee9999.kind=metrics$'),
    ]);
    expect(likely).toHaveTextContent(
      'Metrics: AUC: the card in the registry says 0.9, the registry says 0.9642 (test_roc_auc on june).',
    );
    expect(screen.getByRole('group', { name: 'Metrics' })).toHaveTextContent(
      'contradicted by the evidence',
    );
  });

  it('shows hostile text harmlessly', async () => {
    renderCard(
      apiOf({
        getCard: async () =>
          testCard({
            fields: {
              purpose: written(
                '<script>window.hacked = 1</script> [x](javascript:alert(1)) ![p](https://evil.example/p.png)',
              ),
              references: written([
                ['javascript', 'alert(1)'].join(':'),
                'https://example.com/paper',
              ]),
            },
          }),
      }),
    );
    const purpose = await screen.findByRole('group', {
      name: 'Business purpose',
    });
    expect(purpose.querySelector('script')).toBeNull();
    for (const element of document.querySelectorAll('[src], [href]')) {
      expect(
        `${element.getAttribute('src')} ${element.getAttribute('href')}`,
      ).not.toMatch(/javascript:|evil/);
    }
    expect(
      screen.getByRole('link', { name: /example.com\/paper/ }),
    ).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('holds the version and what it is compared to in the address', async () => {
    const cards: Record<string, Card> = {
      '2': testCard(),
      '3': testCard({
        fields: { purpose: written('More loans'), security: written('None') },
      }),
    };
    const api = apiOf({
      getCard: jest.fn(async (_id, version: string) => cards[version]),
    });
    renderCard(api);
    await screen.findByRole('group', { name: 'Business purpose' });
    await screen.findByRole('option', { name: '2 (champion)', selected: true });
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Version' }),
      '3',
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Difference to' }),
      '2',
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      `${BASE}?version=3&compare=2`,
    );
    const table = await screen.findByRole('table', {
      name: 'Fields that differ between versions 2 and 3',
    });
    expect(
      within(table).getByRole('row', { name: /Business purpose/ }),
    ).toHaveTextContent('changedFewer **defaults**More loans');
    expect(
      within(table).getByRole('row', { name: /Security/ }),
    ).toHaveTextContent('addednot saidNone');
    expect(
      within(table).getByRole('row', { name: /Owners/ }),
    ).toHaveTextContent('removed');
  });

  it('saves it, says what the format cannot hold, and why a download failed', async () => {
    const failure = await testResponseError(503, 'Out of order');
    const exportCard = jest
      .fn()
      .mockResolvedValueOnce({
        text: '{}',
        notHeld: [
          'purpose',
          'metrics.dataset',
          'metrics.n',
          'limitations.markup',
        ],
      })
      .mockRejectedValueOnce(failure);
    renderCard(apiOf({ exportCard }));
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Download the card as CycloneDX',
      }),
    );
    expect(
      await screen.findByText(
        'Saved as CycloneDX, which cannot hold: Business purpose, Metrics (what they were measured on), Metrics (the number of rows), Limitations (HTML, images, links that lead elsewhere than to the web).',
      ),
    ).toBeInTheDocument();
    expect(exportCard).toHaveBeenCalledWith(ID, '2', 'cyclonedx');
    expect(saveFile).toHaveBeenCalledWith(
      expect.any(Blob),
      'car-loan-default-2.cdx.json',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Download the card as Markdown' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('Out of order');
    expect(saveFile).toHaveBeenCalledTimes(1);
  });

  it('says how a card is written where nobody has, and why it cannot be shown', async () => {
    const failure = await testResponseError(403, 'Not for you');
    const { unmount } = renderCard(
      apiOf({
        getCard: async () => testCard({ fields: { owners: derived(['x']) } }),
      }),
    );
    expect(
      await screen.findByText('Nobody has written this card yet'),
    ).toBeInTheDocument();
    unmount();
    const second = renderCard(
      apiOf({ getCard: () => Promise.reject(failure) }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see this',
    );
    second.unmount();
    renderCard(
      apiOf({
        getModel: async () =>
          testModel({ environments: [], latestVersion: null }),
      }),
    );
    expect(await screen.findByText('No version, no card')).toBeInTheDocument();
  });
});
