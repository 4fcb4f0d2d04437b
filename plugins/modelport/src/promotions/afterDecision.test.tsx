import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { openReview, reviewApi } from '../__testUtils__/openReview';
import {
  testActions,
  NO_SPLITTING,
  testEnvironment,
  testGate,
  testPromotion,
} from '../__testUtils__/testPromotion';

describe('a gate that did not pass', () => {
  it('is waived with a reason, a control and an end', async () => {
    const api = openReview(
      testPromotion({
        gates: [
          testGate({ outcome: 'unknown', message: 'No rows' }),
          testGate({
            id: 'fixed',
            title: 'Fixed',
            outcome: 'fail',
            waivable: false,
          }),
        ],
      }),
    );
    const buttons = await screen.findAllByRole('button', { name: 'Waive' });
    expect(buttons).toHaveLength(1);
    await userEvent.click(buttons[0]);
    const dialog = screen.getByRole('dialog');
    const send = within(dialog).getByRole('button', { name: 'Waive it' });
    await userEvent.type(
      within(dialog).getByLabelText(/Why it may/),
      'Rows come next week',
    );
    await userEvent.type(
      within(dialog).getByLabelText(/Compensating control/),
      'Manual check',
    );
    expect(send).toBeDisabled();
    fireEvent.change(within(dialog).getByLabelText(/^Until/), {
      target: { value: '2030-01-31' },
    });
    await userEvent.click(send);
    expect(api.waiveGate).toHaveBeenCalledWith('7', {
      gate: 'auc',
      reason: 'Rows come next week',
      control: 'Manual check',
      expiresAt: new Date('2030-01-31T23:59:59').toISOString(),
      revision: 3,
    });
  });

  it('shows its waiver', async () => {
    openReview(
      testPromotion({
        gates: [
          testGate({
            outcome: 'fail',
            waiver: {
              by: 'user:default/rosa',
              reason: 'Known',
              control: 'Manual check',
              expiresAt: '2030-01-01T00:00:00Z',
              at: '2026-03-01T00:00:00Z',
            },
          }),
        ],
      }),
    );
    const gate = await screen.findByRole('row', { name: /roc_auc at/ });
    expect(gate).toHaveTextContent('fail, waived');
    expect(gate).toHaveTextContent('Meanwhile: Manual check');
  });
});

describe('after the decision', () => {
  it('shows what the registry says, and what disagrees with it', async () => {
    const api = reviewApi(
      testPromotion({
        state: 'live',
        execution: {
          state: 'succeeded',
          message: null,
          steps: [
            {
              name: 'Read back',
              state: 'done',
              message: 'champion is version 3',
              at: '2026-03-02T00:00:00Z',
            },
          ],
          startedAt: '2026-03-02T00:00:00Z',
          finishedAt: '2026-03-02T00:00:00Z',
        },
      }),
    );
    api.getEnvironments.mockImplementation(async () => ({
      at: '2026-03-02T00:00:00Z',
      traffic: NO_SPLITTING,
      items: [
        testEnvironment({
          version: '3',
          observed: [{ version: '2', share: 1, lastSeen: null }],
        }),
      ],
    }));
    openReview(testPromotion(), api);
    const execution = await screen.findByRole('region', { name: 'Execution' });
    expect(execution).toHaveTextContent('champion is version 3');
    expect(
      await within(execution).findByText(/Version 2 was seen running/),
    ).toBeInTheDocument();
    expect(
      within(execution).getByRole('button', { name: 'Roll production back' }),
    ).toBeInTheDocument();
  });

  it('tries a failed execution again', async () => {
    const api = openReview(
      testPromotion({
        state: 'failed',
        execution: {
          state: 'failed',
          message: 'MLflow did not answer',
          steps: [],
          startedAt: null,
          finishedAt: null,
        },
        actions: testActions({ execute: { allowed: true, reason: null } }),
      }),
    );
    expect(
      await screen.findByText('MLflow did not answer'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(api.executePromotion).toHaveBeenCalledWith('7');
  });

  it('closes a condition with how it was met', async () => {
    const api = openReview(
      testPromotion({
        state: 'live',
        conditions: [
          {
            id: '1',
            text: 'Watch drift',
            owner: 'user:default/ada',
            due: '2026-03-05T00:00:00Z',
            by: 'user:default/rosa',
            closedAt: null,
            closedBy: null,
            overdue: true,
          },
        ],
      }),
    );
    const conditions = await screen.findByRole('region', {
      name: 'Conditions',
    });
    expect(conditions).toHaveTextContent('overdue since');
    await userEvent.click(
      within(conditions).getByRole('button', { name: 'Close' }),
    );
    const dialog = screen.getByRole('dialog');
    await userEvent.type(
      within(dialog).getByLabelText(/How it was met/),
      'Done',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Close' }),
    );
    expect(api.closeCondition).toHaveBeenCalledWith('7', '1', 'Done');
  });

  it('verifies the chain on demand', async () => {
    openReview(testPromotion({ state: 'refused' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Verify the chain' }),
    );
    expect(
      await screen.findByText(/The chain of 12 entries holds/),
    ).toBeInTheDocument();
  });
});
