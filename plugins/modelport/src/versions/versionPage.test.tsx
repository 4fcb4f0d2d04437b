import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ID, renderVersions } from '../__testUtils__/renderVersions';
import { testResponseError } from '../__testUtils__/renderPage';
import { testMeasurement, testVersion } from '../__testUtils__/testData';

describe('the page of a version', () => {
  const versionApi = (part: Parameters<typeof testVersion>[0] = {}) => ({
    getVersion: jest.fn(async () => testVersion(part)),
    listEvidence: jest.fn(async () => ({
      items: [],
      totalItems: 0,
      nextCursor: null,
      problems: [],
      lookedThrough: true,
    })),
    listArtefacts: jest.fn(
      async (_id: unknown, _version: string, path?: string) => ({
        items: path
          ? [{ path: 'model/MLmodel', isFolder: false, size: 2048 }]
          : [{ path: 'model', isFolder: true, size: null }],
        listedAt: '2026-03-01T00:00:00Z',
        message: null,
      }),
    ),
    getMetricHistory: jest.fn(async () => ({
      items: [
        { step: 0, time: null, value: 0.7 },
        { step: 1, time: null, value: 'NaN' as const },
        { step: 2, time: null, value: 0.5 },
      ],
    })),
  });

  it('is found by an encoded address and shows what is known', async () => {
    const api = versionApi({
      version: 'a/b',
      metrics: { loss: 'NaN' },
      tags: { long: 'x'.repeat(5000) },
      signatureMessage: 'The MLmodel file was not readable.',
      loadCode: 'import mlflow',
      measurements: [
        testMeasurement({
          key: 'test_roc_auc',
          n: 1234,
          lower: 0.89,
          upper: 0.91,
        }),
        testMeasurement({ key: 'test_roc_auc', slice: 'age < 30', value: 0.8 }),
      ],
    });
    renderVersions(api, '/a%2Fb');

    const metrics = await screen.findByRole('region', { name: 'Metrics' });
    expect(api.getVersion).toHaveBeenCalledWith(ID, 'a/b');
    expect(metrics).toHaveTextContent('0.89 … 0.91');
    expect(metrics).toHaveTextContent('1,234');
    expect(metrics).toHaveTextContent('NaN');
    expect(metrics).toHaveTextContent('Slice age < 30');
    expect(
      screen.getByText('No signature: The MLmodel file was not readable.'),
    ).toBeInTheDocument();
    const tags = screen.getByRole('region', { name: 'Tags' });
    expect(tags.textContent?.length).toBeLessThan(500);
    await userEvent.click(
      within(tags).getByRole('button', { name: 'Show all of it' }),
    );
    expect(tags.textContent?.length).toBeGreaterThan(5000);
    expect(screen.getByRole('region', { name: 'Evidence' })).toHaveTextContent(
      'Nothing was pushed for this version yet',
    );
  });

  it('names the data that a run read and that metrics were measured on', async () => {
    renderVersions(
      versionApi({
        version: '3',
        datasets: [
          {
            name: 'loans-train',
            digest: '1f164e9a',
            context: 'training',
            source: 'code: train.py',
            rows: 40,
          },
          { name: 'loans-test', digest: '0b57c5fe', context: null },
        ],
        measurements: [
          testMeasurement({
            dataset: { name: 'loans-test', digest: '0b57c5fe' },
          }),
        ],
      }),
      '/3',
    );
    const data = await screen.findByRole('region', { name: 'Data' });
    expect(
      within(data).getByRole('row', { name: /loans-train/ }),
    ).toHaveTextContent('loans-traintraining401f164e9acode: train.py');
    expect(
      within(data).getByRole('row', { name: /loans-test/ }),
    ).toHaveTextContent('loans-testwhat metrics were measured on–0b57c5fe–');
  });

  it('offers no history of what has none', async () => {
    renderVersions(
      versionApi({
        metrics: { loss: 0.5, test_roc_auc: 0.9 },
        metricsWithHistory: ['loss'],
      }),
      '/3?history=test_roc_auc',
    );
    expect(
      await screen.findByRole('button', { name: 'Show the history of loss' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /history of test_roc_auc/ }),
    ).not.toBeInTheDocument();
  });

  it('shows a history on demand, as a table too', async () => {
    const api = versionApi({ metricsWithHistory: ['test_roc_auc'] });
    renderVersions(api, '/3');

    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show the history of test_roc_auc',
      }),
    );
    const figure = await screen.findByRole('figure', {
      name: /3 points, first 0.7, last 0.5, lowest 0.5, highest 0.7/,
    });
    expect(api.getMetricHistory).toHaveBeenCalledWith(ID, '3', 'test_roc_auc');
    expect(figure).toHaveTextContent('1 value is not a finite number');
    await userEvent.click(
      within(figure).getByRole('button', { name: 'Show as table' }),
    );
    expect(within(figure).getAllByRole('row')[2]).toHaveTextContent('NaN');
    expect(screen.getByTestId('address')).toHaveTextContent(
      'history=test_roc_auc',
    );
  });

  it('opens folders of artefacts', async () => {
    const api = versionApi();
    renderVersions(api, '/3');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Open the folder model' }),
    );
    expect(await screen.findByText('MLmodel')).toBeInTheDocument();
    expect(screen.getByText('2.0 kB')).toBeInTheDocument();
    expect(api.listArtefacts).toHaveBeenLastCalledWith(ID, '3', 'model');
  });

  it('says that a version does not exist', async () => {
    const error = await testResponseError(404, 'There is no version abc');
    renderVersions(
      { ...versionApi(), getVersion: () => Promise.reject(error) },
      '/abc',
    );
    await waitFor(() =>
      expect(screen.getByRole('alert')).toHaveTextContent(
        'There is no version abc',
      ),
    );
  });

  it('shows a version that is called like the comparison', async () => {
    const api = versionApi({ version: 'compare' });
    renderVersions(api, '/compare');
    expect(
      await screen.findByRole('heading', { name: 'Version compare' }),
    ).toBeInTheDocument();
  });
});
