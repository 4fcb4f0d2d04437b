import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage, testResponseError } from '../__testUtils__/renderPage';
import {
  testModel,
  testModelPage,
  testSource,
} from '../__testUtils__/testData';
import { ModelsQuery } from '../api/modelportApi';
import { ModelsPage } from './ModelsPage';

const FACETS = {
  owner: [
    { value: 'group:default/risk-analytics', count: 2 },
    { value: null, count: 1 },
  ],
  stage: [{ value: 'production', count: 2 }],
  drift: [
    { value: 'unknown', count: 2 },
    { value: 'drifting', count: 1 },
  ],
  card: [{ value: 'missing', count: 3 }],
  review: [
    { value: 'none', count: 2 },
    { value: 'awaiting', count: 1 },
  ],
};

function apiOf(
  answer: (query: ModelsQuery) => ReturnType<typeof testModelPage>,
) {
  return {
    listModels: jest.fn(async (query: ModelsQuery) => answer(query)),
    listSources: jest.fn(async () => [testSource()]),
  };
}

const threeModels = () =>
  testModelPage(
    [
      testModel(),
      testModel({
        name: 'digits',
        owner: null,
        ownerTag: 'nobody-known',
        drift: 'drifting',
        mainMetric: {
          key: 'accuracy',
          value: 'NaN',
          direction: 'higher',
          version: '1',
          measurement: {
            key: 'accuracy',
            value: 'NaN',
            dataset: { name: 'digits-holdout', digest: null },
            evaluationSet: null,
            slice: null,
            n: 20107,
            lower: null,
            upper: null,
            evidence: null,
          },
        },
        trend: [],
        environments: [],
        riskTier: 'low',
        riskTierConfirmed: {
          tier: 'low',
          by: 'user:default/rosa',
          at: '2026-02-02T00:00:00Z',
          comment: 'Assessment 7',
        },
        stale: true,
      }),
    ],
    { totalItems: 3, facets: FACETS, nextCursor: 'c2' },
  );

const address = () => screen.getByTestId('address').textContent;

describe('ModelsPage', () => {
  it('shows models with their figures, and what is not known as such', async () => {
    renderPage(<ModelsPage />, { api: apiOf(threeModels) });

    const table = await screen.findByRole('table', { name: 'Models' });
    const [, first, second] = within(table).getAllByRole('row');
    expect(
      within(first).getByRole('link', { name: 'car-loan-default' }),
    ).toHaveAttribute('href', '/catalog/default/resource/car-loan-default');
    expect(first).toHaveTextContent('since before the first sync');
    expect(first).toHaveTextContent('0.25');
    expect(first).toHaveTextContent('lower is better');
    expect(
      within(first).getByRole('img', {
        name: 'test_log_loss over versions 1, 2, 3, oldest first: 0.5, NaN, 0.25',
      }),
    ).toBeInTheDocument();
    expect(first).toHaveTextContent('no data');
    expect(first).toHaveTextContent('high (unconfirmed)');
    expect(second).toHaveTextContent('NaN');
    expect(second).toHaveTextContent('n = 20,107 · data digits-holdout');
    expect(second).toHaveTextContent('unknown (tag says “nobody-known”)');
    expect(second).toHaveTextContent('drifting');
    expect(second).toHaveTextContent('not in production');
    expect(second).toHaveTextContent('old data');
    expect(second).not.toHaveTextContent('unconfirmed');
  });

  it('filters by an owner that is not known', async () => {
    const api = apiOf(threeModels);
    renderPage(<ModelsPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Filters/ }),
    );
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /^unknown owner/ }),
    );
    expect(address()).toBe('/models?owner=none');
    await waitFor(() =>
      expect(api.listModels).toHaveBeenCalledWith(
        expect.objectContaining({ owner: ['none'], limit: 25 }),
      ),
    );
  });

  it('filters by the counts, and keeps the filter in the address', async () => {
    const api = apiOf(threeModels);
    renderPage(<ModelsPage />, { api });

    const drifting = await screen.findByRole('button', { name: '1 Drifting' });
    expect(
      screen.getByRole('button', { name: '2 In production' }),
    ).toBeInTheDocument();
    await userEvent.click(drifting);

    expect(address()).toBe('/models?drift=drifting');
    await waitFor(() =>
      expect(api.listModels).toHaveBeenCalledWith(
        expect.objectContaining({ drift: ['drifting'], sort: 'name' }),
      ),
    );
    expect(drifting).toHaveAttribute('aria-pressed', 'true');

    await userEvent.click(
      screen.getByRole('button', { name: '1 Awaiting review' }),
    );
    expect(address()).toBe('/models?review=awaiting');
    await waitFor(() =>
      expect(api.listModels).toHaveBeenCalledWith(
        expect.objectContaining({ review: ['awaiting'], drift: [] }),
      ),
    );
    expect(drifting).toHaveAttribute('aria-pressed', 'false');
  });

  it('calls nothing all that a search or another filter narrows', async () => {
    renderPage(<ModelsPage />, {
      api: apiOf(threeModels),
      address: '/models?q=loan&drift=drifting',
    });
    expect(
      await screen.findByRole('button', { name: '3 All that match' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /All$/ })).toBeNull();
  });

  it('reads filters, search and order from the address and leaves out what the API does not know', async () => {
    const api = apiOf(threeModels);
    renderPage(<ModelsPage />, {
      api,
      address:
        '/models?q=loan&owner=group:default/a&owner=b&drift=nonsense&sort=-mainMetric&limit=25',
    });

    const table = await screen.findByRole('table', { name: 'Models' });
    expect(api.listModels).toHaveBeenCalledWith(
      expect.objectContaining({
        q: 'loan',
        owner: ['group:default/a', 'b'],
        drift: [],
        sort: '-mainMetric',
        limit: 25,
      }),
    );
    expect(
      within(table).getByRole('columnheader', { name: 'Main metric' }),
    ).toHaveAttribute('aria-sort', 'descending');
    expect(screen.getByRole('searchbox')).toHaveValue('loan');
  });

  it('searches after a pause, goes on by cursors and back', async () => {
    const api = apiOf(threeModels);
    renderPage(<ModelsPage />, { api });

    await userEvent.type(await screen.findByRole('searchbox'), 'loan');
    await waitFor(() => expect(address()).toBe('/models?q=loan'));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Next page' }),
    );
    expect(address()).toBe('/models?q=loan&cursor=c2');
    await waitFor(() =>
      expect(api.listModels).toHaveBeenCalledWith(
        expect.objectContaining({ q: 'loan', cursor: 'c2' }),
      ),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Previous page' }),
    );
    expect(address()).toBe('/models?q=loan');
  });

  it('says how models arrive where there are none, and shows those that do', async () => {
    let models: ReturnType<typeof testModel>[] = [];
    renderPage(<ModelsPage />, {
      api: apiOf(() => testModelPage(models, { facets: {} })),
    });

    expect(await screen.findByText('No models yet')).toBeInTheDocument();
    expect(screen.getByText(/MLFLOW_TRACKING_URI=/)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'See the sources' }),
    ).toHaveAttribute('href', '/models/sources');

    models = [testModel({ name: 'arrived' })];
    expect(
      await screen.findByText('arrived', {}, { timeout: 10_000 }),
    ).toBeInTheDocument();
    expect(screen.queryByText('No models yet')).not.toBeInTheDocument();
  }, 20_000);

  it('offers to reset the filters where nothing matches', async () => {
    renderPage(<ModelsPage />, {
      api: apiOf(() => testModelPage([], { facets: {} })),
      address: '/models?q=nothing&task=binary',
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Reset search and filters' }),
    );
    expect(address()).toBe('/models');
  });

  it('says why the list could not be loaded and tries again', async () => {
    const error = await testResponseError(503, 'The database is away');
    const api = apiOf(threeModels);
    api.listModels.mockRejectedValue(error);
    renderPage(<ModelsPage />, { api });

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is away');
    expect(alert).toHaveTextContent('Nothing is lost');
    expect(screen.getByRole('button', { name: '– All' })).toBeInTheDocument();
    api.listModels.mockImplementation(async () => threeModels());
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(
      await screen.findByRole('table', { name: 'Models' }),
    ).toBeInTheDocument();
  });

  it('warns of a source that cannot be read, unless the reader may not know of sources', async () => {
    const api = {
      ...apiOf(threeModels),
      listSources: jest.fn(async () => [
        testSource({ id: 'mlflow', state: 'failing' }),
      ]),
    };
    const { unmount } = renderPage(<ModelsPage />, { api });
    expect(
      await screen.findByText(/The source mlflow cannot be read at present/),
    ).toBeInTheDocument();
    unmount();

    api.listSources.mockClear();
    renderPage(<ModelsPage />, { api, allowed: false });
    await screen.findByRole('table', { name: 'Models' });
    expect(api.listSources).not.toHaveBeenCalled();
  });

  it('keeps the columns that the reader chose', async () => {
    renderPage(<ModelsPage />, { api: apiOf(threeModels) });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Columns' }),
    );
    await userEvent.click(
      screen.getByRole('menuitemcheckbox', { name: 'Framework' }),
    );
    await userEvent.keyboard('{Escape}');
    expect(
      await screen.findByRole('columnheader', { name: 'Framework' }),
    ).toBeInTheDocument();
  });
});
