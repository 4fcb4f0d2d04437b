import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { EntityText } from './EntityText';

const mountedRoutes = { '/catalog/:namespace/:kind/:name': entityRouteRef };

const NO_NAMES = [
  'Ada Lovelace',
  ' ada',
  'a:b:c',
  'x@example.org',
  ':',
  '/',
  'user:',
  'user:default/',
  'user:default/..',
  '..',
  '',
  ' ',
  '../..',
  '%2e%2e',
  'user:default/ada?x=1#y',
  '<b>ada</b>',
  '<img src=x onerror=alert(1)>',
  '[ada](javascript:alert(1))',
  '{{ada}}',
  'user:default/ada\nuser:default/rosa',
  'user:default/Zoë',
];

function open(text: string, defaultKind?: string) {
  renderInTestApp(
    <p>
      by <EntityText text={text} defaultKind={defaultKind} />
    </p>,
    { mountedRoutes },
  );
  return screen.findByText(/^by/);
}

/** As a browser shows it: white space runs together. */
function shown(text: string) {
  return `by ${text}`.replace(/\s+/g, ' ').trim();
}

describe('EntityText', () => {
  it('links to an entity', async () => {
    await open('user:default/ada');
    expect(screen.getByRole('link')).toHaveAttribute(
      'href',
      '/catalog/default/user/ada',
    );
  });

  it.each([
    ['somebody', '/catalog/default/user/somebody'],
    ['team/ada', '/catalog/team/user/ada'],
    ['group:risk', '/catalog/default/group/risk'],
  ])('links %s, which leaves parts out, to %s', async (text, to) => {
    await open(text, 'user');
    expect(screen.getByRole('link')).toHaveAttribute('href', to);
  });

  it.each([...NO_NAMES, 'root'])('shows %j as it is', async text => {
    const paragraph = await open(text);
    expect(paragraph).toHaveTextContent(shown(text));
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it.each(NO_NAMES)('shows %j as it is where a person is meant', async text => {
    const paragraph = await open(text, 'user');
    expect(paragraph).toHaveTextContent(shown(text));
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it.each(['service:default/ci', 'external:ci', 'plugin:catalog'])(
    'shows the caller %s, of whom the catalog has no page, as it is',
    async text => {
      expect(await open(text, 'user')).toHaveTextContent(shown(text));
      expect(screen.queryByRole('link')).not.toBeInTheDocument();
    },
  );
});
