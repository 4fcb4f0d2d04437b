import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderField } from './__testUtils__/renderField';
import { FormColumns } from './sample/columnsOfSample';
import { SampleFeatures } from './SampleFeatures';

const COLUMNS: FormColumns = {
  numeric: [{ name: 'income', low: 0, high: 100_000 }],
  categorical: [{ name: 'region', categories: ['north', '<b>south</b>'] }],
  classes: ['good', 'bad'],
};

const show = (value?: Partial<FormColumns>, task = 'binary') =>
  renderField<Partial<FormColumns>>(SampleFeatures, {
    ...{ value, title: 'Features', answers: { task } },
  });

describe('SampleFeatures', () => {
  it('shows all of the sample that becomes part of the form', async () => {
    const sent = show(COLUMNS);
    expect(
      await screen.findByRole('row', {
        name: 'income number from 0 to 100000',
      }),
    ).toBeVisible();
    expect(
      screen.getByRole('row', { name: 'region north, <b>south</b>' }),
    ).toBeVisible();
    expect(
      screen.getByText(
        'The label is yes where it is “bad”, and no where it is “good”.',
      ),
    ).toBeVisible();
    expect(sent).toEqual([]);
  });

  it('turns yes and no, and leaves all of it out', async () => {
    const sent = show(COLUMNS);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Swap yes and no' }),
    );
    expect(sent).toEqual([{ ...COLUMNS, classes: ['bad', 'good'] }]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Leave the columns out' }),
    );
    expect(sent.at(-1)).toBeUndefined();
    expect(
      screen.getByText(/begins with the columns of its task/),
    ).toBeVisible();
  });

  it('shows what is known of other labels', async () => {
    show({ ...COLUMNS, classes: ['a', 'b', 'c'] }, 'multiclass');
    expect(
      await screen.findByText('The label is one of a, b, c.'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: /Swap/ })).toBeNull();
  });

  it('is empty where a form sends an empty object', async () => {
    show({});
    expect(
      await screen.findByText(/begins with the columns of its task/),
    ).toBeVisible();
    expect(screen.queryByRole('table')).toBeNull();
  });
});
