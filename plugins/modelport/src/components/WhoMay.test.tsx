import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { WhoMay } from './WhoMay';

const element = (
  <WhoMay
    what="You may not start a pass."
    permission={{ name: 'modelport.sources.sync' }}
    groups="adminGroups"
  />
);

describe('WhoMay', () => {
  it('names the groups of the sample policy', async () => {
    const { container } = renderPage(element, {
      api: {},
      config: { modelport: { policy: { adminGroups: ['group:platform'] } } },
    });
    expect(
      await screen.findByRole('link', { name: /platform/ }),
    ).toHaveAttribute('href', '/catalog/default/group/platform');
    expect(container).toHaveTextContent(
      'You may not start a pass. It takes the permission modelport.sources.sync. Here that is given to the members of platform.',
    );
  });

  it('names the owner of the model where it may, too', async () => {
    const { container } = renderPage(
      <WhoMay
        what="You may not."
        permission={{ name: 'x' }}
        groups="riskGroups"
        orOwner
      />,
      {
        api: {},
        config: { modelport: { policy: { riskGroups: ['group:risk'] } } },
      },
    );
    await screen.findByRole('link', { name: /risk/ });
    expect(container).toHaveTextContent(
      'Here that is given to the owner of the model and to the members of risk.',
    );
  });

  it('says who could tell where another policy decides', async () => {
    const { container } = renderPage(element, { api: {} });
    await screen.findByText(/modelport.sources.sync/);
    expect(container).toHaveTextContent(
      'Whoever runs the portal can tell who has it.',
    );
  });
});
