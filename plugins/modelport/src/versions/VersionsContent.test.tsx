import {
  ComparedEvidence,
  ComparedMeasurement,
} from '@modelport/plugin-modelport-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderPage,
  testEntity,
  testResponseError,
} from '../__testUtils__/renderPage';
import {
  testComparison,
  testMeasurement,
  testModel,
  testModelPage,
  testVersion,
} from '../__testUtils__/testData';
import { ModelportApi } from '../api/modelportApi';
import { VersionsContent } from './VersionsContent';

const BASE = '/catalog/default/resource/car-loan-default/versions';
const ID = { source: 'demo', name: 'car-loan-default' };

function renderVersions(api: Partial<ModelportApi>, path = '') {
  return renderPage(<VersionsContent />, {
    api: {
      getModel: async () => testModel(),
      listModels: async () => testModelPage([testModel()]),
      ...api,
    },
    entity: testEntity(),
    address: `${BASE}${path}`,
    mountPath: `${BASE}/*`,
  });
}

const listOf = (...versions: ReturnType<typeof testVersion>[]) => ({
  listVersions: jest.fn(async () => ({
    items: versions,
    totalItems: versions.length,
    nextCursor: null,
  })),
});

function compared(part: Partial<ComparedMeasurement>): ComparedMeasurement {
  return {
    version: '3',
    measurement: testMeasurement({ value: 0.95 }),
    delta: 0.05,
    comparability: 'same',
    reason: null,
    better: true,
    ...part,
  };
}

const baseline = () =>
  compared({
    version: '2',
    measurement: testMeasurement({ value: 0.9 }),
    delta: 0,
    better: null,
  });

describe('the list of versions', () => {
  it('shows versions and leads two chosen ones to the comparison', async () => {
    renderVersions(
      listOf(
        testVersion({ metrics: { test_roc_auc: 'Infinity' } }),
        testVersion({
          version: 'a/b %',
          aliases: ['champion'],
          runStatus: 'DELETED',
        }),
      ),
    );
    const table = await screen.findByRole('table');
    expect(table).toHaveTextContent('Infinity');
    expect(table).toHaveTextContent('champion');
    expect(table).toHaveTextContent('run deleted');
    expect(within(table).getByRole('link', { name: 'a/b %' })).toHaveAttribute(
      'href',
      `${BASE}/a%2Fb%20%25`,
    );
    for (const box of within(table).getAllByRole('checkbox')) {
      await userEvent.click(box);
    }
    expect(screen.getByRole('link', { name: 'Compare 2' })).toHaveAttribute(
      'href',
      `${BASE}/compare?versions=3&versions=a%2Fb+%25`,
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      `${BASE}?select=3&select=a%2Fb+%25`,
    );
  });

  it('says how a version arrives where there is none', async () => {
    renderVersions(listOf());
    expect(await screen.findByText('No versions yet')).toBeInTheDocument();
    expect(screen.getByText(/mlflow.register_model/)).toBeInTheDocument();
  });

  it('says why it could not be loaded', async () => {
    const error = await testResponseError(403, 'Not for you');
    renderVersions({ listVersions: () => Promise.reject(error) });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see this',
    );
  });
});

describe('the comparison', () => {
  const notExplained = testResponseError(404, 'No explanation').then(error =>
    Promise.reject(error),
  );
  notExplained.catch(() => undefined);

  const compareApi = (
    part: Parameters<typeof testComparison>[0],
    evidence: ComparedEvidence = {
      differences: [],
      withoutRows: [],
      remarks: [],
      calibrations: [],
    },
  ) => ({
    getModel: async () =>
      testModel({
        mainMetric: {
          key: 'test_roc_auc',
          value: 0.95,
          direction: 'higher',
          version: '3',
        },
      }),
    compareVersions: jest.fn(async () => testComparison(part)),
    compareEvidence: jest.fn(async () => evidence),
    compareExplanations: () => notExplained,
    getLineage: async () => ({
      nodes: [
        {
          id: 'version:demo/car-loan-default/2',
          kind: 'version' as const,
          name: 'car-loan-default',
          version: '2',
          entityRef: null,
          failed: false,
        },
      ],
      edges: [],
      truncated: false,
    }),
    getLineageDifference: async () => ({
      items: [
        {
          change: 'added' as const,
          evaluated: false,
          kind: 'dataset' as const,
          name: 'loans of July',
          from: null,
          to: {
            id: 'dataset:a/loans@d2',
            kind: 'dataset' as const,
            name: 'loans of July',
            version: 'd2',
            entityRef: null,
            failed: false,
          },
        },
      ],
      unchanged: 1,
      truncated: false,
    }),
  });

  const onRows = {
    version: '3',
    key: 'test_roc_auc',
    value: 0.95,
    baseline: 0.9,
    difference: 0.05,
    lower: 0.01,
    upper: 0.09,
    level: 0.95,
    n: 1234,
    method: 'paired',
    evaluationSet: { id: 'test', hash: null },
    evidence: ['d3', 'd2'],
  };

  const metrics = (value: ComparedMeasurement) => [
    {
      key: 'test_roc_auc',
      slice: null,
      direction: 'higher' as const,
      differs: true,
      values: [baseline(), value],
    },
  ];

  it('calls a winner in words where the interval on the rows of both leaves out 0', async () => {
    const api = compareApi(
      { metrics: metrics(compared({})) },
      {
        differences: [{ ...onRows, value: 0.9612 }],
        withoutRows: [],
        remarks: [],
        calibrations: [],
      },
    );
    renderVersions(api, '/compare?versions=2,3');

    await screen.findByText('better');
    const row = screen.getByRole('row', { name: /test_roc_auc/ });
    expect(row).toHaveTextContent('+0.05');
    expect(row).toHaveTextContent(
      /Recorded: \S+ of version 3 and \S+ of version 2; computed from these rows: 0.9612 and/,
    );
    expect(row).not.toHaveTextContent('not called');
    expect(api.compareVersions).toHaveBeenCalledWith(ID, ['2', '3']);
  });

  it('names what a version was made from and the baseline was not', async () => {
    renderVersions(compareApi({}), '/compare?versions=2,3');
    expect(
      await screen.findByRole('row', { name: /loans of July/ }),
    ).toHaveTextContent('Datasetloans of Julyadded–d2');
  });

  it('calls none without an interval', async () => {
    renderVersions(
      compareApi({ metrics: metrics(compared({})) }),
      '/compare?versions=2,3',
    );
    await screen.findByText('no interval: not called');
    const row = screen.getByRole('row', { name: /test_roc_auc/ });
    expect(row).toHaveTextContent('+0.05');
    expect(within(row).queryByText('better')).not.toBeInTheDocument();
  });

  it.each([
    ['unknown', 'not called: not known if the same data'],
    ['different', 'not called: not the same data'],
  ] as const)(
    'calls none without rows where comparability is %s',
    async (comparability, text) => {
      renderVersions(
        compareApi(
          { metrics: metrics(compared({ comparability })) },
          { differences: [], withoutRows: [], remarks: [], calibrations: [] },
        ),
        '/compare?versions=2,3',
      );
      await screen.findByText(text);
      const row = screen.getByRole('row', { name: /test_roc_auc/ });
      expect(within(row).queryByText('better')).not.toBeInTheDocument();
      expect(within(row).queryByText('worse')).not.toBeInTheDocument();
    },
  );

  it('says by the rows of both how sure a difference is, and draws the curves', async () => {
    const curve = (version: string, set = `set of ${version}`) => ({
      version,
      from: 'rows' as const,
      evaluationSet: { id: set, hash: null },
      dataset: null,
      n: 1234,
      error: 0.02,
      bands: [
        {
          lower: 0,
          upper: 1,
          n: 1234,
          predicted: 0.4,
          observed: 0.5,
          observedLower: 0.47,
          observedUpper: 0.53,
        },
      ],
      evidence: `d${version}`,
    });
    renderVersions(
      compareApi(
        { metrics: metrics(compared({})) },
        {
          differences: [{ ...onRows, lower: -0.01, upper: 0.11 }],
          withoutRows: [],
          remarks: [],
          calibrations: [curve('2'), curve('2', 'set of 3'), curve('3')],
        },
      ),
      '/compare?versions=2,3',
    );
    const row = await screen.findByRole('row', {
      name: /on the same 1,234 rows of test \(95% interval −0.01 to \+0.11\)/,
    });
    expect(row).toHaveTextContent(
      'not called: the interval of the difference holds 0',
    );
    const calibration = screen.getByRole('region', { name: 'Calibration' });
    expect(calibration).toHaveTextContent('different evaluation sets');
    expect(calibration).toHaveTextContent('over 1,234 rows of set of 2.');
    await userEvent.selectOptions(
      within(calibration).getByLabelText('Evaluation set'),
      'set of 3',
    );
    expect(calibration).not.toHaveTextContent('different evaluation sets');
    await userEvent.click(
      within(calibration).getByRole('button', { name: 'Show as table' }),
    );
    expect(
      within(calibration).getAllByRole('row', { name: /set of 3/ })[1],
    ).toHaveTextContent('0.47');
    expect(
      await screen.findByText(/Not both versions have an explanation/),
    ).toBeInTheDocument();
  });

  it('shows what the API warns of, and how to record what is missing', async () => {
    renderVersions(
      compareApi({
        metrics: metrics(compared({ comparability: 'unknown' })),
        warnings: ['Version 2 was measured in another year.'],
      }),
      '/compare?versions=2,3',
    );
    await screen.findByText(/test_roc_auc \(main metric\)/);
    const [verdict, warning] = screen.getAllByRole('alert');
    expect(verdict).toHaveTextContent(
      'test_roc_auc (main metric): version 3 is not called better or worse than 2, because it is not known if they were measured on the same data.',
    );
    expect(warning).toHaveTextContent(
      'Version 2 was measured in another year.',
    );
    expect(warning).toHaveTextContent('modelport.evaluation_set_hash');
    expect(
      within(screen.getByRole('region', { name: 'Metrics' })).getByText(
        'Version 2 was measured in another year.',
      ),
    ).toBeInTheDocument();
  });

  it('says first what the comparison comes to by the rows, though the registry does not say on what it measured', async () => {
    const other = (key: string) => ({
      ...metrics(compared({ comparability: 'unknown' }))[0],
      key,
    });
    renderVersions(
      compareApi(
        {
          metrics: [other('train_logloss'), other('f1'), other('test_roc_auc')],
        },
        {
          differences: [
            { ...onRows, difference: -0.05, lower: -0.09, upper: -0.01 },
            {
              ...onRows,
              key: 'log_loss',
              difference: 0.2,
              lower: -0.1,
              upper: 0.5,
            },
          ],
          withoutRows: [],
          remarks: ['Different hashes are claimed.'],
          calibrations: [],
        },
      ),
      '/compare?versions=2,3',
    );
    const [verdict] = await screen.findAllByText(
      /test_roc_auc \(main metric\): version 3 is worse than 2, by 0.05 \(95% interval of the difference −0.09 to −0.01\)/,
    );
    expect(verdict.closest('[role=alert]')).toHaveTextContent(
      'Version 3 is worse on 1 of 2, not to be told apart on 1 of 2 metrics that can be compared. 2 can’t be compared, because figures of training data decide nothing (1); it is not known if they were measured on the same data (1).',
    );
    const rows = within(
      screen.getByRole('table', {
        name: 'Metrics of the versions beside each other',
      }),
    ).getAllByRole('row');
    expect(rows[1]).toHaveTextContent(/^test_roc_auc.*worse/);
    // Nobody recorded it, and the rows tell it.
    expect(screen.getByRole('row', { name: /^log_loss/ })).toHaveTextContent(
      'computed from the rows of test: n = 1,234',
    );
    expect(
      screen.getByText('Different hashes are claimed.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByText(/Push the evaluation-rows/),
    ).not.toBeInTheDocument();
  });

  it('shows only what differs until all is asked for, and what breaks callers', async () => {
    renderVersions(
      compareApi({
        params: [
          { key: 'max_depth', differs: true, values: ['4', null] },
          { key: 'seed', differs: false, values: ['1', '1'] },
        ],
        signatureChanges: [
          {
            version: '3',
            part: 'inputs',
            column: 'age',
            change: 'retyped',
            from: 'long',
            to: 'string',
            breaking: true,
            reason: 'A string is no long.',
          },
        ],
      }),
      '/compare?versions=2,3',
    );
    expect(
      await screen.findByRole('row', { name: /max_depth/ }),
    ).toHaveTextContent('not set');
    expect(screen.queryByRole('row', { name: /seed/ })).not.toBeInTheDocument();
    expect(screen.getByRole('row', { name: /age/ })).toHaveTextContent(
      'breaking',
    );
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Only what differs' }),
    );
    expect(
      await screen.findByRole('row', { name: /seed/ }),
    ).toBeInTheDocument();
    expect(screen.getByTestId('address')).toHaveTextContent('all=1');
  });

  it('asks for two versions where the address names one', async () => {
    renderVersions({}, '/compare?versions=2');
    expect(
      await screen.findByText('Choose at least two versions'),
    ).toBeInTheDocument();
  });
});

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
