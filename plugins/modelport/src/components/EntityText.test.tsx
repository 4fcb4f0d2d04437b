import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { EntityText } from './EntityText';

const mountedRoutes = { '/catalog/:namespace/:kind/:name': entityRouteRef };

describe('EntityText', () => {
  it('links to an entity', async () => {
    renderInTestApp(<EntityText text="user:default/ada" />, { mountedRoutes });
    expect(await screen.findByRole('link')).toHaveAttribute(
      'href',
      '/catalog/default/user/ada',
    );
  });

  it.each(['root', 'Ada Lovelace', 'a:b:c', 'x@example.org', ':', '', '../..'])(
    'shows %j as it is',
    async text => {
      renderInTestApp(
        <p>
          by <EntityText text={text} />
        </p>,
        { mountedRoutes },
      );
      expect(await screen.findByText(/^by/)).toHaveTextContent(
        `by ${text}`.trim(),
      );
      expect(screen.queryByRole('link')).not.toBeInTheDocument();
    },
  );
});
