import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  explanationsApi,
  renderExplanations,
} from '../__testUtils__/renderExplanations';
import { testResponseError } from '../__testUtils__/renderPage';
import { testEvidenceCount } from '../__testUtils__/testData';
import {
  testComputed,
  testExplainable,
  testExplanation,
  testFeature,
  testRow,
} from '../__testUtils__/testExplanation';

const ID = { source: 'demo', name: 'car-loan-default' };

describe('the explanations', () => {
  it('say of the version in production what drives it, which way, and whether it adds up', async () => {
    const api = explanationsApi();
    renderExplanations(api);
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
    const api = explanationsApi({
      getExplanationColumns: jest.fn(() => Promise.reject(refused)),
    });
    renderExplanations(api);
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
    renderExplanations(explanationsApi(), '?rows=yes');
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
    const api = explanationsApi();
    renderExplanations(api, '?row=a');
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
    renderExplanations(explanationsApi({ compareExplanations }), '?compare=3');
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
    renderExplanations(
      explanationsApi({
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

  it('show a row of which the file holds no output, or not even a base value', async () => {
    const first = renderExplanations(
      explanationsApi({
        getExplanationRow: async () => testRow({ output: null }),
      }),
      '?row=a',
    );
    expect(
      await screen.findByText(/From the base value 0.25 to the output 0.5/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/does not hold the output of this row/),
    ).toBeInTheDocument();
    first.unmount();
    renderExplanations(
      explanationsApi({
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
    renderExplanations(
      explanationsApi({
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
    const first = renderExplanations(
      explanationsApi({
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
    const second = renderExplanations(
      explanationsApi({
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
    renderExplanations(
      explanationsApi({ getExplanation: () => Promise.reject(broken) }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('Out of order');
  });
});
