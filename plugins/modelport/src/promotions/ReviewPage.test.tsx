import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { openReview, reviewApi } from '../__testUtils__/openReview';
import { testResponseError } from '../__testUtils__/renderPage';
import {
  testActions,
  testGate,
  testPromotion,
  testReach,
} from '../__testUtils__/testPromotion';

describe('what a reviewer sees', () => {
  it('is the change ticket with what its tracker says', async () => {
    openReview(
      testPromotion({
        ticket: 'CHG-7',
        changeTicket: {
          reference: 'CHG-7',
          url: 'https://tickets.example/7',
          state: 'approved',
          message: null,
          checkedAt: '2026-03-01T00:00:00Z',
          checks: [
            {
              when: 'request',
              at: '2026-03-01T00:00:00Z',
              state: 'approved',
              message: null,
              allowed: true,
            },
            {
              when: 'execution',
              at: '2026-03-02T00:00:00Z',
              state: null,
              message: 'CHG-7 is closed',
              allowed: false,
            },
          ],
        },
      }),
    );
    expect(await screen.findByRole('link', { name: /CHG-7/ })).toHaveAttribute(
      'href',
      'https://tickets.example/7',
    );
    expect(screen.getByText(/at the request.*approved/)).toBeInTheDocument();
    expect(
      screen.getByText(
        /before the execution.*CHG-7 is closed \(it may not be used\)/,
      ),
    ).toBeInTheDocument();
  });

  it('is how long it took, and that the time was let go by', async () => {
    openReview(
      testPromotion({
        state: 'expired',
        requestedAt: '2026-03-01T00:00:00Z',
        expiresAt: '2026-03-11T00:00:00Z',
      }),
    );
    expect(
      await screen.findByText('nobody decided in the 10 days that there were'),
    ).toBeInTheDocument();
  });

  it('is where the copy lives that is live', async () => {
    openReview(
      testPromotion({
        copy: { source: 'prod', name: 'prod.car-loan', version: '4' },
      }),
    );
    expect(
      await screen.findByRole('link', { name: /prod.car-loan/ }),
    ).toBeInTheDocument();
    expect(screen.getByText(/version 4 of/)).toHaveTextContent(
      'version 4 of prod.car-loan in prod',
    );
  });

  it('is all that it takes to decide', async () => {
    openReview(testPromotion());
    expect(
      await screen.findByRole('heading', {
        name: 'car-loan-default version 3 into production',
      }),
    ).toBeInTheDocument();
    const gate = screen.getByRole('row', { name: /roc_auc at least 0.8/ });
    expect(gate).toHaveTextContent('pass');
    expect(gate).toHaveTextContent('0.9');
    expect(gate).toHaveTextContent('0.87 to 0.93');
    expect(gate).toHaveTextContent('evaluate.py 1.4 (artefact)');
    expect(
      within(gate).getByRole('button', {
        name: 'Download metrics aaaaaaaaaaaa',
      }),
    ).toBeInTheDocument();
    const decision = screen.getByRole('region', { name: 'Decision' });
    expect(decision).toHaveTextContent('0 of 2 approvals');
    expect(decision).toHaveTextContent('from different groups');
    expect(decision).toHaveTextContent('Waiting for grace, rosa');
    expect(decision).toHaveTextContent('ada (requested it)');
    expect(
      await screen.findByRole('table', {
        name: 'The two versions side by side',
      }),
    ).toHaveTextContent('Candidate: 3');
    expect(
      await screen.findByRole('row', { name: /promotion\.requested/ }),
    ).toBeInTheDocument();
  });

  it('is that nobody is left to approve it, or that nobody can tell', async () => {
    openReview(
      testPromotion({
        reach: testReach({
          state: 'cannot',
          nobodyLeft: ['group:default/model-risk'],
        }),
      }),
    );
    const decision = await screen.findByRole('region', { name: 'Decision' });
    expect(within(decision).getByRole('alert')).toHaveTextContent(
      /nobody who may decide is left of model-risk.*Name a deputy.*withdraw it/,
    );
  });

  it('is whose members the catalog does not say', async () => {
    openReview(
      testPromotion({
        reach: testReach({ state: 'unknown', unknown: ['group:default/gone'] }),
      }),
    );
    const decision = await screen.findByRole('region', { name: 'Decision' });
    expect(decision).toHaveTextContent(
      'is not known: the catalog does not say who gone are',
    );
    expect(decision).not.toHaveTextContent('cannot be approved');
  });

  it('is a warning before the last of a group steps aside', async () => {
    openReview(
      testPromotion({
        reach: testReach({
          needsYou: true,
          lastOf: ['group:default/model-risk'],
        }),
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Step aside' }),
    );
    expect(screen.getByRole('dialog')).toHaveTextContent(
      /last one who may decide of model-risk/,
    );
  });

  it('is that a rollback was decided alone, and nobody kept out of it by their own decision', async () => {
    openReview(
      testPromotion({
        kind: 'rollback',
        state: 'live',
        quorum: {
          required: 1,
          given: 1,
          differentGroups: true,
          oneFrom: [],
          waitingFor: [],
        },
        decisions: [
          {
            by: 'user:default/ada',
            decision: 'approve',
            comment: null,
            at: '2026-03-02T00:00:00Z',
            groups: [],
            changedSince: false,
            notCounted: null,
          },
        ],
      }),
    );
    const decision = await screen.findByRole('region', { name: 'Decision' });
    expect(decision).toHaveTextContent('1 of 1 approvals');
    expect(decision).toHaveTextContent('Decided alone');
    expect(decision).not.toHaveTextContent('May not decide');
  });

  it('is which gate is in the way where all have approved', async () => {
    openReview(
      testPromotion({
        gates: [
          testGate(),
          testGate({ id: 'golden', title: 'Golden tests', outcome: 'fail' }),
        ],
        quorum: {
          ...{ required: 1, given: 1, differentGroups: false, oneFrom: [] },
          waitingFor: ['group:default/model-risk'],
        },
      }),
    );
    expect(
      await screen.findByText(
        /A gate that does not pass is in the way: Golden/,
      ),
    ).toBeInTheDocument();
  });

  it('is that it is live no more where somebody moved it', async () => {
    openReview(
      testPromotion({
        state: 'live',
        findings: [
          {
            kind: 'moved-elsewhere',
            text: 'Somebody moved champion to version 1 at the registry',
            since: '2026-03-01T00:00:00Z',
          },
        ],
      }),
    );
    expect(
      await screen.findByText('was live, moved at the registry since'),
    ).toBeInTheDocument();
  });

  it('says in words why it cannot approve, and offers nothing that it may not', async () => {
    const own = {
      allowed: false,
      reason: 'You are the requester; nobody decides on their own work.',
    };
    openReview(
      testPromotion({
        actions: testActions({ approve: own, refuse: own, waive: own }),
      }),
    );
    expect(
      await screen.findByText('You cannot approve this'),
    ).toBeInTheDocument();
    expect(screen.getByText(own.reason)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Waive' }),
    ).not.toBeInTheDocument();
  });

  it('is a question before a request is withdrawn', async () => {
    const api = openReview(
      testPromotion({
        actions: testActions({ withdraw: { allowed: true, reason: null } }),
      }),
    );
    const withdraw = await screen.findByRole('button', { name: 'Withdraw' });
    await userEvent.click(withdraw);
    const dialog = screen.getByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    );
    expect(api.withdrawPromotion).not.toHaveBeenCalled();
    await waitFor(() => expect(withdraw).toHaveFocus());
    await userEvent.click(withdraw);
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', {
        name: 'Withdraw',
      }),
    );
    expect(api.withdrawPromotion).toHaveBeenCalledWith('7');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('is why the page could not be loaded', async () => {
    const api = reviewApi(testPromotion());
    api.getPromotion.mockRejectedValue(
      await testResponseError(404, 'There is no promotion 7'),
    );
    openReview(testPromotion(), api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no promotion 7',
    );
  });
});
