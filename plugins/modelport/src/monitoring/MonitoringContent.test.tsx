import { Alert } from '@modelport/plugin-modelport-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderPage,
  testEntity,
  testResponseError,
} from '../__testUtils__/renderPage';
import {
  testEvidenceCount,
  testModel,
  testVersion,
} from '../__testUtils__/testData';
import {
  testDriftingMonitoring,
  testHeatMap,
  testMonitor,
  testMonitoring,
  testRules,
  testServing,
} from '../__testUtils__/testMonitoring';
import { ModelportApi } from '../api/modelportApi';
import { MonitoringContent } from './MonitoringContent';

const BASE = '/catalog/default/resource/car-loan-default/monitoring';
const EMPTY_MAP = {
  windows: [],
  rows: [],
  importance: null,
  truncated: false,
};
const ID = { source: 'demo', name: 'car-loan-default' };

function renderMonitoring(api: Partial<ModelportApi> = {}, query = '') {
  return renderPage(<MonitoringContent />, {
    api: {
      getModel: async () => testModel(),
      listVersions: async () => ({
        items: [testVersion({ version: '2', aliases: ['champion'] })],
        totalItems: 1,
        nextCursor: null,
      }),
      getMonitoring: async () => testDriftingMonitoring(),
      getDriftHeatMap: async () => testHeatMap(),
      listAlerts: async () => ({ items: [], totalItems: 0, nextCursor: null }),
      getMonitor: async () => testMonitor(),
      getAlertRules: async () => testRules(),
      listEvidence: async () => testEvidenceCount(0),
      getServing: async () => testServing({ configured: false }),
      ...api,
    },
    entity: testEntity(),
    address: `${BASE}${query}`,
    mountPath: `${BASE}/*`,
  });
}

describe('MonitoringContent', () => {
  beforeEach(() => {
    // There is nothing to draw on here.
    jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  });

  it('says how drift stands, and shows the features as a table', async () => {
    renderMonitoring();
    expect(
      await screen.findByText(
        /Breaches in the newest window, and in the one before/,
      ),
    ).toBeInTheDocument();
    const figure = await screen.findByRole('figure', {
      name: 'Evidently: 2 features in 3 windows; 2 in breach in the newest one.',
    });
    await userEvent.click(
      within(figure).getByRole('button', { name: 'Show as table' }),
    );
    const table = within(figure).getByRole('table');
    expect(
      within(table)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual([
      'FeatureStatisticImportanceThreshold2019-032019-042019-05',
      'car_valuepsi–0.10.010.9 ●0.95 ●',
      'loan_lengthpsi–0.10.030.050.2 ●',
    ]);
    expect(within(figure).getByText(/a dot marks a breach/i)).toBeVisible();
  });

  it('says first whether the world moved, what matters in that, and what was done', async () => {
    const open = {
      id: '1',
      state: 'open',
      severity: 'high',
      category: 'drift',
      version: '2',
      entityRef: 'resource:default/car-loan-default',
      openedAt: '2026-01-01T00:00:00Z',
      acknowledged: null,
      closed: null,
      actions: [],
      findings: [],
      history: [],
    };
    renderMonitoring({
      getDriftHeatMap: async () => ({
        ...testHeatMap(),
        rows: testHeatMap().rows.map(row => ({ ...row, importance: 0.5 })),
      }),
      listAlerts: async () => ({
        items: [
          {
            ...open,
            actions: [{ id: 'retrain', type: 'webhook', state: 'started' }],
          },
          { ...open, id: '2', state: 'closed' },
        ] as unknown as Alert[],
        totalItems: 2,
        nextCursor: null,
      }),
    });
    const glance = await screen.findByRole('region', { name: 'At a glance' });
    await waitFor(() =>
      expect(glance).toHaveTextContent(
        '1 alert waits for somebody; 1 action was started; 1 was closed before',
      ),
    );
    expect(glance).toHaveTextContent(
      'car_value (importance 0.5)loan_length (importance 0.5)',
    );
    expect(glance).toHaveTextContent('roc_auc (estimated) was within');
    expect(glance).toHaveTextContent('1 finding in 2019-05');
    expect(
      glance.compareDocumentPosition(
        screen.getByRole('region', { name: 'Alerts' }),
      ),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await userEvent.click(
      within(glance).getByRole('link', { name: /loan_length/ }),
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      'feature=loan_length',
    );
  });

  it('tells what was checked and is fine from what nobody is known to have checked', async () => {
    const window = {
      start: '2019-05-01T00:00:00.000Z',
      end: '2019-06-01T00:00:00.000Z',
    };
    const checked = ['car_value', 'driver_tenure'].map(feature => ({
      feature,
      tool: 'Modelport',
      ...window,
    }));
    const getMonitoring = jest
      .fn()
      .mockResolvedValueOnce({
        ...testDriftingMonitoring(),
        checked: [...checked, { feature: null, tool: 'own checks', ...window }],
      })
      .mockResolvedValue({ ...testDriftingMonitoring(), integrity: [] });
    renderMonitoring({ getMonitoring });
    const data = await screen.findByRole('region', { name: 'Data quality' });
    expect(data).toHaveTextContent(
      'Modelport checked in 2019-05 and found nothing: car_value, driver_tenure.',
    );
    expect(data).toHaveTextContent(
      'own checks checked the data in 2019-05 and found nothing. Its report does not say which columns it looked at.',
    );
    expect(data).toHaveTextContent(
      'Not known to be checked by these names: loan_length.',
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'loan_length' }),
    );
    expect(
      await screen.findByText(/No tool is known to check these data/),
    ).toBeVisible();
  });

  it('says as long as files were not looked through that they were not, and shows what they hold then', async () => {
    const lookedThrough = (is: boolean) => ({
      ...testEvidenceCount(0),
      lookedThrough: is,
    });
    const listEvidence = jest
      .fn()
      .mockResolvedValueOnce(lookedThrough(false))
      .mockResolvedValue(lookedThrough(true));
    const getMonitoring = jest
      .fn()
      .mockResolvedValueOnce(testMonitoring())
      .mockResolvedValue(testDriftingMonitoring());
    const getDriftHeatMap = jest
      .fn()
      .mockResolvedValueOnce(EMPTY_MAP)
      .mockResolvedValue(testHeatMap());
    jest.useFakeTimers();
    try {
      renderMonitoring({ getMonitoring, getDriftHeatMap, listEvidence });
      expect(
        await screen.findByText(
          'The files of version 2 have not been looked through yet',
        ),
      ).toBeVisible();
      expect(
        screen.queryByText('No drift or performance of this version yet'),
      ).not.toBeInTheDocument();
      await act(() => jest.advanceTimersByTimeAsync(5_000));
      expect(
        await screen.findByRole('region', { name: 'At a glance' }),
      ).toBeVisible();
    } finally {
      jest.useRealTimers();
    }
  });

  it('opens a feature from the map, and keeps it in the address', async () => {
    const getMonitoring = jest.fn(async () => testDriftingMonitoring());
    renderMonitoring({ getMonitoring });
    await userEvent.click(
      await screen.findByRole('button', { name: 'loan_length' }),
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      'feature=loan_length',
    );
    await waitFor(() =>
      expect(getMonitoring).toHaveBeenLastCalledWith(ID, '2', {
        feature: 'loan_length',
      }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Drift of loan_length' }),
    ).toBeInTheDocument();
    const [region] = screen.getAllByRole('region', {
      name: 'psi by Evidently',
    });
    expect(region).toHaveTextContent(
      'Newest window: 900 rows against 1,000 of the reference.',
    );
    expect(region).toHaveTextContent(
      'In 1 window the value is below the noise floor: nothing can be said of it.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'All features' }));
    expect(screen.getByTestId('address')).not.toHaveTextContent('feature');
  });

  it('shows performance with assumption, end of labels and what is wrong with data, harmlessly', async () => {
    renderMonitoring();
    const performance = await screen.findByRole('region', {
      name: 'Performance',
    });
    expect(performance).toHaveTextContent('CBPE: holds while');
    expect(performance).toHaveTextContent('Labels end with 2019-04');
    expect(performance).toHaveTextContent(
      'Labels of 2019-04 are still to come: 40% are in. It is drawn hollow',
    );
    await userEvent.click(
      within(performance).getByRole('button', { name: 'Show as table' }),
    );
    expect(
      within(performance).getByRole('row', { name: /^2019-04 Realised/ }),
    ).toHaveTextContent('Open: labels are still to come.');
    expect(performance).toHaveTextContent('Labels are of accepted cases only.');
    const data = screen.getByRole('region', { name: 'Data quality' });
    expect(within(data).getByText(/<img src=x/)).toBeVisible();
    expect(data.querySelector('img')).toBeNull();
  });

  it('lays a window beside the reference where their bins are the same', async () => {
    const window = {
      start: '2019-04-01T00:00:00Z',
      end: '2019-05-01T00:00:00Z',
      n: 10,
      missing: 2,
      unseen: null,
      outside: null,
      edges: [0, 1, 2],
      categories: null,
      evidence: 'e',
    };
    renderMonitoring(
      {
        getMonitoring: async () =>
          testMonitoring({
            profiles: [
              {
                feature: 'age',
                tool: 'own',
                windows: [
                  { ...window, period: 'reference', counts: [5, 5] },
                  { ...window, period: 'current', counts: [1, 9] },
                ],
              },
            ],
          }),
      },
      '?feature=age',
    );
    const table = await screen.findByRole('table', {
      name: '2019-04 beside the reference',
    });
    expect(
      within(table)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual(['BinReferenceCurrent', '0 – 150%10%', '1 – 250%90%']);
  });

  it('asks for the days of the address, the last one included', async () => {
    const getMonitoring = jest.fn(async () => testMonitoring());
    renderMonitoring(
      { getMonitoring, getDriftHeatMap: async () => EMPTY_MAP },
      '?version=1&from=2019-04-01&to=2019-04-30',
    );
    expect(
      await screen.findByText('No windows in this time'),
    ).toBeInTheDocument();
    expect(getMonitoring).toHaveBeenLastCalledWith(ID, '1', {
      from: '2019-04-01T00:00:00.000Z',
      to: '2019-05-01T00:00:00.000Z',
      parts: ['performance', 'integrity'],
    });
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(
      await screen.findByText('No drift or performance of this version yet'),
    ).toBeInTheDocument();
  });

  it('says why it failed, and tries again', async () => {
    const getMonitoring = jest
      .fn<Promise<ReturnType<typeof testMonitoring>>, []>()
      .mockRejectedValueOnce(await testResponseError(503, 'The store is away'))
      .mockResolvedValue(testMonitoring());
    renderMonitoring({ getMonitoring, getDriftHeatMap: async () => EMPTY_MAP });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The store is away');
    await userEvent.click(within(alert).getByRole('button'));
    expect(
      await screen.findByText('No drift or performance of this version yet'),
    ).toBeInTheDocument();
  });

  it('names evidence that stands in no window', async () => {
    renderMonitoring({
      getMonitoring: async () =>
        testMonitoring({
          unplaced: [{ digest: 'abc', kind: 'drift', reason: 'No window.' }],
        }),
    });
    expect(await screen.findByText('drift abc: No window.')).toBeVisible();
  });
});
