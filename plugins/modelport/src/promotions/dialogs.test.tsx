import { PromotionPreview } from '@modelport/plugin-modelport-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage, testResponseError } from '../__testUtils__/renderPage';
import {
  NO_SPLITTING,
  testEnvironment,
  testGate,
  testPromotion,
  testReach,
} from '../__testUtils__/testPromotion';
import { RequestButton } from './RequestButton';
import { RollbackDialog } from './RollbackDialog';

const id = { source: 'demo', name: 'car-loan-default' };

function preview(part: Partial<PromotionPreview> = {}): PromotionPreview {
  const { quorum, reach, evidence } = testPromotion();
  return {
    ...id,
    version: '3',
    environment: 'production',
    environments: ['staging', 'production'],
    fromVersion: '2',
    riskTier: 'high',
    riskTierConfirmed: false,
    gates: [
      testGate(),
      testGate({ id: 'x', title: 'Fairness', outcome: 'fail' }),
    ],
    evidence,
    quorum,
    reach,
    excluded: [],
    effect: { possible: true, message: 'The alias champion will be given' },
    rollouts: [
      {
        kind: 'direct',
        possible: true,
        message: null,
        next: 'manual',
        steps: [],
        abortOn: [],
      },
    ],
    problems: [],
    request: { allowed: true, reason: null },
    ...part,
  };
}

function requestApi(of = preview()) {
  return {
    getEnvironments: jest.fn(async () => ({
      at: '2026-03-01T00:00:00Z',
      traffic: NO_SPLITTING,
      items: [
        testEnvironment({ environment: 'staging', version: '3' }),
        testEnvironment(),
      ],
    })),
    previewPromotion: jest.fn(async () => of),
    requestPromotion: jest.fn(async () => testPromotion()),
  };
}

async function openRequest(api: ReturnType<typeof requestApi>) {
  renderPage(<RequestButton id={id} version="3" />, { api });
  await userEvent.click(screen.getByRole('button', { name: 'Promote' }));
  return screen.findByRole('dialog');
}

describe('a request', () => {
  it('says before it is sent that nobody could approve it', async () => {
    const dialog = await openRequest(
      requestApi(
        preview({
          reach: testReach({
            state: 'cannot',
            nobodyLeft: ['group:default/model-risk'],
          }),
        }),
      ),
    );
    expect(
      await within(dialog).findByText(/nobody who may decide is left of/),
    ).toHaveTextContent(/model-risk\. Name a deputy.*have it asked for/);
  });

  it('shows the gates first, what fails before what passes, and leads to the review', async () => {
    const api = requestApi();
    const dialog = await openRequest(api);
    const table = await within(dialog).findByRole('table', { name: 'Gates' });
    const [, first] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('Fairness');
    expect(dialog).toHaveTextContent('The alias champion will be given');
    expect(api.previewPromotion).toHaveBeenCalledWith(id, '3', 'production');
    expect(dialog).toHaveTextContent('Whoever asks is none of those');
    expect(dialog).toHaveTextContent('from different groups');
    expect(dialog).toHaveTextContent('one of them from model-risk');
    const send = within(dialog).getByRole('button', { name: 'Ask for it' });
    expect(send).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText(/^Why/), 'Better');
    await userEvent.click(send);
    expect(api.requestPromotion).toHaveBeenCalledWith({
      ...id,
      version: '3',
      environment: 'production',
      reason: 'Better',
      ticket: null,
    });
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        '/models/promotions/7',
      ),
    );
  });

  it('says what stands in its way', async () => {
    const dialog = await openRequest(
      requestApi(
        preview({
          problems: ['Version 3 is live there already'],
          request: { allowed: false, reason: 'You lack the permission' },
        }),
      ),
    );
    expect(
      await within(dialog).findByText('Version 3 is live there already'),
    ).toBeInTheDocument();
    expect(dialog).toHaveTextContent('You lack the permission');
    await userEvent.type(within(dialog).getByLabelText(/^Why/), 'Better');
    expect(
      within(dialog).getByRole('button', { name: 'Ask for it' }),
    ).toBeDisabled();
  });

  it('stays open with what was written where it was not taken', async () => {
    const api = requestApi();
    api.requestPromotion.mockRejectedValue(
      await testResponseError(409, 'It was asked for already'),
    );
    const dialog = await openRequest(api);
    await within(dialog).findByRole('table', { name: 'Gates' });
    await userEvent.type(within(dialog).getByLabelText(/^Why/), 'Better');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Ask for it' }),
    );
    expect(
      await within(dialog).findByText(/It was asked for already/),
    ).toBeInTheDocument();
    expect(within(dialog).getByLabelText(/^Why/)).toHaveValue('Better');
  });
});

describe('a rollback', () => {
  const targets = {
    environment: 'production',
    version: '3',
    alerts: [
      {
        id: '4',
        severity: 'high' as const,
        openedAt: '2026-02-20T00:00:00Z',
        text: 'car_value drifted',
      },
    ],
    rollback: { allowed: true, reason: null },
    items: [
      {
        version: '1',
        lastLiveAt: '2026-01-01T00:00:00Z',
        possible: false,
        checks: [
          { id: 'exists' as const, outcome: 'fail' as const, message: 'Gone' },
        ],
        alerts: [],
        monitoredAt: null,
        ...{ decision: 'one' as const, because: null },
      },
      {
        version: '2',
        lastLiveAt: '2026-02-01T00:00:00Z',
        possible: true,
        checks: [
          { id: 'exists' as const, outcome: 'pass' as const, message: 'There' },
        ],
        alerts: [
          {
            id: '3',
            severity: 'low' as const,
            openedAt: '2026-02-10T00:00:00Z',
            text: 'age is missing',
          },
        ],
        monitoredAt: '2026-02-10T00:00:00Z',
        ...{ decision: 'quorum' as const, because: 'own-work' as const },
      },
    ],
  };
  const open = (part: Partial<typeof targets> = {}) => {
    const api = {
      getRollbackTargets: jest.fn(async () => ({ ...targets, ...part })),
      rollBack: jest.fn(async () => testPromotion({ id: '8' })),
      getLineage: jest.fn(async () => ({
        nodes: ['version', 'consumer'].map(kind => ({
          id: kind,
          kind:
            kind === 'version' ? ('version' as const) : ('consumer' as const),
          name: `a ${kind}`,
          version: null,
          entityRef: null,
          failed: false,
        })),
        edges: [],
        truncated: false,
      })),
    };
    renderPage(
      <RollbackDialog id={id} environment="production" onClose={() => {}} />,
      { api },
    );
    return api;
  };

  it('offers what was live before and is possible, with what was checked', async () => {
    const api = open();
    expect(
      await screen.findByRole('radio', { name: /Version 1/ }),
    ).toBeDisabled();
    expect(screen.getByRole('radio', { name: /Version 2/ })).toBeChecked();
    expect(screen.getByText('Gone')).toBeInTheDocument();
    const dialog = screen.getByRole('dialog');
    expect(dialog).toHaveTextContent(
      /Alerts open on version 3, which is live:high, .*car_value drifted/,
    );
    expect(dialog).toHaveTextContent(/Alerts open on it:low, .*age is missing/);
    expect(dialog).toHaveTextContent('newest evidence of monitoring is from');
    expect(dialog).toHaveTextContent('No alert is open on it.');
    expect(dialog).toHaveTextContent('No evidence of monitoring is known');
    expect(await screen.findByText('a consumer')).toBeInTheDocument();
    expect(screen.queryByText('a version')).not.toBeInTheDocument();
    expect(api.getLineage).toHaveBeenCalledWith(
      id,
      expect.objectContaining({ version: '3', direction: 'downstream' }),
    );
    const send = screen.getByRole('button', { name: 'Roll back' });
    expect(send).toBeDisabled();
    await userEvent.type(screen.getByLabelText(/^Why/), 'Errors');
    await userEvent.click(send);
    expect(api.rollBack).toHaveBeenCalledWith(id, 'production', {
      toVersion: '2',
      reason: 'Errors',
    });
  });

  it('asks for no reason where there is nothing to go back to', async () => {
    open({ items: [] });
    expect(
      await screen.findByText(/There is nothing to go back to/),
    ).toBeInTheDocument();
    expect(screen.queryByLabelText(/^Why/)).not.toBeInTheDocument();
    expect(screen.getByRole('dialog')).not.toHaveTextContent('at once');
    expect(screen.getByRole('button', { name: 'Roll back' })).toBeDisabled();
  });

  it('says why it is not allowed', async () => {
    open({
      rollback: { allowed: false, reason: 'You lack the permission' } as never,
    });
    expect(
      await screen.findByText('You lack the permission'),
    ).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText(/^Why/), 'Errors');
    expect(screen.getByRole('button', { name: 'Roll back' })).toBeDisabled();
  });
});
