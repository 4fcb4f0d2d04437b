import { RepositoryScorecard } from '@modelport/plugin-modelport-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderPage,
  testEntity,
  testResponseError,
} from '../__testUtils__/renderPage';
import { RepositoryCard } from './RepositoryCard';

function scorecard(
  part: Partial<RepositoryScorecard> = {},
): RepositoryScorecard {
  return {
    state: 'read',
    message: null,
    url: 'https://git.example.org/o/r/tree/main/',
    cloneUrl: 'https://git.example.org/o/r',
    branch: 'main',
    readAt: '2026-11-22T10:00:00Z',
    checks: 14,
    score: 8 / 14,
    findings: Array.from({ length: 6 }, (_, at) => ({
      check: `check ${at}`,
      file: `file-${at}.yaml`,
      message: 'is missing',
      fix: `Write file ${at}`,
    })),
    template: {
      ref: 'template:default/new-ml-model',
      version: '1.0.0',
      newest: '1.1.0',
      isOutdated: true,
    },
    ...part,
  };
}

function render(card: RepositoryScorecard | Promise<RepositoryScorecard>) {
  const getRepository = jest.fn(async () => card);
  renderPage(<RepositoryCard />, {
    api: { getRepository },
    entity: testEntity(),
  });
  return getRepository;
}

describe('RepositoryCard', () => {
  it('says what holds and, of the rest, which file and what mends it', async () => {
    const getRepository = render(scorecard());
    expect(
      await screen.findByText('8 of 14 checks of the standard hold'),
    ).toBeInTheDocument();
    expect(getRepository).toHaveBeenCalledWith(
      { source: 'demo', name: 'car-loan-default' },
      { again: false },
    );
    const list = screen.getByRole('list', {
      name: 'What does not follow the standard',
    });
    expect(within(list).getAllByRole('listitem')).toHaveLength(4);
    expect(list).toHaveTextContent('file-0.yaml: is missingWrite file 0');
    await userEvent.click(screen.getByRole('button', { name: 'Show 2 more' }));
    expect(within(list).getAllByRole('listitem')).toHaveLength(6);
    expect(
      screen.getByRole('link', { name: /Open the repository/ }),
    ).toHaveAttribute('href', 'https://git.example.org/o/r');
  });

  it('offers the update of an outdated template, with the form filled in', async () => {
    render(scorecard());
    const link = await screen.findByRole('link', { name: 'Update it' });
    const url = new URL(link.getAttribute('href') ?? '', 'http://portal');
    expect(url.pathname).toBe('/create/templates/default/update-ml-model');
    expect(JSON.parse(url.searchParams.get('formData') ?? '')).toEqual({
      remoteUrl: 'https://git.example.org/o/r',
      defaultBranch: 'main',
    });
  });

  it('offers no update where there is none, or where it would not know what to update', async () => {
    render(
      scorecard({
        findings: [],
        score: 1,
        template: {
          ref: 'template:default/new-ml-model',
          version: '1.1.0',
          newest: '1.1.0',
          isOutdated: false,
        },
      }),
    );
    expect(await screen.findByText(/It is up to date/)).toBeInTheDocument();
    expect(screen.getByText('It follows the standard.')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Update it' })).toBeNull();
  });

  it('says only that it is outdated where the address to clone is not known', async () => {
    render(scorecard({ cloneUrl: null, branch: null }));
    expect(await screen.findByText(/1.1.0 is out/)).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Update it' })).toBeNull();
  });

  it('asks again where somebody wants to', async () => {
    const getRepository = render(scorecard());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Check again' }),
    );
    await waitFor(() =>
      expect(getRepository).toHaveBeenLastCalledWith(expect.anything(), {
        again: true,
      }),
    );
    expect(screen.getByText(/8 of 14/)).toBeInTheDocument();
  });

  it('says why it could not be read, with the way to try again', async () => {
    render(
      scorecard({
        state: 'unreadable',
        message: '404 Not Found',
        score: null,
        findings: [],
        template: null,
      }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The repository can’t be read.404 Not Found',
    );
    expect(screen.queryByText(/checks of the standard/)).toBeNull();
    expect(
      screen.getByRole('button', { name: 'Check again' }),
    ).toBeInTheDocument();
  });

  it('leads to adoption where no repository is known', async () => {
    render(
      scorecard({
        state: 'unknown',
        message: 'The entity in the catalog names no source location',
        ...{ url: null, cloneUrl: null, branch: null, readAt: null },
        ...{ score: null, findings: [], template: null },
      }),
    );
    const link = await screen.findByRole('link', {
      name: 'Adopt its repository',
    });
    expect(decodeURIComponent(link.getAttribute('href') ?? '')).toBe(
      '/create/templates/default/adopt-ml-model?formData={"name":"car-loan-default"}',
    );
    expect(screen.queryByRole('button', { name: 'Check again' })).toBeNull();
  });

  it('leads nowhere with an address that is none of the web', async () => {
    render(scorecard({ url: 'data:text/html,bad', cloneUrl: null }));
    expect(await screen.findByText('Open the repository')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: /Open the/ })).toBeNull();
  });

  it('waits for a model that no source lists yet', async () => {
    render(
      testResponseError(404, 'There is no such model').then(error =>
        Promise.reject(error),
      ),
    );
    expect(
      await screen.findByText('It is looked at once a source lists the model.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says where the portal does not answer', async () => {
    render(
      testResponseError(500, 'It broke').then(error => Promise.reject(error)),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('It broke');
  });
});
