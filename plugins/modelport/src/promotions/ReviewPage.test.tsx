import {
  Promotion,
  PromotionDecision,
} from '@modelport/plugin-modelport-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage, testResponseError } from '../__testUtils__/renderPage';
import { testComparison, testModel } from '../__testUtils__/testData';
import {
  testActions,
  testAuditEntry,
  NO_SPLITTING,
  testEnvironment,
  testGate,
  testPromotion,
  testReach,
} from '../__testUtils__/testPromotion';
import { ReviewPage } from './ReviewPage';

function apiOf(promotion: Promotion) {
  const answer = jest.fn(async () => promotion);
  return {
    getPromotion: jest.fn(async () => promotion),
    getModel: jest.fn(async () => testModel()),
    compareVersions: jest.fn(async () => testComparison()),
    compareEvidence: jest.fn(async () => ({
      differences: [],
      withoutRows: [],
      remarks: [],
      calibrations: [],
    })),
    listAudit: jest.fn(async () => ({
      items: [testAuditEntry()],
      totalItems: 1,
      nextCursor: null,
    })),
    getEnvironments: jest.fn(async () => ({
      at: '2026-03-01T00:00:00Z',
      traffic: NO_SPLITTING,
      items: [testEnvironment()],
    })),
    decidePromotion: answer,
    waiveGate: answer,
    commentPromotion: answer,
    closeCondition: answer,
    withdrawPromotion: answer,
    executePromotion: answer,
    verifyAudit: jest.fn(async () => ({
      ok: true,
      entries: 12,
      firstBroken: null,
      message: null,
      heads: {
        enabled: false,
        checked: 0,
        latestAt: null,
        latestSeq: null,
        message: null,
      },
    })),
  };
}

function open(promotion: Promotion, api = apiOf(promotion)) {
  renderPage(<ReviewPage id="7" />, {
    api,
    address: '/models/promotions/7',
  });
  return api;
}

describe('what a reviewer sees', () => {
  it('is the change ticket with what its tracker says', async () => {
    open(
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
    open(
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
    open(
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
    open(testPromotion());
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
    open(
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
    open(
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
    open(
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
    open(
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

  it('says in words why it cannot approve, and offers nothing that it may not', async () => {
    const own = {
      allowed: false,
      reason: 'You are the requester; nobody decides on their own work.',
    };
    open(
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

  it('is why the page could not be loaded', async () => {
    const api = apiOf(testPromotion());
    api.getPromotion.mockRejectedValue(
      await testResponseError(404, 'There is no promotion 7'),
    );
    open(testPromotion(), api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no promotion 7',
    );
  });
});

describe('a decision', () => {
  it('is sent with the revision that was looked at, and its conditions', async () => {
    const api = open(testPromotion());
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

  it('lays a condition on somebody of the catalog', async () => {
    const api = open(testPromotion());
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
    open(
      testPromotion({
        conditions: [
          { ...condition, id: '1', text: 'Watch drift', owner: 'somebody' },
          { ...condition, id: '2', text: 'Again', owner: '<b>Ada L</b> :' },
        ],
      }),
    );
    const section = await screen.findByRole('region', { name: 'Conditions' });
    const [first, second] = within(section).getAllByRole('listitem');
    expect(first).toHaveTextContent(/somebody, closed by rosa/);
    expect(first).toHaveTextContent(
      'How it was met: Watched for a week, no drift',
    );
    expect(second).toHaveTextContent('<b>Ada L</b> :');
  });

  it('to refuse needs a reason', async () => {
    const api = open(testPromotion());
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
    open({
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
    const api = open(testPromotion());
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
  open(
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

describe('a gate that did not pass', () => {
  it('is waived with a reason, a control and an end', async () => {
    const api = open(
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
    open(
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
    const api = apiOf(
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
    open(testPromotion(), api);
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
    const api = open(
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
    const api = open(
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
    open(testPromotion({ state: 'refused' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Verify the chain' }),
    );
    expect(
      await screen.findByText(/The chain of 12 entries holds/),
    ).toBeInTheDocument();
  });
});
