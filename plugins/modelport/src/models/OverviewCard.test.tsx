import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderPage,
  testEntity,
  testResponseError,
} from '../__testUtils__/renderPage';
import { testExplanation } from '../__testUtils__/testExplanation';
import {
  testEvidenceCount,
  testMeasurement,
  testModel,
  testModelPage,
  testVersion,
} from '../__testUtils__/testData';
import { testMonitoring } from '../__testUtils__/testMonitoring';
import { ModelportApi } from '../api/modelportApi';
import { OverviewCard } from './OverviewCard';

const HOSTILE = `# Title
<script>window.hacked = 1</script><img src="https://evil.example/raw.png" onerror="window.hacked = 2">
<picture><source srcset="https://evil.example/set.png"></picture>

[click](javascript:alert(3)) [fine](https://example.com/doc) ![pixel](https://evil.example/pixel.png)`;

function apiOf(part: Partial<ModelportApi> = {}) {
  return {
    getModel: jest.fn(async () => testModel()),
    getVersion: jest.fn(async () => testVersion()),
    listModels: jest.fn(async () => testModelPage([testModel()])),
    getMonitoring: jest.fn(async () => testMonitoring()),
    getLineage: jest.fn(async () => ({
      nodes: [],
      edges: [],
      truncated: false,
    })),
    listEvidence: jest.fn(async () => testEvidenceCount(1)),
    getExplanation: jest.fn(async () => testExplanation()),
    getCard: jest.fn(async () => ({
      fields: {},
      completeness: { template: 'default', score: 0, missing: [] },
      contradictions: [],
    })),
    listActivity: jest.fn(async () => ({
      items: [
        {
          at: '2026-02-01T00:00:00Z',
          by: null,
          kind: 'alias-changed' as const,
          version: '2',
          detail: { alias: 'champion', from: '1', to: '2' },
        },
      ],
      totalItems: 1,
      nextCursor: null,
    })),
    ...part,
  };
}

describe('OverviewCard', () => {
  it('does not say that nothing is known of lineage that is still being read', async () => {
    renderPage(<OverviewCard />, { api: apiOf(), entity: testEntity() });
    expect(
      await screen.findByText('Lineage is still being read'),
    ).toBeVisible();
  });

  it('says on what the main metric was measured', async () => {
    const getVersion = async () =>
      testVersion({
        measurements: [null, 20_107].map(n =>
          testMeasurement({
            key: 'test_log_loss',
            value: 0.25,
            dataset: null,
            evaluationSet: n === null ? null : { id: 'loans-q3', hash: null },
            n,
          }),
        ),
      });
    renderPage(<OverviewCard />, {
      api: apiOf({ getVersion }),
      entity: testEntity(),
    });
    expect(
      await screen.findByText('n = 20,107 · evaluation set loans-q3'),
    ).toBeVisible();
  });

  it('takes a source that config did not name for no retirement', async () => {
    const listActivity = async () => ({
      items: (['model-returned', 'model-retired'] as const).map(kind => ({
        at: '2026-02-01T00:00:00Z',
        by: null,
        kind,
        version: null,
        detail: { reason: 'source-removed' },
      })),
      totalItems: 2,
      nextCursor: null,
    });
    renderPage(<OverviewCard />, {
      api: apiOf({ listActivity }),
      entity: testEntity(),
    });
    expect(
      await screen.findByText(
        /The source was removed from this portal.s configuration/,
      ),
    ).toBeVisible();
    expect(
      screen.getByText(/was added to this portal.s configuration again/),
    ).toBeVisible();
    expect(screen.queryByText(/was retired/)).not.toBeInTheDocument();
  });

  it('shows what runs where, the metric with its origin, and no invented health', async () => {
    renderPage(<OverviewCard />, { api: apiOf(), entity: testEntity() });

    const uses = await screen.findByRole('region', {
      name: 'What runs where',
    });
    expect(uses).toHaveTextContent('production2before the first sync');
    expect(within(uses).getByRole('link', { name: '2' })).toHaveAttribute(
      'href',
      '/catalog/default/resource/car-loan-default/versions/2',
    );
    expect(
      within(uses).getByRole('link', { name: 'Promotions and rollback' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/resource/car-loan-default/promotions',
    );
    const metric = screen.getByRole('region', { name: 'Main metric' });
    expect(metric).toHaveTextContent('0.25');
    expect(metric).toHaveTextContent('lower is better · version 3');
    const health = screen.getByRole('region', { name: 'Health' });
    expect(within(health).getAllByText('no data')).toHaveLength(3);
    expect(health).toHaveTextContent('Nothing reports on these yet');
    const drivers = screen.getByRole('region', { name: 'Top drivers' });
    await waitFor(() => expect(drivers).toHaveTextContent('income'));
    expect(drivers).toHaveTextContent('margin, version 2');
    const card = screen.getByRole('region', { name: /^Model card of version/ });
    await waitFor(() => expect(card).toHaveTextContent('has no card'));
    expect(
      await screen.findByText('The alias champion changed: 1 → 2'),
    ).toBeInTheDocument();
  });

  it('shows a hostile description harmlessly', async () => {
    renderPage(<OverviewCard />, {
      api: apiOf({
        getModel: async () =>
          testModel({
            description: HOSTILE,
            links: [
              { title: 'Bad', url: 'data:text/html,bad' },
              { title: 'Good', url: 'https://mlflow.example/' },
            ],
          }),
      }),
      entity: testEntity(),
    });

    const purpose = await screen.findByRole('region', {
      name: 'What it is for',
    });
    expect(
      within(purpose).getByRole('heading', { name: 'Title' }),
    ).toBeInTheDocument();
    expect(purpose.querySelector('script, picture, source')).toBeNull();
    for (const image of purpose.querySelectorAll('img')) {
      expect(image).toHaveAttribute('src', 'data:,');
    }
    for (const element of purpose.querySelectorAll('[src], [srcset], [href]')) {
      const addresses = ['src', 'srcset', 'href'].map(
        name => element.getAttribute(name) ?? '',
      );
      expect(addresses.join(' ')).not.toMatch(/javascript:|evil/i);
    }
    expect(within(purpose).getByRole('link', { name: /fine/ })).toHaveAttribute(
      'href',
      'https://example.com/doc',
    );
    expect(
      within(purpose).queryByRole('link', { name: /Bad/ }),
    ).not.toBeInTheDocument();
    expect(within(purpose).getByRole('link', { name: /Good/ })).toHaveAttribute(
      'rel',
      'noopener noreferrer',
    );
  });

  it('asks for the model by its entity where the annotations leave the source open', async () => {
    const api = apiOf();
    renderPage(<OverviewCard />, {
      api,
      entity: testEntity({
        'mlflow.org/model-uri': 'models:/car-loan-default',
      }),
    });

    await screen.findByRole('region', { name: 'What it is for' });
    expect(api.listModels).toHaveBeenCalledWith({
      entityRef: ['resource:default/car-loan-default'],
      limit: 1,
    });
    expect(api.getModel).not.toHaveBeenCalled();
  });

  it('says that no registry lists the model', async () => {
    const error = await testResponseError(404, 'There is no such model');
    renderPage(<OverviewCard />, {
      api: apiOf({ getModel: () => Promise.reject(error) }),
      entity: testEntity(),
    });
    expect(
      await screen.findByText('No registry lists this model'),
    ).toBeInTheDocument();
  });

  it('confirms the tier with a reason, and keeps what was written where that fails', async () => {
    const refusal = await testResponseError(403, 'Only people confirm tiers');
    const confirmRiskTier = jest
      .fn()
      .mockRejectedValueOnce(refusal)
      .mockResolvedValueOnce(
        testModel({
          riskTier: 'low',
          riskTierConfirmed: {
            tier: 'low',
            by: 'user:default/rosa',
            at: '2026-02-02T00:00:00Z',
            comment: 'Assessment 7',
          },
        }),
      );
    renderPage(<OverviewCard />, {
      api: apiOf({ confirmRiskTier }),
      entity: testEntity(),
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Confirm the tier' }),
    );
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByRole('radio', { name: 'medium' })).toBeChecked();
    await userEvent.click(within(dialog).getByRole('radio', { name: 'low' }));
    await userEvent.type(within(dialog).getByRole('textbox'), ' Assessment 7 ');
    const send = within(dialog).getByRole('button', { name: 'Confirm' });
    await userEvent.click(send);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'Only people confirm tiers',
    );
    expect(within(dialog).getByRole('textbox')).toHaveValue(' Assessment 7 ');
    await userEvent.click(send);

    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(confirmRiskTier).toHaveBeenLastCalledWith(
      { source: 'demo', name: 'car-loan-default' },
      { tier: 'low', comment: 'Assessment 7' },
    );
    expect(screen.getByRole('region', { name: 'Risk tier' })).toHaveTextContent(
      'Assessment 7',
    );
  });

  it('offers nobody to confirm who may not', async () => {
    renderPage(<OverviewCard />, {
      api: apiOf(),
      entity: testEntity(),
      allowed: false,
    });
    expect(
      await screen.findByRole('region', { name: 'Risk tier' }),
    ).toHaveTextContent('high (unconfirmed)');
    expect(
      screen.queryByRole('button', { name: 'Confirm the tier' }),
    ).not.toBeInTheDocument();
  });
});
