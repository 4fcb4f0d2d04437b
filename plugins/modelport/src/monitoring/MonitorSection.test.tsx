import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderPage,
  testEntity,
  testResponseError,
} from '../__testUtils__/renderPage';
import { testVersion } from '../__testUtils__/testData';
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

  it('takes a monitor in fields, names its defaults, and says why it was not kept', async () => {
    const putMonitor = jest
      .fn<Promise<ReturnType<typeof testMonitor>>, unknown[]>()
      .mockRejectedValueOnce(await testResponseError(400, 'no such engine'))
      .mockResolvedValue(testMonitor());
    render(<MonitorSection id={ID} />, {
      getMonitor: async () => testMonitor({ mayConfigure: true, version: '3' }),
      getVersion: async () =>
        testVersion({
          signature: {
            inputs: [
              { name: 'age', type: 'long', required: true, shape: null },
              { name: 'region', type: 'string', required: true, shape: null },
            ],
            outputs: [],
            params: [],
          },
        }),
      putMonitor,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Declare a monitor' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const age = within(await dialog.findByRole('group', { name: 'age' }));
    expect(age.getByText('Numbers (signature)')).toBeVisible();
    expect(dialog.getByRole('spinbutton', { name: 'PSI' })).toHaveAttribute(
      'placeholder',
      '0.2',
    );
    const save = dialog.getByRole('button', { name: 'Save' });

    await userEvent.click(save);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      /can’t be computed yet.*reference/s,
    );
    expect(putMonitor).not.toHaveBeenCalled();

    const [reference, current] = dialog.getAllByRole('textbox', {
      name: /^Path, such as/,
    });
    await userEvent.type(reference, 'train.parquet');
    await userEvent.type(current, 'new.parquet');
    await userEvent.click(save);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      /expected the column of time/,
    );
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Column of the time' }),
      'at',
    );
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Time zone' }),
      'Europe/Nowhere',
    );
    await userEvent.click(save);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      /Europe\/Nowhere is no time zone/,
    );
    await userEvent.clear(dialog.getByRole('textbox', { name: 'Time zone' }));
    await userEvent.click(age.getByRole('checkbox', { name: 'Personal' }));
    await userEvent.type(
      dialog.getByRole('spinbutton', { name: 'PSI' }),
      '0.25',
    );
    await userEvent.click(save);
    expect(await dialog.findByText(/no such engine/)).toBeVisible();
    await userEvent.click(save);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(putMonitor).toHaveBeenLastCalledWith(ID, {
      reference: { data: { artefact: 'train.parquet' } },
      current: { artefact: 'new.parquet' },
      time: { column: 'at' },
      columns: { age: { personal: true } },
      thresholds: { psi: 0.25 },
    });
  });

  it('takes a monitor as JSON too, and tries its thresholds on the past', async () => {
    const previewAlertRules = jest.fn(async () => ({
      version: '3',
      windows: 12,
      items: [{ rule: 'psi', windows: 12, fired: [] }],
    }));
    const putMonitor = jest.fn(async () => testMonitor());
    render(<MonitorSection id={ID} />, {
      getMonitor: async () =>
        testMonitor({
          mayConfigure: true,
          version: null,
          definition: {
            ...DEFINITION,
            window: 'day',
            thresholds: { psi: 0.3 },
          },
        }),
      previewAlertRules,
      putMonitor,
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Try thresholds on the past' }),
    );
    expect(
      await dialog.findByText(/psi: would have fired in 0 of 12 windows/),
    ).toBeVisible();
    expect(previewAlertRules).toHaveBeenCalledWith(
      ID,
      expect.arrayContaining([
        expect.objectContaining({ statistic: 'psi', threshold: 0.3 }),
        expect.objectContaining({ statistic: 'ks', threshold: 0.1 }),
      ]),
    );
    // Ids are such as rules may have.
    expect(previewAlertRules).toHaveBeenCalledWith(
      ID,
      expect.not.arrayContaining([
        expect.objectContaining({ id: expect.stringMatching(/[^\w.-]/) }),
      ]),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Edit as JSON' }));
    const text = dialog.getByRole('textbox');
    await userEvent.clear(text);
    await userEvent.paste('no JSON');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(dialog.getByText(/This is no JSON/)).toBeVisible();
    expect(putMonitor).not.toHaveBeenCalled();
    await userEvent.clear(text);
    await userEvent.paste(
      '{"reference": {"data": {"path": "/srv/a.csv"}}, "columns": {"x": {"edges": [0, 1]}}}',
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Edit in fields' }),
    );
    expect(dialog.getByDisplayValue('/srv/a.csv')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    // What no field shows is kept.
    expect(putMonitor).toHaveBeenCalledWith(ID, {
      reference: { data: { path: '/srv/a.csv' } },
      columns: { x: { edges: [0, 1] } },
    });
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
          windows: 11,
          fired: [
            {
              start: '2019-04-01T00:00:00Z',
              end: '2019-05-01T00:00:00Z',
              severity: 'high' as const,
              text: 'psi of car_value is 0.9',
            },
          ],
        },
        { rule: 'costly', windows: 4, fired: [] },
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
    expect(
      within(dialog).getByText(
        /costly: would have fired in 0 of the newest 4 windows of 11/,
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
