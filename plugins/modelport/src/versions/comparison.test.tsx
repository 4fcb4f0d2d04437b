import {
  ComparedEvidence,
  ComparedMeasurement,
} from '@modelport/plugin-modelport-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ID, renderVersions } from '../__testUtils__/renderVersions';
import { testResponseError } from '../__testUtils__/renderPage';
import {
  testComparison,
  testMeasurement,
  testModel,
} from '../__testUtils__/testData';

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
