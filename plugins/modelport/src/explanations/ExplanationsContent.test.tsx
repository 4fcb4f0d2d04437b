import {
  NOT_ADVERSE,
  ReasonCodeDictionary,
} from '@modelport/plugin-modelport-common';
import { screen, waitFor, within } from '@testing-library/react';
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
  testColumns,
  testComputed,
  testExplainable,
  testExplanation,
  testFeature,
  testRow,
} from '../__testUtils__/testExplanation';
import { ModelportApi } from '../api/modelportApi';
import { ExplanationsContent } from './ExplanationsContent';

const BASE = '/catalog/default/resource/car-loan-default/explanations';
const ID = { source: 'demo', name: 'car-loan-default' };

const DICTIONARY: ReasonCodeDictionary = {
  digest: 'd'.repeat(64),
  version: '7',
  dictionary: {
    version: '7',
    adverse: 'increase',
    baseline: 'base value',
    codes: [
      {
        feature: 'income',
        code: 'A',
        internal: 'Income below 40',
        consumer: { en: 'Income', de: 'Einkommen' },
      },
    ],
    cutoff: 0.25,
    policyRules: [
      {
        rule: 'area',
        code: 'P',
        internal: 'Area',
        consumer: { en: 'Area', de: 'Gebiet' },
      },
    ],
  },
  problems: [{ level: 'error', where: 'age', message: 'It has no code.' }],
  withheld: 2,
  from: 'file',
  revision: null,
  finding: null,
};

beforeAll(() => {
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
});

function apiOf(part: Partial<ModelportApi> = {}): Partial<ModelportApi> {
  return {
    getModel: async () => testModel(),
    listVersions: async () => ({
      items: [
        testVersion({ version: '3' }),
        testVersion({ version: '2', aliases: ['champion'] }),
      ],
      totalItems: 2,
      nextCursor: null,
    }),
    listEvidence: async () => testEvidenceCount(1),
    getExplanation: jest.fn(async () => testExplanation()),
    getExplanationColumns: jest.fn(async () => testColumns()),
    getExplanationRow: jest.fn(async () => testRow()),
    getExplainableModel: async () => testExplainable(),
    getReasonCodes: async () => DICTIONARY,
    listReasonCodeRevisions: async () => ({
      items: [],
      mayPropose: false,
      mayConfirm: false,
    }),
    traceExplanations: async () => ({
      class: null,
      versions: [],
      features: [],
      warnings: [],
    }),
    ...part,
  };
}

function render(api: Partial<ModelportApi>, query = '') {
  return renderPage(<ExplanationsContent />, {
    api,
    entity: testEntity(),
    address: `${BASE}${query}`,
    mountPath: `${BASE}/*`,
  });
}

describe('the explanations', () => {
  it('say of the version in production what drives it, which way, and whether it adds up', async () => {
    const api = apiOf();
    render(api);
    const section = await screen.findByRole('region', { name: 'Importance' });
    expect(api.getExplanation).toHaveBeenCalledWith(ID, '2', undefined);
    expect(section).toHaveTextContent('over 100 rows, in margin');
    expect(
      within(section).getByTitle(
        'income: 0.8; a higher value lowers the output',
      ),
    ).toBeInTheDocument();
    expect(
      within(section).getByTitle('age: 0.2; not monotone'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('add up; worst error 1.000e-6'),
    ).toBeInTheDocument();
    expect(screen.getByText('margin (log-odds)')).toBeInTheDocument();
    await userEvent.click(
      within(section).getByRole('button', { name: 'Show as table' }),
    );
    expect(
      within(section).getByRole('row', {
        name: /1 income 0.8 0.7 0.9 decreasing/,
      }),
    ).toBeInTheDocument();
  });

  it('read no row before somebody asks, and say what may not be read', async () => {
    const refused = await testResponseError(403, 'No');
    const api = apiOf({
      getExplanationColumns: jest.fn(() => Promise.reject(refused)),
    });
    render(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the rows' }),
    );
    expect(
      await screen.findByText(/You may not read single rows/),
    ).toHaveTextContent('modelport.explanations.read-rows');
    expect(api.getExplanationRow).not.toHaveBeenCalled();
    expect(screen.queryByLabelText('Id of the row')).not.toBeInTheDocument();
  });

  it('suggest rows that are on the page, by how their ids begin', async () => {
    render(apiOf(), '?rows=yes');
    const field = await screen.findByLabelText('Id of the row');
    const suggested = () =>
      screen
        .queryAllByRole('option', { hidden: true })
        .map(option => option.getAttribute('value'))
        .filter(value => ['a', 'b', 'c'].includes(value ?? ''));
    await waitFor(() => expect(suggested()).toEqual(['a', 'b', 'c']));
    await userEvent.type(field, 'b');
    expect(suggested()).toEqual(['b']);
  });

  it('show a row from its base value to its output, and label the axis in probability', async () => {
    const api = apiOf();
    render(api, '?row=a');
    const section = await screen.findByRole('region', { name: 'One row' });
    await waitFor(() =>
      expect(section).toHaveTextContent(
        'From the base value 0.25 to the output 0.5 (probability 0.6225); most by income (+0.5), age together (−0.25).',
      ),
    );
    expect(section).toHaveTextContent('income = 10');
    expect(section).toHaveTextContent('age together = masked');
    expect(section).toHaveTextContent('add up to the output (difference 0)');
    await userEvent.click(
      within(section).getByRole('button', {
        name: 'Label the axis in probability',
      }),
    );
    expect(section).toHaveTextContent(
      'probability; the bars stay in the margin',
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      'row=a&axis=probability',
    );
    expect(within(section).getByTitle('income = 10: +0.5')).toBeInTheDocument();
    const beeswarm = await screen.findByRole('figure', {
      name: /3 rows, one mark each/,
    });
    expect(beeswarm).toBeInTheDocument();
    expect(
      screen.getByText(/Values of age are masked.*one sum/),
    ).toBeInTheDocument();
  });

  it('give the reasons of a row, or why there are none', async () => {
    const rows = [
      {
        recordId: 'r1',
        withheld: null,
        reasons: [
          {
            rank: 1,
            code: 'A',
            feature: 'income',
            direction: 'low',
            contribution: 0.5,
            text: 'Einkommen',
            source: 'Reg B C-1',
          },
        ],
      },
    ];
    const answer = {
      method: 'By hand',
      dictionaryVersion: '7',
      dictionaryDigest: 'd'.repeat(64),
      explanationDigest: null,
      rows,
    };
    const giveReasons = jest
      .fn()
      .mockResolvedValueOnce(answer)
      .mockResolvedValueOnce({
        ...answer,
        rows: [
          { recordId: 'r2', withheld: 'A prohibited factor', reasons: [] },
        ],
      });
    const getReasonCodes = jest
      .fn(
        async (): Promise<ReasonCodeDictionary> => ({
          ...DICTIONARY,
          finding: {
            severity: 'critical' as const,
            decisions: 1,
            features: ['age'],
            firstAt: '2026-01-01T00:00:00Z',
            lastAt: '2026-01-01T00:00:00Z',
            closed: null,
          },
        }),
      )
      .mockResolvedValueOnce({ ...DICTIONARY, finding: null });
    render(apiOf({ giveReasons, getReasonCodes }), '?row=a');
    const button = await screen.findByRole('button', {
      name: 'Give the reasons',
    });
    await userEvent.selectOptions(screen.getByLabelText('Language'), 'de');
    await userEvent.click(button);
    expect(
      await screen.findByRole('row', {
        name: '1 A Einkommen Income below 40 income (low) +0.5 Reg B C-1',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /Reasons of this decision as CSV/ }),
    ).toBeInTheDocument();
    expect(giveReasons).toHaveBeenCalledWith(ID, '2', {
      rowIds: ['a'],
      language: 'de',
      cutoff: 0.25,
    });
    await userEvent.selectOptions(
      screen.getByLabelText('Decision'),
      'declined by the rule area',
    );
    await userEvent.click(button);
    expect(
      await screen.findByText(/No reasons are given: A prohibited factor/),
    ).toBeInTheDocument();
    // What was raised by that is told at once.
    expect(
      await screen.findByText(/^Critical: 1 decision was given no reasons/),
    ).toBeInTheDocument();
    expect(giveReasons).toHaveBeenLastCalledWith(ID, '2', {
      rowIds: ['a'],
      language: 'de',
      outcome: 'area',
    });
    expect(screen.getByText(/1 error, 0 warnings/)).toBeInTheDocument();
    expect(
      screen.getByText(/2 recorded adverse decisions of this version/),
    ).toBeInTheDocument();
  });

  it('compute what if a value were another', async () => {
    const computeExplanation = jest.fn(
      async (_id, _version, { rows }: { rows: Array<{ age?: number }> }) => ({
        ...testComputed(1),
        rows: rows.flatMap(({ age }) => testComputed(age === 44 ? 2 : 1).rows),
      }),
    );
    render(apiOf({ computeExplanation }));
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Start from the input example',
      }),
    );
    expect(
      await screen.findByText(/^Output 1 \(probability 0.7311\)\.$/),
    ).toBeInTheDocument();
    const age = screen.getByLabelText('age');
    await userEvent.clear(age);
    await userEvent.type(age, '44');
    expect(
      await screen.findByText(/^Output 2 .*, \+1 from where it started\.$/),
    ).toBeInTheDocument();
    expect(computeExplanation).toHaveBeenLastCalledWith(ID, '2', {
      rows: [
        { income: 10, age: 30 },
        { income: 10, age: 44 },
      ],
      class: undefined,
    });
    await userEvent.type(age, 'x');
    expect(screen.getByText('“44x” is no number')).toBeInTheDocument();
  });

  it('sum the features of a group in the what-if too', async () => {
    render(
      apiOf({
        computeExplanation: async () => testComputed(1),
        getExplanation: async () =>
          testExplanation({
            features: [
              testFeature({ name: 'income', group: 'person' }),
              testFeature({ name: 'age', group: 'person' }),
            ],
            groups: [testFeature({ name: 'person' })],
          }),
      }),
    );
    const whatIf = within(
      await screen.findByRole('region', { name: 'What if' }),
    );
    await userEvent.click(
      await whatIf.findByRole('button', { name: /the input example/ }),
    );
    expect(await whatIf.findByTitle(/^income .*: \+0\.5$/)).toBeInTheDocument();
    await userEvent.click(whatIf.getByRole('button', { name: 'Groups' }));
    expect(whatIf.getByTitle('person: +0.75')).toBeInTheDocument();
    expect(whatIf.queryByTitle(/^income/)).not.toBeInTheDocument();
  });

  it('show how the reasons would move with a value, as a preview', async () => {
    const reason = {
      rank: 1,
      feature: 'income',
      direction: 'low',
      contribution: 0.5,
      text: 'Income',
    };
    const preview = {
      use: 'preview' as const,
      method: 'By hand',
      dictionaryVersion: '7',
      dictionaryDigest: 'd'.repeat(64),
      explanationDigest: null,
      modelDigest: null,
    };
    const first = { withheld: null, reasons: [{ ...reason, code: 'A' }] };
    const previewReasons = jest.fn(
      async (_id, _version, { rows }: { rows: Array<{ age?: number }> }) => ({
        ...preview,
        rows: rows.map(({ age }) => {
          if (age === 99) {
            return { withheld: 'A prohibited factor, "age"', reasons: [] };
          }
          if (age === 20) {
            return { withheld: NOT_ADVERSE, reasons: [] };
          }
          const other = { ...reason, code: 'B', feature: 'age', text: 'Age' };
          return age === 44
            ? {
                withheld: null,
                reasons: [
                  { ...other, direction: null, contribution: 0.75 },
                  { ...reason, code: 'A', rank: 2 },
                ],
              }
            : first;
        }),
      }),
    );
    render(
      apiOf({
        computeExplanation: async (_id, _version, { rows }) => ({
          ...testComputed(1),
          rows: rows.flatMap(() => testComputed(1).rows),
        }),
        previewReasons,
      }),
    );
    const whatIf = await screen.findByRole('region', { name: 'What if' });
    const inside = within(whatIf);
    await userEvent.click(
      await inside.findByRole('button', {
        name: 'Start from the input example',
      }),
    );
    // Not before somebody asks: looking is recorded.
    expect(await inside.findByText(/^Output 1 /)).toBeInTheDocument();
    expect(previewReasons).not.toHaveBeenCalled();
    await userEvent.click(
      inside.getByRole('button', { name: 'Preview the reasons' }),
    );
    expect(await inside.findByText('Now: A')).toBeInTheDocument();
    expect(inside.queryByText(/Where it started/)).not.toBeInTheDocument();
    expect(
      inside.getByText(/nothing of this may stand in a notice/),
    ).toBeInTheDocument();
    const age = inside.getByLabelText('age');
    await userEvent.clear(age);
    await userEvent.type(age, '44');
    expect(await inside.findByText('Now: B, A')).toBeInTheDocument();
    expect(inside.getByText('Where it started: A')).toBeInTheDocument();
    expect(
      inside.getByRole('row', { name: '– 1 B Age age – +0.75' }),
    ).toBeInTheDocument();
    expect(
      inside.getByRole('row', { name: '1 2 A Income income (low) +0.5 +0.5' }),
    ).toBeInTheDocument();
    expect(previewReasons).toHaveBeenLastCalledWith(ID, '2', {
      rows: [
        { income: 10, age: 30 },
        { income: 10, age: 44 },
      ],
      class: undefined,
      language: 'en',
    });
    await userEvent.clear(age);
    await userEvent.type(age, '20');
    expect(
      await inside.findByText(
        'Now none: At the cutoff of the dictionary, this is no decline.',
      ),
    ).toBeInTheDocument();
    await userEvent.clear(age);
    await userEvent.type(age, '99');
    expect(
      await inside.findByText('Now none: A prohibited factor, "age"'),
    ).toBeInTheDocument();
    await userEvent.type(age, 'x');
    expect(
      await inside.findByText(/no row yet whose reasons/),
    ).toBeInTheDocument();
    expect(inside.queryByText(/^Now/)).not.toBeInTheDocument();
  });

  it('say why no reasons can be previewed', async () => {
    const refused = await testResponseError(
      400,
      'The baseline "near the cutoff" rests on 3 explained rows',
    );
    const api = {
      computeExplanation: async () => testComputed(1),
      previewReasons: () => Promise.reject(refused),
    };
    const open = async () =>
      within(await screen.findByRole('region', { name: 'What if' }));
    const first = render(apiOf(api));
    const inside = await open();
    await userEvent.click(
      await inside.findByRole('button', { name: /the input example/ }),
    );
    await userEvent.click(
      inside.getByRole('button', { name: 'Preview the reasons' }),
    );
    expect(await inside.findByRole('alert')).toHaveTextContent(
      /rests on 3 explained rows/,
    );
    first.unmount();
    render(
      apiOf({
        ...api,
        listEvidence: async () => testEvidenceCount(0),
      }),
    );
    expect(
      await (await open()).findByText(/^No dictionary of reason codes/),
    ).toBeInTheDocument();
  });

  it('name categories where the model does, and ask by their names', async () => {
    const computeExplanation = jest.fn(async () => testComputed(1));
    render(
      apiOf({
        computeExplanation,
        getExplainableModel: async () => ({
          ...testExplainable(),
          categories: { income: ['low', 'high'] },
          // As its place; the model's file has the name.
          example: { income: 1, age: 30 },
        }),
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Start from the input example',
      }),
    );
    const income = screen.getByRole('combobox', { name: 'income' });
    expect(income).toHaveDisplayValue('high');
    await userEvent.selectOptions(income, 'low');
    await waitFor(() =>
      expect(computeExplanation).toHaveBeenLastCalledWith(ID, '2', {
        rows: [
          { income: 'high', age: 30 },
          { income: 'low', age: 30 },
        ],
        class: undefined,
      }),
    );
  });

  it('compare a version with another', async () => {
    const compareExplanations = jest.fn(async () => ({
      versions: [
        { version: '3', digest: 'a' },
        { version: '2', digest: 'b' },
      ],
      class: null,
      rows: 100,
      features: [
        {
          name: 'income',
          meanAbs: [0.5, 0.8],
          ranks: [2, 1],
          directions: ['increasing', 'decreasing'],
          rankShift: 1,
          flipped: true,
        },
        {
          name: 'age',
          meanAbs: [null, 0.1],
          ranks: [null, 2],
          directions: [null, 'increasing'],
          rankShift: null,
          flipped: false,
        },
      ],
      churn: [{ from: '3', to: '2', rows: 100, share: 0.25, aboveNoise: null }],
      noise: null,
      warnings: ['Careful.'],
    }));
    render(apiOf({ compareExplanations }), '?compare=3');
    const section = await screen.findByRole('region', {
      name: 'From version 3 to version 2',
    });
    await waitFor(() => expect(section).toHaveTextContent('for 25% of them'));
    expect(section).toHaveTextContent('Careful.');
    expect(section).toHaveTextContent(
      'income21↑ 10.50.8increasing → decreasing: direction turned around',
    );
    expect(section).toHaveTextContent('age–2––0.1increasing; not in version 3');
  });

  it('hold the version in production against the one before it, unless nothing is to be compared', async () => {
    const compareExplanations = jest.fn(async () => ({
      versions: [
        { version: '1', digest: 'a' },
        { version: '2', digest: 'b' },
      ],
      class: null,
      rows: 100,
      features: [
        {
          name: 'income',
          meanAbs: [0.5, 0.8],
          ranks: [1, 1],
          directions: ['increasing', 'increasing'],
          rankShift: 0,
          flipped: false,
        },
      ],
      churn: [{ from: '1', to: '2', rows: 100, share: 0.25, aboveNoise: true }],
      noise: {
        runs: 5,
        churn: 0.1,
        rankShift: 2,
        rankCorrelation: null,
        version: '2',
        digest: 'b',
      },
      warnings: [],
    }));
    const versions = ['1', '2', '3'].map(version => ({
      version,
      createdAt: null,
      digest: version,
      rows: 100,
    }));
    render(
      apiOf({
        compareExplanations,
        traceExplanations: async () => ({
          class: null,
          versions,
          features: [],
          warnings: [],
        }),
      }),
    );
    const section = await screen.findByRole('region', {
      name: 'From version 1 to version 2',
    });
    await waitFor(() =>
      expect(section).toHaveTextContent(
        'gives up to 10%. This is more than that. It moves features by up to 2 places.',
      ),
    );
    expect(compareExplanations).toHaveBeenCalledWith(ID, ['1', '2'], undefined);
    const choice = screen.getByLabelText('Compare with');
    expect(choice).toHaveDisplayValue('1');
    await userEvent.selectOptions(choice, 'none');
    expect(section).not.toBeInTheDocument();
    expect(screen.getByTestId('address')).toHaveTextContent('compare=none');
  });

  it('sum the features of a group in the charts of rows too', async () => {
    const group = testFeature({ name: 'person' });
    render(
      apiOf({
        getExplanation: async () =>
          testExplanation({
            features: [
              testFeature({ group: 'person' }),
              testFeature({ name: 'age', group: 'person', rank: 2 }),
            ],
            groups: [group],
          }),
        getExplanationRow: async () =>
          testRow({
            contributions: { income: 0.5, age: -0.25 },
            values: { income: 10, age: 3 },
            masked: [],
          }),
      }),
      '?row=a',
    );
    const section = await screen.findByRole('region', { name: 'One row' });
    await userEvent.click(
      await within(section).findByRole('button', { name: 'Groups' }),
    );
    expect(await within(section).findByTitle('person: +0.25')).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent('grouped=yes');
    await userEvent.click(
      within(section).getByRole('button', { name: 'Features' }),
    );
    expect(within(section).getByTitle('age = 3: −0.25')).toBeVisible();
  });

  it('show a row of which the file holds no output, or not even a base value', async () => {
    const first = render(
      apiOf({ getExplanationRow: async () => testRow({ output: null }) }),
      '?row=a',
    );
    expect(
      await screen.findByText(/From the base value 0.25 to the output 0.5/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/does not hold the output of this row/),
    ).toBeInTheDocument();
    first.unmount();
    render(
      apiOf({
        getExplanationRow: async () =>
          testRow({ output: null, baseValue: null }),
      }),
      '?row=a',
    );
    expect(
      await screen.findByText(/does not hold the base value of this row/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'Contributions of the row; most by income (+0.5), age together (−0.25).',
      ),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /axis in probability/ }),
    ).not.toBeInTheDocument();
  });

  it('explain rows that are pasted, of a version without an explanation too', async () => {
    const computeExplanation = jest.fn(
      async (_id, _version, { rows }: { rows: Array<{ age?: number }> }) => ({
        ...testComputed(1),
        rows: rows.flatMap(({ age }) => testComputed(age ?? 0).rows),
      }),
    );
    render(
      apiOf({
        computeExplanation,
        listEvidence: async () => testEvidenceCount(0),
      }),
    );
    expect(
      await screen.findByText(/can explain rows of this version itself/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Paste rows' }));
    const text = await screen.findByLabelText('Rows');
    const take = screen.getByRole('button', { name: 'Take over' });
    await userEvent.click(text);
    await userEvent.paste('income,age\n10,much');
    await userEvent.click(take);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Nothing is taken over. Row 1: "age": "much" is no number',
    );
    await userEvent.clear(text);
    await userEvent.paste('id\tage\n7\t2\n8\t3');
    await userEvent.click(take);
    expect(
      await screen.findByText(
        '2 rows are taken over. The model does not take id. Not there, so missing: income.',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/^Output 2 \(probability 0.8808\)\.$/),
    ).toBeInTheDocument();
    const importance = await screen.findByRole('figure', {
      name: /over 2 rows, in margin. First: income, age/,
    });
    // |2 - 0.5| and |3 - 0.5|
    expect(
      within(importance).getByTitle(/^income: 2; not known/),
    ).toBeInTheDocument();
    expect(computeExplanation).toHaveBeenCalledWith(ID, '2', {
      rows: [
        { income: null, age: 2 },
        { income: null, age: 3 },
      ],
      class: undefined,
    });
    await userEvent.selectOptions(screen.getByLabelText('Pasted row'), '1');
    expect(await screen.findByText(/^Output 3 /)).toBeInTheDocument();
    expect(screen.getByLabelText('age')).toHaveValue('3');
  });

  it('say what is missing, what does not add up, and why it cannot be shown', async () => {
    const getExplanation = jest.fn(async () => testExplanation());
    const broken = await testResponseError(500, 'Out of order');
    const first = render(
      apiOf({
        listEvidence: async () => testEvidenceCount(0),
        getExplanation,
        getExplainableModel: async () =>
          testExplainable({ computable: false, why: 'It is a forest.' }),
      }),
    );
    expect(
      await screen.findByText('Version 2 has no explanation yet'),
    ).toBeInTheDocument();
    expect(await screen.findByText(/It is a forest/)).toBeInTheDocument();
    // Of what is not there the browser's console tells nothing.
    expect(getExplanation).not.toHaveBeenCalled();
    first.unmount();
    const second = render(
      apiOf({
        getExplanation: async () =>
          testExplanation({
            additivity: { maxError: 2, ok: false },
            classes: ['cat', 'dog'],
            groups: [testFeature({ name: 'person' })],
          }),
      }),
    );
    expect(
      await screen.findByText('do NOT add up; worst error 2'),
    ).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText('Class'), 'dog');
    expect(screen.getByTestId('address')).toHaveTextContent('class=dog');
    await userEvent.click(screen.getByRole('button', { name: 'Groups' }));
    expect(screen.getByText('person')).toBeInTheDocument();
    second.unmount();
    render(apiOf({ getExplanation: () => Promise.reject(broken) }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Out of order');
  });
});
