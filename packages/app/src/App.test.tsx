import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import { ConfigReader } from '@backstage/config';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { features } from './features';

const plugins = [catalogPlugin, notificationsPlugin, searchPlugin];

const PEOPLE = [
  'Sign in as Ada, Author, Risk Analytics',
  'Sign in as Grace, Reviewer, Risk Analytics',
  'Sign in as Rosa, Risk officer, Model Risk',
  'Sign in as Adam, Admin, Platform',
];

function renderApp(auth: object) {
  const config = new ConfigReader({
    app: { title: 'Test', baseUrl: 'http://localhost:3000' },
    backend: { baseUrl: 'http://localhost:7007' },
    auth,
  });
  const configLoader = async () => ({ config });
  const app = createApp({
    features: [...plugins, ...features],
    advanced: { configLoader },
  });
  render(app.createRoot());
}

function sessionOf(name: string) {
  const identity = {
    type: 'user',
    userEntityRef: `user:default/${name}`,
    ownershipEntityRefs: [],
  };
  return new Response(
    JSON.stringify({
      profile: { displayName: name },
      providerInfo: {},
      backstageIdentity: {
        token: `e30.${btoa('{"exp":4102444800}')}.x`,
        identity,
      },
    }),
    { headers: { 'content-type': 'application/json' } },
  );
}

describe('the app', () => {
  const fetchMock = jest.fn<Promise<Response>, Parameters<typeof fetch>>();
  const originalFetch = global.fetch;

  beforeEach(() => {
    window.localStorage.clear();
    fetchMock.mockReset();
    global.fetch = fetchMock;
  });
  afterEach(() => {
    global.fetch = originalFetch;
  });

  it('offers the people of the demo and signs in as the chosen one', async () => {
    fetchMock.mockImplementation(async () => sessionOf('rosa'));
    renderApp({ providers: { demo: {} } });

    for (const name of PEOPLE) {
      expect(await screen.findByRole('button', { name })).toBeInTheDocument();
    }
    expect(fetchMock).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: PEOPLE[2] }));

    expect(
      await screen.findByRole('link', { name: 'Modelport, to the models' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Catalog' })).toBeInTheDocument();
    const [url, init] = fetchMock.mock.calls[0];
    expect(url).toBe('http://localhost:7007/api/auth/demo/refresh');
    expect(new Headers(init?.headers).get('x-demo-user')).toBe('rosa');
    expect(window.localStorage.getItem('modelport.demo-user')).toBe('rosa');
  });

  it('remembers who signed in, and lets choose again when that fails', async () => {
    window.localStorage.setItem('modelport.demo-user', 'ada');
    fetchMock.mockImplementation(async () => new Response('', { status: 503 }));
    renderApp({ providers: { demo: {} } });

    expect(
      await screen.findByText(/Signing in as Ada did not work/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Choose again' }));
    expect(
      await screen.findByRole('button', { name: PEOPLE[0] }),
    ).toBeInTheDocument();
    expect(window.localStorage.getItem('modelport.demo-user')).toBeNull();
  });

  it('signs in at the organisation, and not as one of the demo, where that is configured', async () => {
    window.localStorage.setItem('modelport.demo-user', 'ada');
    fetchMock.mockImplementation(async () => new Response('', { status: 401 }));
    renderApp({ providers: { demo: {}, oidc: {} } });

    expect(await screen.findByText('Your organisation')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Sign In' })).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: PEOPLE[0] }),
    ).not.toBeInTheDocument();
    expect(String(fetchMock.mock.calls[0][0])).toMatch(
      'http://localhost:7007/api/auth/oidc/refresh',
    );
  });

  it('offers nobody where the demo provider is not configured', async () => {
    renderApp({});

    expect(
      await screen.findByText('Nobody can sign in yet'),
    ).toBeInTheDocument();
    expect(screen.queryByText('Ada')).not.toBeInTheDocument();
  });
});
