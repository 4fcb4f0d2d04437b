import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderField } from './__testUtils__/renderField';
import { ChosenHost, findHostProblems } from './findHostProblems';
import { FormApi, formApiRef, GitHost } from './formApi';
import { RepositoryHost } from './RepositoryHost';

const OWN: GitHost = {
  host: 'own',
  type: 'own',
  title: "The portal's own git host",
  owner: null,
  project: null,
  visibilities: [],
  missing: null,
};
const GITEA: GitHost = {
  host: 'git.example.org',
  type: 'gitea',
  title: 'Gitea, git.example.org',
  owner: 'Organisation',
  project: null,
  visibilities: ['private', 'public'],
  missing: null,
};
const AZURE: GitHost = {
  host: 'dev.azure.com',
  type: 'azure',
  title: 'Azure DevOps, dev.azure.com',
  owner: 'Organisation',
  project: 'Project',
  visibilities: [],
  missing: '@backstage/plugin-scaffolder-backend-module-azure',
};

function apiWith(hosts: FormApi['hosts']): FormApi {
  return { hosts, task: jest.fn(), preview: jest.fn() };
}

const show = (hosts: FormApi['hosts']) =>
  renderField<ChosenHost>(RepositoryHost, {
    apis: [[formApiRef, apiWith(hosts)]],
    title: 'Repository',
    description: 'Where it is made.',
  });

describe('RepositoryHost', () => {
  it('begins with the host of the portal, and asks of another what it has to know', async () => {
    const user = userEvent.setup();
    const sent = show(async () => [OWN, GITEA, AZURE]);
    const host = await screen.findByLabelText('Git host');
    expect(host).toHaveTextContent("The portal's own git host");
    expect(screen.queryByLabelText(/Organisation/)).toBeNull();
    expect(
      screen.getByText(
        'Azure DevOps, dev.azure.com can be chosen once the portal’s backend has the package @backstage/plugin-scaffolder-backend-module-azure.',
      ),
    ).toBeInTheDocument();

    await user.click(host);
    expect(screen.getByRole('option', { name: AZURE.title })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await user.click(screen.getByRole('option', { name: GITEA.title }));
    await user.type(screen.getByLabelText(/Organisation/), 'ml');
    expect(sent.at(-1)).toEqual({ host: 'git.example.org', owner: 'ml' });
    await user.click(screen.getByLabelText('Visibility'));
    await user.click(screen.getByRole('option', { name: 'Public' }));
    expect(sent.at(-1)).toEqual({
      host: 'git.example.org',
      owner: 'ml',
      visibility: 'public',
    });
    await user.clear(screen.getByLabelText(/Organisation/));
    expect(sent.at(-1)).not.toHaveProperty('owner');
  });

  it('says what to configure where there is no host', async () => {
    show(async () => []);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is nowhere to make a repository',
    );
  });

  it('says so where the hosts can not be read', async () => {
    show(async () => {
      throw new Error('down');
    });
    expect(await screen.findByRole('alert')).toHaveTextContent('down');
  });

  it.each([
    [undefined, [OWN, GITEA], []],
    [undefined, [GITEA], ['Choose a git host']],
    [{ host: 'elsewhere' }, [OWN], ['Choose a git host']],
    [{ host: GITEA.host, owner: 'ml' }, [GITEA], []],
    [
      { host: AZURE.host },
      [AZURE],
      [
        'Organisation: say to whom the repository belongs',
        'Project: say in which one the repository is',
      ],
    ],
  ])('of %j says what is missing', (chosen, hosts, problems) => {
    expect(findHostProblems(chosen, hosts)).toEqual(problems);
  });
});
