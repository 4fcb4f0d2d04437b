import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderPage,
  testEntity,
  testResponseError,
} from '../__testUtils__/renderPage';
import {
  testMonitor,
  testRules,
  testServing,
} from '../__testUtils__/testMonitoring';
import { ModelportApi } from '../api/modelportApi';
import { AlertRulesSection } from './AlertRulesSection';
import { MonitorSection } from './MonitorSection';
import { ServingSection } from './ServingSection';

const ID = { source: 'demo', name: 'car-loan-default' };
const DEFINITION = { reference: { data: { artefact: 'train.parquet' } } };

function render(section: JSX.Element, api: Partial<ModelportApi>) {
  return renderPage(section, {
    api,
    entity: testEntity(),
    address: '/monitoring',
    mountPath: '/*',
  });
}

describe('MonitorSection', () => {
  it('says what is computed, of what, and what went wrong', async () => {
    render(<MonitorSection id={ID} />, {
      getMonitor: async () =>
        testMonitor({
          definition: DEFINITION,
          declaredBy: 'source',
          message: 'There is no file data/<b>x</b>.csv',
          columns: 8,
          referenceRows: 2000,
          windows: 10,
        }),
    });
    expect(
      await screen.findByText(/8 columns of 2,000 rows of the reference/),
    ).toBeVisible();
    expect(screen.getByText(/no file data\/<b>x<\/b>\.csv/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show definition' }),
    );
    expect(screen.getByText(/train\.parquet/)).toBeVisible();
  });

  it('lets data be read again, and says so', async () => {
    const runMonitor = jest.fn(async () => testMonitor());
    render(<MonitorSection id={ID} />, {
      getMonitor: async () =>
        testMonitor({ definition: DEFINITION, mayConfigure: true }),
      runMonitor,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Read again' }),
    );
    expect(await screen.findByText(/with the next round/)).toBeVisible();
    expect(runMonitor).toHaveBeenCalledWith(ID);
  });

  it('takes a definition from who may, and says why it was not kept', async () => {
    const putMonitor = jest
      .fn<Promise<ReturnType<typeof testMonitor>>, unknown[]>()
      .mockRejectedValueOnce(
        await testResponseError(400, 'expected data, a window, or both'),
      )
      .mockResolvedValue(testMonitor());
    render(<MonitorSection id={ID} />, {
      getMonitor: async () => testMonitor({ mayConfigure: true }),
      putMonitor,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Declare a monitor' }),
    );
    const dialog = await screen.findByRole('dialog');
    const text = within(dialog).getByRole('textbox');
    await userEvent.clear(text);
    await userEvent.paste('no JSON');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(within(dialog).getByText(/This is no JSON/)).toBeVisible();
    expect(putMonitor).not.toHaveBeenCalled();
    await userEvent.clear(text);
    await userEvent.paste('{"reference": {}}');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(
      await within(dialog).findByText(/expected data, a window, or both/),
    ).toBeVisible();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(putMonitor).toHaveBeenLastCalledWith(ID, { reference: {} });
  });
});

describe('AlertRulesSection', () => {
  it('tries rules on the past before they are saved', async () => {
    const previewAlertRules = jest.fn(async () => ({
      version: '2',
      windows: 11,
      items: [
        {
          rule: 'drift',
          fired: [
            {
              start: '2019-04-01T00:00:00Z',
              end: '2019-05-01T00:00:00Z',
              severity: 'high' as const,
              text: 'psi of car_value is 0.9',
            },
          ],
        },
      ],
    }));
    const putAlertRules = jest.fn(async () => testRules());
    render(<AlertRulesSection id={ID} />, {
      getAlertRules: async () => testRules({ mayEdit: true }),
      previewAlertRules,
      putAlertRules,
    });
    expect(
      await screen.findByText('where the tool says so, 2 windows in a row'),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Edit rules' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByRole('spinbutton', { name: /^Threshold/ }),
      '0.3',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Try on the past' }),
    );
    expect(
      await within(dialog).findByText(
        /drift: would have fired in 1 of 11 windows/,
      ),
    ).toBeVisible();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(putAlertRules).toHaveBeenCalledWith(ID, [
      expect.objectContaining({ id: 'drift', threshold: 0.3 }),
    ]);
  });

  it('offers nothing to who may not', async () => {
    render(<AlertRulesSection id={ID} />, {
      getAlertRules: async () => testRules(),
    });
    expect(await screen.findByText('drift')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Edit rules' })).toBeNull();
  });
});

describe('ServingSection', () => {
  it('shows levels, budget and cost', async () => {
    render(<ServingSection id={ID} />, {
      getServing: async () =>
        testServing({
          series: [
            {
              name: 'requests',
              unit: 'requests',
              query: 'sum(x)',
              points: [{ time: '2026-11-20T12:00:00Z', value: 10 }],
            },
          ],
          objectives: [
            {
              name: 'availability',
              target: 0.99,
              achieved: 0.98,
              budget: 10,
              spent: 2,
            },
          ],
          costPerThousand: 0.25,
          currency: 'EUR',
        }),
    });
    expect(
      await screen.findByText('Cost of 1,000 predictions: 0.25 EUR.'),
    ).toBeVisible();
    expect(
      screen.getByRole('row', { name: /^availability/ }),
    ).toHaveTextContent('availability99 %98 %10200 %: overspent');
  });

  it('says why there are no figures, and nothing where none are asked for', async () => {
    render(<ServingSection id={ID} />, {
      getServing: async () => testServing({ problem: 'fetch failed' }),
    });
    expect(await screen.findByText(/fetch failed/)).toBeVisible();
  });
});
