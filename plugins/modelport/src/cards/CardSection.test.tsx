import { screen, waitFor, within } from '@testing-library/react';
import { renderPage, testEntity } from '../__testUtils__/renderPage';
import { BASE, ID, apiOf, derived, testCard } from '../__testUtils__/testCard';
import { testModel } from '../__testUtils__/testData';
import { CardSection } from './CardSection';

describe('the card on the overview', () => {
  it('is that of the version in production, with what is missing and why', async () => {
    const api = apiOf({
      getCard: jest.fn(async () =>
        testCard({
          completeness: {
            template: 'default',
            score: 0.5,
            missing: [
              { path: 'intendedUse', reason: 'absent' },
              { path: 'limitations', reason: 'placeholder' },
              { path: 'monitoring', reason: 'unattested' },
            ],
          },
        }),
      ),
    });
    renderPage(<CardSection model={testModel()} />, {
      api,
      entity: testEntity(),
    });
    const section = await screen.findByRole('region', {
      name: 'Model card of version 2, in production',
    });
    await waitFor(() =>
      expect(section).toHaveTextContent(
        'The card has no section for: Intended use.Only a placeholder: Limitations.Attested by nobody here: Monitoring.',
      ),
    );
    expect(section).toHaveTextContent('50% of what its risk tier asks for');
    expect(api.getCard).toHaveBeenCalledWith(ID, '2');
    expect(
      within(section).getByRole('link', { name: 'Read the card' }),
    ).toHaveAttribute('href', `${BASE}?version=2`);
  });

  it('is that of the latest version where none is in production', async () => {
    renderPage(<CardSection model={testModel({ environments: [] })} />, {
      api: apiOf({
        getCard: async () => testCard({ fields: { owners: derived(['x']) } }),
      }),
      entity: testEntity(),
    });
    const section = await screen.findByRole('region', {
      name: 'Model card of version 3, the latest',
    });
    await waitFor(() =>
      expect(section).toHaveTextContent('This version has no card.'),
    );
  });
});
