import { screen, waitFor } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { testModel } from '../__testUtils__/testData';
import { ModelportApi } from '../api/modelportApi';
import CardExplanations from './CardExplanations';

const ID = { source: 'demo', name: 'car-loan-default' };

function apiOf(explained: string[]): Partial<ModelportApi> {
  return {
    traceExplanations: async () => ({
      class: null,
      versions: explained.map(version => ({
        version,
        createdAt: null,
        digest: version,
        rows: 100,
      })),
      features: [
        {
          name: 'income',
          meanAbs: explained.map(() => 0.5),
          ranks: explained.map(() => 1),
        },
      ],
      warnings: [],
    }),
    compareExplanations: jest.fn(async () => ({
      versions: [
        { version: '2', digest: 'a' },
        { version: '3', digest: 'b' },
      ],
      class: null,
      rows: 100,
      features: [
        {
          name: 'income',
          meanAbs: [0.5, 0.8],
          ranks: [2, 1],
          directions: ['increasing', 'increasing'],
          rankShift: 1,
          flipped: false,
        },
      ],
      churn: [{ from: '2', to: '3', rows: 100, share: 0.25, aboveNoise: null }],
      noise: null,
      warnings: [],
    })),
  };
}

function render(api: Partial<ModelportApi>, baseline?: string) {
  return renderPage(
    <CardExplanations model={testModel()} version="3" baseline={baseline} />,
    { api },
  );
}

describe('the explanations in a card', () => {
  it('say how the reasons moved since the version in production, and of each feature across all versions', async () => {
    const api = apiOf(['1', '2', '3']);
    render(api);
    const moved = await screen.findByRole('region', {
      name: 'From version 2 to version 3',
    });
    await waitFor(() => expect(moved).toHaveTextContent('for 25% of them'));
    expect(
      screen.getByRole('figure', {
        name: /income over 3 explained versions, from 1 to 3/,
      }),
    ).toBeInTheDocument();
    expect(api.compareExplanations).toHaveBeenCalledWith(
      ID,
      ['2', '3'],
      undefined,
    );
  });

  it('hold it against the version that the card is held against', async () => {
    render(apiOf(['1', '2', '3']), '1');
    expect(
      await screen.findByRole('region', {
        name: 'From version 1 to version 3',
      }),
    ).toBeInTheDocument();
  });

  it('say nothing where the version has none', async () => {
    const api = apiOf(['1', '2']);
    const trace = jest.spyOn(api, 'traceExplanations');
    render(api, '1');
    await waitFor(() => expect(trace).toHaveBeenCalled());
    await trace.mock.results[0].value;
    expect(screen.queryByText(/From version/)).not.toBeInTheDocument();
    expect(screen.queryByRole('figure')).not.toBeInTheDocument();
    expect(api.compareExplanations).not.toHaveBeenCalled();
  });
});
