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
  ...{ hasMoreDistinct: false, personal: null },
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
    column('income', { missing: 3 }),
    column('gender', { type: 'text', distinct: 2 }),
    column('region', { type: 'text', distinct: 4 }),
    column('=cmd|x', { type: 'text' }),
    column('kind', { type: 'text', distinct: 3 }),
    column('class', { type: 'text', distinct: 3 }),
  ],
};

function show(
  profile: (file: Blob) => Promise<SampleProfile>,
  task = 'binary',
) {
  const onFill = jest.fn();
  const api: FormApi = {
    task: async () => ({
      metrics: [],
      gates: [],
      columns: ['income', 'region'],
    }),
    hosts: jest.fn(),
    preview: jest.fn(),
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
    await waitFor(() =>
      expect(row('region')).toHaveTextContent('has a feature of this name'),
    );
    expect(within(row('region')).getByRole('combobox')).toBeDisabled();
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
    });
    expect(screen.getByRole('status')).toHaveTextContent(
      /the task Multiclass.*kind as label/,
    );
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
