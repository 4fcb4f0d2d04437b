import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderField } from './__testUtils__/renderField';
import { FormApi, formApiRef, Gate } from './formApi';
import { GateEditor, WrittenGate } from './GateEditor';

const USUAL: Gate[] = [
  { metric: 'test_roc_auc', rule: 'at_least', value: 0.7 },
  { metric: 'test_ece', rule: 'at_most', value: 0.08 },
];

function show(
  value?: Gate[],
  task: FormApi['task'] = async () => ({
    metrics: ['test_roc_auc', 'test_ece', 'test_cost'],
    gates: USUAL,
    columns: [],
    reserved: [],
  }),
) {
  const api: FormApi = { task, hosts: jest.fn(), preview: jest.fn() };
  return renderField<WrittenGate[]>(GateEditor, {
    apis: [[formApiRef, api]],
    title: 'Gates',
    value,
    answers: { task: 'binary' },
  });
}

describe('GateEditor', () => {
  const values = () =>
    screen.getAllByLabelText('Value').map(input => input.getAttribute('value'));

  it('shows the usual gates of the task, and sends nothing until somebody changes one', async () => {
    const sent = show();
    expect(await screen.findByRole('group', { name: 'Gates' })).toBeVisible();
    expect(values()).toEqual(['0.7', '0.08']);
    expect(sent).toEqual([]);
    const [auc] = screen.getAllByLabelText('Value');
    await userEvent.clear(auc);
    await userEvent.type(auc, '0.82');
    expect(sent.at(-1)).toEqual([{ ...USUAL[0], value: 0.82 }, USUAL[1]]);
  });

  it('holds the form up while a gate has no number, and takes a negative one', async () => {
    const sent = show();
    const [auc] = await screen.findAllByLabelText('Value');
    await userEvent.clear(auc);
    expect(sent.at(-1)?.[0].value).toBeUndefined();
    expect(auc).toBeInvalid();
    expect(screen.getByText('A number')).toBeVisible();
    await userEvent.type(auc, '-1.5');
    expect(sent.at(-1)?.[0].value).toBe(-1.5);
    expect(auc).toBeValid();
  });

  it('adds and removes gates by keyboard, and keeps one', async () => {
    const sent = show();
    await screen.findByRole('group', { name: 'Gates' });
    const add = screen.getByRole('button', { name: 'Add a gate' });
    add.focus();
    await userEvent.keyboard('{Enter}');
    expect(sent.at(-1)).toEqual([
      ...USUAL,
      { metric: 'test_roc_auc', rule: 'at_least', value: 0 },
    ]);
    for (const left of [2, 1]) {
      const [remove] = screen.getAllByRole('button', { name: /^Remove/ });
      remove.focus();
      await userEvent.keyboard(' ');
      expect(sent.at(-1)).toHaveLength(left);
    }
    expect(screen.getByRole('button', { name: /^Remove/ })).toBeDisabled();
  });

  it('offers the metrics that the training logs, and both rules', async () => {
    const sent = show();
    const [metric] = await screen.findAllByLabelText('Metric');
    await userEvent.click(metric);
    await userEvent.click(screen.getByRole('option', { name: 'test_cost' }));
    expect(sent.at(-1)?.[0].metric).toBe('test_cost');
    await userEvent.click(screen.getAllByLabelText('Rule')[0]);
    const rules = within(screen.getByRole('listbox'));
    expect(rules.getAllByRole('option')).toHaveLength(2);
    await userEvent.click(rules.getByRole('option', { name: 'at most' }));
    expect(sent.at(-1)?.[0]).toEqual({
      metric: 'test_cost',
      rule: 'at_most',
      value: 0.7,
    });
  });

  it('takes back gates of a task that was chosen before: none could judge them', async () => {
    const sent = show([{ metric: 'test_rmse', rule: 'at_most', value: 3 }]);
    await waitFor(() => expect(sent).toEqual([undefined]));
    expect(values()).toEqual(['0.7', '0.08']);
  });

  it('says where the metrics could not be read, and that the usual gates count', async () => {
    show(undefined, async () => {
      throw new Error('Nobody answers');
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Nobody answers.*usual gates/,
    );
  });
});
