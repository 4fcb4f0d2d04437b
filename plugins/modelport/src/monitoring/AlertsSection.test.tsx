import { useApi } from '@backstage/frontend-plugin-api';
import { Alert } from '@modelport/plugin-modelport-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderPage,
  testEntity,
  testResponseError,
} from '../__testUtils__/renderPage';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { AlertsPage } from './AlertsPage';
import { AlertsSection } from './AlertsSection';

function Loading() {
  const api = useApi(modelportApiRef);
  return (
    <AlertsSection
      loaded={useLoad('alerts', () => api.listAlerts({ limit: 50 }))}
    />
  );
}

function alert(part: Partial<Alert> = {}): Alert {
  return {
    id: '7',
    source: 'demo',
    name: 'car-loan-default',
    version: '2',
    entityRef: 'resource:default/car-loan-default',
    owner: 'group:default/risk-analytics',
    rule: 'drift',
    category: 'drift',
    severity: 'high',
    state: 'open',
    findings: [
      {
        feature: 'car_value',
        statistic: 'psi',
        tool: 'Evidently',
        value: 0.9,
        threshold: 0.1,
        start: '2019-04-01T00:00:00Z',
        end: '2019-05-01T00:00:00Z',
        text: '<b>psi</b> of car_value is 0.9',
      },
    ],
    openedAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    acknowledged: null,
    closed: null,
    actions: [
      {
        id: 'retrain',
        type: 'airflow',
        state: 'started',
        message: null,
        at: '2026-01-01T00:00:00Z',
        link: 'https://airflow.example/run',
      },
    ],
    history: [
      {
        at: '2026-01-01T00:00:00Z',
        by: null,
        kind: 'opened',
        text: 'It began',
      },
    ],
    ...part,
  };
}

function render(
  items: Alert[],
  options: { allowed?: boolean; acknowledgeAlert?: jest.Mock } = {},
) {
  const { allowed, acknowledgeAlert } = options;
  return renderPage(<Loading />, {
    api: {
      listAlerts: async () => ({
        items,
        totalItems: items.length,
        nextCursor: null,
      }),
      acknowledgeAlert,
    },
    entity: testEntity(),
    allowed,
  });
}

describe('AlertsSection', () => {
  it('shows each feature once before further findings of the same, by its own name', async () => {
    const [finding] = alert().findings;
    const of = (feature: string, text: string) => ({
      ...finding,
      feature,
      text,
    });
    render([
      alert({
        findings: [
          ...['a', 'b', 'c', 'd', 'e'].map(one => of('loan_length', one)),
          of('salary_range', 'z'),
        ],
      }),
    ]);
    const items = await screen.findAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'aloan_length',
      'zsalary_range',
      'bloan_length',
      'cloan_length',
      'dloan_length',
    ]);
    expect(screen.getByRole('link', { name: 'salary_range' })).toHaveStyle({
      textTransform: 'none',
    });
  });

  it('shows what is wrong, harmlessly, what it started, and its history', async () => {
    render([alert(), alert({ id: '6', state: 'closed', version: '1' })]);
    expect(
      await screen.findByText('<b>psi</b> of car_value is 0.9'),
    ).toBeVisible();
    expect(screen.getByText(/retrain \(airflow\): started/)).toBeVisible();
    expect(screen.getByRole('link', { name: /See its run/ })).toHaveAttribute(
      'href',
      'https://airflow.example/run',
    );
    expect(screen.getAllByRole('article')).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'History' }));
    expect(screen.getByText(/It began/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show closed ones' }),
    );
    expect(screen.getAllByRole('article')).toHaveLength(2);
  });

  it('shows what an alert was taken on for, and that something else is found since', async () => {
    const [finding] = alert().findings;
    const acknowledged = {
      by: 'user:default/ada',
      at: '2026-01-02T00:00:00Z',
      reason: 'Holidays',
      incident: null,
    };
    const of = (feature: string, text: string) => ({
      ...finding,
      feature,
      text,
    });
    render([
      alert({
        state: 'acknowledged',
        findings: [of('age', 'age is 0.9'), of('income', 'income is 0.7')],
        acknowledged: {
          ...acknowledged,
          findings: [of('age', 'age was 0.3'), of('region', 'region was 0.2')],
        },
      }),
      alert({
        id: '8',
        state: 'acknowledged',
        acknowledged: { ...acknowledged, findings: [finding] },
      }),
      alert({ id: '9', state: 'acknowledged', acknowledged }),
    ]);
    const [changed, same, old] = await screen.findAllByRole('article');
    expect(changed).toHaveTextContent(
      'took it on: Holidays It was taken on for:age was 0.3region was 0.21 of these is no longer found. Since then 2 findings have come or changed; they stand above, as they are now.',
    );
    expect(same).toHaveTextContent('took it on: Holidays');
    expect(same).not.toHaveTextContent('It was taken on for');
    expect(old).not.toHaveTextContent('It was taken on for');
  });

  it('takes an alert on with a reason, and says why it failed', async () => {
    const acknowledgeAlert = jest
      .fn()
      .mockRejectedValueOnce(await testResponseError(409, 'It is closed'))
      .mockResolvedValue(alert({ state: 'acknowledged' }));
    render([alert()], { acknowledgeAlert });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Acknowledge' }),
    );
    const dialog = screen.getByRole('dialog');
    const save = within(dialog).getByRole('button', { name: 'Acknowledge' });
    expect(save).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Why/ }),
      'I look',
    );
    await userEvent.click(save);
    expect(await within(dialog).findByText(/It is closed/)).toBeVisible();
    await userEvent.click(save);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(acknowledgeAlert).toHaveBeenLastCalledWith('7', {
      reason: 'I look',
      incident: null,
    });
  });

  it('offers nothing to who may not', async () => {
    render([alert()], { allowed: false });
    await screen.findByRole('article');
    expect(
      screen.queryByRole('button', { name: 'Acknowledge' }),
    ).not.toBeInTheDocument();
  });

  it('says that there is none', async () => {
    render([]);
    expect(
      await screen.findByText('No alert on this model is open.'),
    ).toBeVisible();
  });
});

describe('AlertsPage', () => {
  it('lists the alerts of every model by the state in the address', async () => {
    const listAlerts = jest.fn(async () => ({
      items: [alert()],
      totalItems: 1,
      nextCursor: 'next',
    }));
    renderPage(<AlertsPage />, {
      api: { listAlerts },
      address: '/models/alerts',
    });
    const region = await screen.findByRole('region', {
      name: 'car-loan-default',
    });
    expect(
      within(region).getByRole('link', { name: 'car_value' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/resource/car-loan-default/monitoring?version=2&feature=car_value',
    );
    expect(listAlerts).toHaveBeenLastCalledWith({ state: 'open', limit: 50 });
    await userEvent.click(screen.getByRole('button', { name: 'Closed' }));
    await waitFor(() =>
      expect(listAlerts).toHaveBeenLastCalledWith({
        state: 'closed',
        limit: 50,
      }),
    );
    expect(screen.getByTestId('address')).toHaveTextContent('state=closed');
    await userEvent.click(screen.getByRole('button', { name: 'Older ones' }));
    await waitFor(() =>
      expect(listAlerts).toHaveBeenLastCalledWith({
        state: 'closed',
        limit: 50,
        cursor: 'next',
      }),
    );
  });
});
