import { screen, waitFor, within } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import userEvent from '@testing-library/user-event';
import { FormApi, formApiRef } from '../formApi';
import { SamplePanel } from './SamplePanel';
import { SampleProfile } from './profileSample';

const column = (
  name: string,
  part: Partial<SampleProfile['columns'][number]> = {},
): SampleProfile['columns'][number] => ({
  ...{ name, type: 'number', missing: 0, distinct: 40, isUnique: false },
  ...{ hasMoreDistinct: false, personal: null, range: null, categories: [] },
  ...{ isOncePerTime: false },
  ...part,
});

const PROFILE: SampleProfile = {
  rows: 40,
  isWhole: false,
  nested: ['history'],
  notes: [
    '2 cells begin like a formula of a spreadsheet; they are taken as text.',
  ],
  columns: [
    column('loan_id', { type: 'text', isUnique: true }),
    column('email', { type: 'text', personal: 'e-mail' }),
    column('opened_at', { type: 'time' }),
    column('income', { missing: 3, range: { low: 0, high: 10_000 } }),
    column('gender', { type: 'text', distinct: 2, categories: ['f', 'm'] }),
    column('region', { type: 'text', distinct: 4, categories: ['north'] }),
    column('=cmd|x', { type: 'text' }),
    column('kind', { type: 'text', categories: ['a', 'b', 'c'], distinct: 3 }),
    column('class', { type: 'text', distinct: 3 }),
  ],
};

function show(
  profile: (file: Blob) => Promise<SampleProfile>,
  task = 'binary',
  more: Partial<FormApi> = {},
) {
  const onFill = jest.fn();
  const api: FormApi = {
    task: async () => ({ metrics: [], gates: [], reserved: ['score'] }),
    hosts: jest.fn(),
    preview: jest.fn(),
    ...more,
  };
  renderInTestApp(
    <SamplePanel task={task} onFill={onFill} profile={profile} />,
    { apis: [[formApiRef, api]] },
  );
  return onFill;
}

async function choose(name = 'loans.csv') {
  await userEvent.upload(
    screen.getByLabelText('Choose a file'),
    new File(['x'], name),
  );
}

describe('SamplePanel', () => {
  const fill = () => screen.getByRole('button', { name: 'Fill in the form' });

  it('tells what the columns seem to be, and fills in what the person takes', async () => {
    const onFill = show(async () => PROFILE);
    await choose();
    expect(
      await screen.findByText(/loans.csv: the first 40 rows, 9 columns/),
    ).toBeVisible();
    expect(screen.getByText(/begin like a formula/)).toBeVisible();
    expect(screen.getByText(/hold lists or structures: history/)).toBeVisible();
    const row = (name: string) =>
      screen.getByRole('row', { name: new RegExp(`^${name}`) });
    expect(row('email')).toHaveTextContent('looks like e-mail addresses');
    expect(row('income')).toHaveTextContent('3 (8 %)');
    expect(screen.getByLabelText('Use of =cmd|x')).toBeDisabled();

    await userEvent.selectOptions(
      screen.getByLabelText('Use of kind'),
      'label',
    );
    expect(screen.getByLabelText('Use of class')).toHaveValue('');
    await userEvent.selectOptions(screen.getByLabelText('Use of gender'), '');
    expect(onFill).not.toHaveBeenCalled();
    await userEvent.click(fill());
    expect(onFill).toHaveBeenCalledWith({
      label: 'kind',
      id: 'loan_id',
      time: 'opened_at',
      personal: ['email'],
      task: 'multiclass',
      columns: {
        numeric: [{ name: 'income', low: 0, high: 10_000 }],
        categorical: [
          { name: 'gender', categories: ['f', 'm'] },
          { name: 'region', categories: ['north'] },
        ],
        classes: ['a', 'b', 'c'],
      },
    });
    expect(screen.getByRole('status')).toHaveTextContent(
      /the task Multiclass.*kind as label.*as features 1 of numbers and 2 of categories.*Left out.*=cmd\|x, class.*are personal data/,
    );
  });

  it('fills in nothing before it is known what the task takes, and says where that can’t be read', async () => {
    let fail = (_: Error) => {};
    const task = () =>
      new Promise<never>((_, reject) => {
        fail = reject;
      });
    const onFill = show(async () => PROFILE, 'binary', { task });
    await choose();
    expect(
      await screen.findByRole('button', { name: 'Fill in the form' }),
    ).toBeDisabled();
    fail(new Error('503'));
    await waitFor(() => expect(fill()).toBeEnabled());
    await userEvent.click(fill());
    expect(onFill.mock.lastCall[0].columns).toBeUndefined();
    expect(screen.getByRole('status')).toHaveTextContent('were not taken');
  });

  it('says what a repository needs to begin with the features', async () => {
    const onFill = show(async () => PROFILE);
    await choose();
    await screen.findByText(/loans.csv: the first/);
    await userEvent.selectOptions(screen.getByLabelText('Use of loan_id'), '');
    await waitFor(() => expect(fill()).toBeEnabled());
    await userEvent.click(fill());
    expect(onFill.mock.lastCall[0].columns).toBeUndefined();
    expect(screen.getByRole('status')).toHaveTextContent('Choose an id');
  });

  it('fills in the series of a forecast, and says what its features have to be', async () => {
    const onFill = show(
      async () => ({
        ...PROFILE,
        columns: [
          column('day', { type: 'time' }),
          column('shop', { type: 'text', distinct: 4, isOncePerTime: true }),
          column('sales', { range: { low: 0, high: 1000 } }),
          column('visitors', { range: { low: 0, high: 100 } }),
          column('promotion', { range: { low: 0, high: 1 }, distinct: 2 }),
        ],
      }),
      'forecasting',
    );
    await choose();
    expect(await screen.findByLabelText('Use of shop')).toHaveValue('series');
    expect(
      within(screen.getByLabelText('Use of sales')).queryByRole('option', {
        name: 'query',
      }),
    ).toBeNull();
    await userEvent.selectOptions(
      screen.getByLabelText('Use of visitors'),
      'not used',
    );
    await waitFor(() => expect(fill()).toBeEnabled());
    await userEvent.click(fill());
    expect(onFill).toHaveBeenCalledWith({
      ...{ label: 'sales', time: 'day', series: 'shop' },
      columns: {
        ...{ numeric: [{ name: 'promotion', low: 0, high: 1 }] },
        ...{ categorical: [], label: { low: 0, high: 1000 } },
      },
    });
    expect(screen.getByRole('status')).toHaveTextContent(
      /shop as series.*known when the forecast is made/,
    );
    await userEvent.selectOptions(screen.getByLabelText('Use of shop'), '');
    await userEvent.click(fill());
    expect(onFill.mock.lastCall[0]).toHaveProperty('series', undefined);
    expect(screen.getByRole('status')).toHaveTextContent('as steps of one');
  });

  it('fills in the query of a ranking, and says where there is none', async () => {
    const onFill = show(
      async () => ({
        ...PROFILE,
        columns: [
          column('search_id', { type: 'integer', distinct: 9 }),
          column('match', { range: { low: 0, high: 1 } }),
          column('relevance', {
            ...{ type: 'integer', distinct: 3 },
            categories: ['0', '1', '2'],
          }),
        ],
      }),
      'ranking',
    );
    await choose();
    await waitFor(() => expect(fill()).toBeEnabled());
    await userEvent.click(fill());
    expect(onFill).toHaveBeenCalledWith({
      ...{ label: 'relevance', query: 'search_id' },
      columns: {
        ...{ numeric: [{ name: 'match', low: 0, high: 1 }] },
        ...{ categorical: [], label: { low: 0, high: 2 } },
      },
    });
    await userEvent.selectOptions(
      screen.getByLabelText('Use of search_id'),
      '',
    );
    await userEvent.click(fill());
    expect(onFill.mock.lastCall[0].columns).toBeUndefined();
    expect(screen.getByRole('status')).toHaveTextContent('Choose the query');
  });

  it('leaves the task where the person wants it so, and where it is one that a label does not tell', async () => {
    const onFill = show(async () => PROFILE);
    await choose();
    await userEvent.click(
      await screen.findByLabelText(/Set the task to Multiclass/),
    );
    await userEvent.click(fill());
    expect(onFill.mock.lastCall[0]).not.toHaveProperty('task');
  });

  it('offers no other task to who ranks', async () => {
    show(async () => PROFILE, 'ranking');
    await choose();
    await screen.findByRole('button', { name: 'Fill in the form' });
    expect(screen.queryByLabelText(/Set the task/)).toBeNull();
  });

  it('says why a file can’t be taken, and takes the next', async () => {
    const profile = jest
      .fn()
      .mockRejectedValueOnce(
        new Error('It has 10000 columns; at most 500 are looked at.'),
      )
      .mockResolvedValueOnce(PROFILE);
    show(profile);
    await choose('<b>wide</b>.csv');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      '<b>wide</b>.csv can’t be taken as a sample. It has 10000 columns; at most 500 are looked at.',
    );
    await choose();
    expect(await screen.findByText(/loans.csv: the first/)).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('shows the file that was chosen last, whichever was read first', async () => {
    const answers: Array<(profile: SampleProfile) => void> = [];
    show(() => new Promise(resolve => answers.push(resolve)));
    await choose('first.csv');
    expect(await screen.findByText('Reading first.csv')).toBeVisible();
    await choose('second.csv');
    answers[1](PROFILE);
    expect(await screen.findByText(/second.csv: the first/)).toBeVisible();
    answers[0]({ ...PROFILE, rows: 7 });
    await Promise.resolve();
    expect(screen.queryByText(/first.csv: the first/)).toBeNull();
  });
});
