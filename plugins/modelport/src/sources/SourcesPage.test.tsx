import { Source } from '@modelport/plugin-modelport-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage, testResponseError } from '../__testUtils__/renderPage';
import { testSource } from '../__testUtils__/testData';
import { SourcesPage } from './SourcesPage';

const failing = () =>
  testSource({
    id: 'mlflow',
    kind: 'mlflow',
    url: 'https://mlflow.example/',
    state: 'failing',
    lastSuccessAt: null,
    errors: [
      {
        where: 'registered-models/search',
        message: 'MLflow answered 503; 4 models were kept.',
        at: '2026-03-01T00:00:00Z',
      },
    ],
  });

function apiOf(sources: Source[]) {
  return {
    listSources: jest.fn(async () => sources),
    syncSource: jest.fn(async () => sources[0]),
  };
}

describe('SourcesPage', () => {
  it('shows each source with its state in words and its errors', async () => {
    renderPage(<SourcesPage />, { api: apiOf([testSource(), failing()]) });

    const good = await screen.findByRole('region', { name: 'demo' });
    expect(good).toHaveTextContent('up to date');
    const bad = screen.getByRole('region', { name: 'mlflow' });
    expect(bad).toHaveTextContent('failing');
    expect(bad).toHaveTextContent('Last full passnever');
    expect(bad).toHaveTextContent('What was read before is kept and shown.');
    expect(
      within(bad).getByRole('row', { name: /registered-models/ }),
    ).toHaveTextContent('MLflow answered 503; 4 models were kept.');
    expect(bad).not.toHaveTextContent('Accept');
  });

  it('asks for a pass and follows it to what it changed', async () => {
    const api = apiOf([testSource()]);
    renderPage(<SourcesPage />, { api });
    const button = await screen.findByRole('button', { name: 'Sync demo now' });
    const askedAt = new Date().toISOString();
    api.listSources.mockImplementation(async () => [testSource({ askedAt })]);

    await userEvent.click(button);
    expect(api.syncSource).toHaveBeenCalledWith('demo', {});
    expect(
      await screen.findByText(/^Asked for .*; the pass is about to start.$/),
    ).toBeInTheDocument();
    expect(button).toBeDisabled();

    api.listSources.mockImplementation(async () => [
      testSource({
        askedAt,
        progress: {
          phase: 'versions',
          models: 1200,
          versions: 34,
          startedAt: '2026-03-01T00:00:00Z',
        },
      }),
    ]);
    expect(
      await screen.findByText(
        /1,200 models and 34 versions so far/,
        {},
        { timeout: 5000 },
      ),
    ).toBeInTheDocument();

    const lastPass = {
      askedAt,
      startedAt: '2026-03-02T00:00:00Z',
      endedAt: '2026-03-02T00:00:01.5Z',
      changed: { models: 1, versions: 2, gone: 0 },
    };
    api.listSources.mockImplementation(async () => [testSource({ lastPass })]);
    expect(
      await screen.findByText(
        /took 1.5 s: 1 models and 2 versions new or changed, 0 gone.$/,
        {},
        { timeout: 5000 },
      ),
    ).toBeInTheDocument();
    expect(button).toBeEnabled();
  }, 20_000);

  it('says what came of the last pass, and lets a failed one be asked for again', async () => {
    const pass = {
      askedAt: null,
      startedAt: '2026-03-02T00:00:00Z',
      endedAt: '2026-03-02T00:00:01Z',
    };
    const changed = { models: 0, versions: 0, gone: 0 };
    renderPage(<SourcesPage />, {
      api: apiOf([
        testSource({ lastPass: { ...pass, changed } }),
        {
          ...failing(),
          askedAt: pass.startedAt,
          lastPass: { ...pass, changed: null },
        },
      ]),
    });
    expect(
      await screen.findByText(/took 1 s: nothing had changed.$/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/the last attempt failed, the next one comes by itself/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Sync mlflow now' }),
    ).toBeEnabled();
  });

  it('shows the path of a folder', async () => {
    renderPage(<SourcesPage />, {
      api: apiOf([testSource({ url: '../../examples/registry' })]),
    });
    expect(
      await screen.findByText('../../examples/registry'),
    ).toBeInTheDocument();
  });

  it('says why a pass was not started', async () => {
    const error = await testResponseError(403, 'Ask an admin');
    const api = apiOf([testSource()]);
    api.syncSource.mockRejectedValue(error);
    renderPage(<SourcesPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sync demo now' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('Ask an admin');
  });

  it('offers no pass to who may not ask for one, and says who may', async () => {
    renderPage(<SourcesPage />, { api: apiOf([failing()]), allowed: false });
    await screen.findByRole('region', { name: 'mlflow' });
    expect(
      await screen.findByText(/the permission modelport.sources.sync/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Sync/ }),
    ).not.toBeInTheDocument();
  });

  it('lets accept a refused retirement only after asking again', async () => {
    const source = failing();
    source.errors[0].message =
      '400 of 600 models are gone; the pass refused to retire them.';
    const api = apiOf([source]);
    renderPage(<SourcesPage />, { api });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Accept that it is gone' }),
    );
    expect(api.syncSource).not.toHaveBeenCalled();
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', {
        name: 'Accept and sync',
      }),
    );
    expect(api.syncSource).toHaveBeenCalledWith('mlflow', {
      acceptRetirement: true,
    });
  });

  it('says how to add a source where there is none', async () => {
    renderPage(<SourcesPage />, { api: apiOf([]) });
    expect(await screen.findByText('No sources')).toBeInTheDocument();
  });
});
