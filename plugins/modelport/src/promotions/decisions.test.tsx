import { PromotionDecision } from '@modelport/plugin-modelport-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { openReview } from '../__testUtils__/openReview';
import { testResponseError } from '../__testUtils__/renderPage';
import { testGate, testPromotion } from '../__testUtils__/testPromotion';

describe('a decision', () => {
  it('is sent with the revision that was looked at, and its conditions', async () => {
    const api = openReview(testPromotion());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const dialog = screen.getByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Comment'), 'Fine');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Add a condition' }),
    );
    const approve = within(dialog).getByRole('button', { name: 'Approve' });
    expect(approve).toBeDisabled();
    const condition = within(dialog).getByRole('group', {
      name: 'Condition 1',
    });
    await userEvent.type(
      within(condition).getByLabelText(/^Condition/),
      'Watch drift',
    );
    fireEvent.change(within(condition).getByLabelText(/^Due/), {
      target: { value: '2030-01-31' },
    });
    await userEvent.click(approve);
    await waitFor(() =>
      expect(api.decidePromotion).toHaveBeenCalledWith('7', {
        decision: 'approve',
        comment: 'Fine',
        conditions: [
          {
            text: 'Watch drift',
            owner: 'user:default/ada',
            due: new Date('2030-01-31T23:59:59').toISOString(),
          },
        ],
        revision: 3,
      }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('leaves the keyboard in its section, where its button is gone', async () => {
    const api = openReview(testPromotion());
    const live = testPromotion({ state: 'live', revision: 4 });
    api.decidePromotion.mockImplementation(async () => live);
    api.getPromotion.mockImplementation(async () => live);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', {
        name: 'Approve',
      }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Decision' })).toHaveFocus();
  });

  it('lays a condition on somebody of the catalog', async () => {
    const api = openReview(testPromotion());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const dialog = screen.getByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Add a condition' }),
    );
    const owner = within(dialog).getByLabelText(/^Who meets it/);
    await userEvent.clear(owner);
    await userEvent.type(owner, 'risk');
    await userEvent.click(
      await screen.findByRole('option', { name: 'group:default/model-risk' }),
    );
    expect(owner).toHaveValue('group:default/model-risk');
    await userEvent.clear(owner);
    await userEvent.type(owner, 'user:default/rosa');
    await userEvent.type(
      within(
        within(dialog).getByRole('group', { name: 'Condition 1' }),
      ).getByLabelText(/^Condition/),
      'Watch drift',
    );
    fireEvent.change(within(dialog).getByLabelText(/^Due/), {
      target: { value: '2030-01-31' },
    });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    expect(api.decidePromotion).toHaveBeenCalledWith(
      '7',
      expect.objectContaining({
        conditions: [expect.objectContaining({ owner: 'user:default/rosa' })],
      }),
    );
  });

  it('shows how a condition was met, whoever it was laid on', async () => {
    const condition = {
      due: '2026-03-05T00:00:00Z',
      by: 'user:default/grace',
      closedAt: '2026-03-02T00:00:00Z',
      closedBy: 'user:default/rosa',
      closingComment: 'Watched for a week, no drift',
      overdue: false,
    };
    openReview(
      testPromotion({
        conditions: [
          { ...condition, id: '1', text: 'Watch drift', owner: 'somebody' },
          { ...condition, id: '2', text: 'Again', owner: '<b>Ada L</b> :' },
        ],
      }),
    );
    const section = await screen.findByRole('region', { name: 'Conditions' });
    const [first, second] = within(section).getAllByRole('listitem');
    expect(first).toHaveTextContent(/somebody, set by grace, closed by rosa/);
    expect(first).toHaveTextContent(
      'How it was met: Watched for a week, no drift',
    );
    expect(second).toHaveTextContent('<b>Ada L</b> :');
  });

  it('to refuse needs a reason', async () => {
    const api = openReview(testPromotion());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Refuse' }),
    );
    const dialog = screen.getByRole('dialog');
    const refuse = within(dialog).getByRole('button', { name: 'Refuse' });
    expect(refuse).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText(/Comment/), 'No');
    await userEvent.click(refuse);
    expect(api.decidePromotion).toHaveBeenCalledWith(
      '7',
      expect.objectContaining({ decision: 'refuse', comment: 'No' }),
    );
  });

  it('on what has changed since the request needs a look', async () => {
    const promotion = testPromotion({
      evidenceChanged: true,
      now: {
        at: '2026-03-02T00:00:00Z',
        gates: [
          testGate({
            outcome: 'fail',
            value: 0.7,
            evidence: ['b'.repeat(64)],
          }),
        ],
        evidence: ['b', 'd'].map(digit => ({
          ...testPromotion().evidence[0],
          digest: digit.repeat(64),
        })),
      },
    });
    openReview({
      ...promotion,
      changedMeasurements: [
        {
          key: 'roc_auc',
          dataset: 'holdout',
          slice: null,
          was: { value: 0.9, digest: 'a'.repeat(64) },
          is: { value: 0.7, digest: 'b'.repeat(64) },
        },
        {
          key: 'f1',
          dataset: null,
          slice: 'young',
          was: null,
          is: { value: 0.5, digest: 'b'.repeat(64) },
        },
      ],
    });
    const approve = await screen.findByRole('button', { name: 'Approve' });
    expect(approve).toBeDisabled();
    const measured = screen.getByRole('table', { name: /is measured now/ });
    const auc = within(measured).getByRole('row', { name: /roc_auc/ });
    expect(auc).toHaveTextContent(/0\.9.*0\.7/);
    await waitFor(() =>
      expect(
        within(auc).getByRole('link', { name: /document bbbbbbbbbbbb/ }),
      ).toHaveAttribute(
        'href',
        expect.stringMatching(/\/versions\/3\/evidence\/b+\?kind=metrics$/),
      ),
    );
    expect(within(measured).getByRole('row', { name: /f1/ })).toHaveTextContent(
      'not measured',
    );
    expect(screen.getByRole('table', { name: 'Gates' })).toHaveTextContent(
      'at the request: pass',
    );
    expect(
      screen.getByRole('table', { name: 'Frozen evidence' }),
    ).toHaveTextContent('gone since');
    const [, counted, other] = within(
      screen.getByRole('table', { name: 'Frozen evidence' }),
    ).getAllByRole('row');
    expect(counted).toHaveTextContent(
      'Gates that count it: roc_auc at least 0.8',
    );
    expect(other).toHaveTextContent('No gate counts it.');
    await userEvent.click(screen.getByRole('checkbox'));
    expect(approve).toBeEnabled();
  });

  it('from a stale page says what changed, and waits until that was looked at', async () => {
    const api = openReview(testPromotion());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const newer = testPromotion({
      revision: 4,
      decisions: [
        {
          by: 'user:default/grace',
          decision: 'approve',
          comment: null,
          at: '2026-03-02T00:00:00Z',
          groups: [],
          changedSince: false,
          notCounted: null,
        },
      ],
    });
    api.getPromotion.mockImplementation(async () => newer);
    api.decidePromotion.mockRejectedValueOnce(
      await testResponseError(409, 'You looked at revision 3'),
    );
    const dialog = screen.getByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'You looked at revision 3',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    );
    const look = await screen.findByRole('button', {
      name: 'I have looked at it',
    });
    expect(screen.getAllByText(/approved/).length).toBeGreaterThan(0);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(screen.getByRole('button', { name: 'Approve' })).toBeDisabled();
    await userEvent.click(look);
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', {
        name: 'Approve',
      }),
    );
    expect(api.decidePromotion).toHaveBeenLastCalledWith(
      '7',
      expect.objectContaining({ revision: 4 }),
    );
  });
});

it('says of every approval that does not count why', async () => {
  const approval = (
    by: string,
    notCounted: PromotionDecision['notCounted'],
  ): PromotionDecision => ({
    by: `user:default/${by}`,
    decision: 'approve',
    comment: null,
    at: '2026-03-02T00:00:00Z',
    groups: [],
    changedSince: notCounted === 'changed',
    notCounted,
  });
  openReview(
    testPromotion({
      decisions: [
        approval('grace', 'changed'),
        approval('rosa', 'own-work'),
        approval('ada', 'same-groups'),
      ],
    }),
  );
  for (const text of [
    /what is judged has changed since. It can be given again/,
    /had a part in this version/,
    /both are of the same groups/,
  ]) {
    expect(await screen.findByText(text)).toBeInTheDocument();
  }
});
