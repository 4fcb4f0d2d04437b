import {
  PromotionRollout,
  RolloutOption,
} from '@modelport/plugin-modelport-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage, testResponseError } from '../__testUtils__/renderPage';
import {
  NO_SPLITTING,
  testActions,
  testEnvironment,
  testPromotion,
} from '../__testUtils__/testPromotion';
import { ExecutionSection } from './ExecutionSection';
import { RolloutChoice } from './RolloutChoice';
import { RolloutSection } from './RolloutSection';
import { usePromotion } from './usePromotion';

const ALLOWED = { allowed: true, reason: null };

function rollout(part: Partial<PromotionRollout> = {}): PromotionRollout {
  return {
    promotion: '7',
    kind: 'canary',
    next: 'automatic',
    steps: [
      { percent: 10, mode: 'live', holdSeconds: 3_600 },
      { percent: 50, mode: 'live', holdSeconds: 129_600 },
    ],
    abortOn: ['An alert of severity high is open on the version'],
    step: 1,
    since: new Date(Date.now() - 600_000).toISOString(),
    heldUntil: new Date(Date.now() + 3_060_000).toISOString(),
    waitsFor: 'time',
    shares: [
      { version: '2', percent: 90, mode: 'live' },
      { version: '3', percent: 10, mode: 'live' },
    ],
    problem: null,
    abort: null,
    ...part,
  };
}

function Review() {
  const control = usePromotion('7');
  const { value } = control.loaded;
  return value ? <RolloutSection promotion={value} control={control} /> : null;
}

function Execution() {
  const control = usePromotion('7');
  const { value } = control.loaded;
  return value ? (
    <ExecutionSection promotion={value} control={control} />
  ) : null;
}

function open(promotion = testPromotion()) {
  const api = {
    getPromotion: jest.fn(async () => promotion),
    goOnWithPromotion: jest.fn(async () => promotion),
    abortPromotion: jest.fn(async () => promotion),
    getEnvironments: jest.fn(async () => ({
      at: '2026-03-01T00:00:00Z',
      traffic: NO_SPLITTING,
      items: [
        testEnvironment({
          observed: [
            { version: '3', share: 0.12, lastSeen: '2026-03-01T00:00:00Z' },
          ],
        }),
      ],
    })),
  };
  renderPage(<Review />, { api });
  return api;
}

describe('a rollout under review', () => {
  it('shows its step, shares beside what was seen, the next time and what takes it back', async () => {
    open(testPromotion({ state: 'executing', rollout: rollout() }));
    const steps = await screen.findByRole('list', {
      name: 'Steps of the rollout',
    });
    const [first, second, last] = within(steps).getAllByRole('listitem');
    expect(first).toHaveAttribute('aria-current', 'step');
    expect(first).toHaveTextContent(
      'Step 1: 10 % to version 3 (at least 1 hour), since 10 minutes ago',
    );
    expect(second).toHaveTextContent('at least 1 day 12 hours');
    expect(last).toHaveTextContent('Everything to version 3');
    const section = screen.getByRole('region', { name: 'Rollout' });
    expect(section).toHaveTextContent('version 2: 90 %');
    expect(await within(section).findByText(/seen: 12%/)).toBeInTheDocument();
    expect(section).toHaveTextContent(/The next step comes in \d+ minutes/);
    expect(section).toHaveTextContent('An alert of severity high');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('is nothing that is being done while it waits at a step', async () => {
    const promotion = testPromotion({
      state: 'executing',
      execution: {
        state: 'running',
        message: 'The registry says that version 3 has 10 %',
        steps: [],
        startedAt: null,
        finishedAt: null,
      },
      rollout: rollout(),
    });
    renderPage(<Execution />, {
      api: { getPromotion: jest.fn(async () => promotion) },
    });
    expect(
      await screen.findByText('The registry says that version 3 has 10 %'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
  });

  it('lets those who may go on with what they looked at, and abort with a reason', async () => {
    const api = open(
      testPromotion({
        state: 'executing',
        rollout: rollout({ waitsFor: 'person', next: 'manual' }),
        actions: testActions({ next: ALLOWED, abort: ALLOWED }),
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Go to step 2' }),
    );
    expect(api.goOnWithPromotion).toHaveBeenCalledWith('7', { revision: 3 });
    api.abortPromotion.mockRejectedValueOnce(
      await testResponseError(409, 'It is live by now'),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Abort' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('return to version 2');
    const send = within(dialog).getByRole('button', { name: 'Abort' });
    expect(send).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText(/^Why/), 'Worse');
    await userEvent.click(send);
    expect(api.abortPromotion).toHaveBeenCalledWith('7', { reason: 'Worse' });
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'It is live by now',
    );
  });

  it('says who aborted it, and why it does not go on', async () => {
    open(
      testPromotion({
        state: 'rolled_back',
        rollout: rollout({
          waitsFor: null,
          shares: [],
          problem: 'no telemetry is connected',
          abort: {
            by: 'user:default/rosa',
            reason: 'Answers differ',
            at: '2026-03-01T00:00:00Z',
          },
        }),
      }),
    );
    expect(await screen.findByText(/rosa/)).toBeInTheDocument();
    const section = screen.getByRole('region', { name: 'Rollout' });
    expect(section).toHaveTextContent('Answers differ');
    expect(section).toHaveTextContent(
      'It does not go on by itself: no telemetry is connected',
    );
  });

  it('says plainly where everything moves at once', async () => {
    open();
    const section = await screen.findByRole('region', { name: 'Rollout' });
    expect(section).toHaveTextContent('It is brought all at once');
    expect(
      await within(section).findByText('The source "demo" splits no traffic'),
    ).toBeInTheDocument();
  });
});

describe('the choice of a rollout', () => {
  const option = (part: Partial<RolloutOption>): RolloutOption => ({
    kind: 'direct',
    possible: true,
    message: null,
    next: 'manual',
    steps: [],
    abortOn: [],
    ...part,
  });

  it('offers what is possible with its plan, and says why the others are not', async () => {
    const onChoose = jest.fn();
    const { next, steps, abortOn } = rollout();
    renderPage(
      <RolloutChoice
        options={[
          option({ kind: 'canary', next, steps, abortOn }),
          option({}),
          option({ kind: 'shadow', possible: false, message: 'Not allowed' }),
          option({ kind: 'ab', possible: false, message: 'Not allowed' }),
        ]}
        version="3"
        chosen={undefined}
        onChoose={onChoose}
      />,
      { api: {} },
    );
    expect(
      screen.getByRole('list', { name: 'Steps of the rollout' }),
    ).toHaveTextContent('Step 1: 10 % to version 3');
    expect(screen.getByText(/Shadow.*A\/B.*: Not allowed/)).toBeInTheDocument();
    await userEvent.click(screen.getByLabelText('How it comes there'));
    const list = await screen.findByRole('listbox');
    expect(
      within(list)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['Canary, by steps', 'All at once']);
    await userEvent.click(within(list).getByText('All at once'));
    expect(onChoose).toHaveBeenCalledWith('direct');
  });
});
