import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { OwnerText } from './OwnerText';

it('tells that the registry names another owner than config does', async () => {
  renderInTestApp(
    <OwnerText
      model={{
        owner: 'group:default/risk',
        ownerTag: 'mine',
        ownerConflict: true,
      }}
    />,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  expect(await screen.findByRole('link', { name: /risk/ })).toBeInTheDocument();
  expect(screen.getByText('tag says otherwise')).toBeInTheDocument();
});
