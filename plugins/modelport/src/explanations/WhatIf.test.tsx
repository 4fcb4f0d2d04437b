import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  explanationsApi,
  renderExplanations,
} from '../__testUtils__/renderExplanations';
import {
  testComputed,
  testExplainable,
  testExplanation,
  testFeature,
  testRow,
} from '../__testUtils__/testExplanation';

const ID = { source: 'demo', name: 'car-loan-default' };

describe('the what-if of a row', () => {
  it('compute what if a value were another', async () => {
    const computeExplanation = jest.fn(
      async (_id, _version, { rows }: { rows: Array<{ age?: number }> }) => ({
        ...testComputed(1),
        rows: rows.flatMap(({ age }) => testComputed(age === 44 ? 2 : 1).rows),
      }),
    );
    renderExplanations(explanationsApi({ computeExplanation }));
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
    renderExplanations(
      explanationsApi({
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

  it('name categories where the model does, and ask by their names', async () => {
    const computeExplanation = jest.fn(async () => testComputed(1));
    renderExplanations(
      explanationsApi({
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

  it('sum the features of a group in the charts of rows too', async () => {
    const group = testFeature({ name: 'person' });
    renderExplanations(
      explanationsApi({
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
});
