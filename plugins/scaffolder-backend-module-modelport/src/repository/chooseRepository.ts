import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { Answers } from '../model/readAnswers';
import { fileAddress, ownBase } from './addressOf';
import { RepositoryHost, repositoryHosts } from './repositoryHosts';

const BRANCH = 'main';
/** What GitHub takes at most. */
const MOST_DESCRIPTION = 350;

/** Where a repository will be, and what its publisher has to know. */
export interface ChosenRepository {
  /** The action that publishes. */
  action: string;
  /** The package that brings it; null where it comes with Modelport. */
  module: string | null;
  remoteUrl: string;
  catalogInfoUrl: string;
  /** As Backstage's own actions name a repository. */
  repoUrl: string;
  visibility: string;
  description: string;
}

/**
 * Where the repository of a new model is made: on the host that was chosen, else where the portal's own are made.
 *
 * @throws `InputError` where the host is none of the configured ones, or not told enough about
 */
export function chooseRepository(
  config: RootConfigService,
  answers: Answers,
  description: string,
): ChosenRepository {
  const { name, repository } = answers;
  const hosts = repositoryHosts(config);
  const wanted = repository?.host ?? 'own';
  const host = hosts.find(each => each.host === wanted);
  if (!host) {
    throw new InputError(
      hosts.length === 0
        ? 'There is nowhere to make the repository: configure an integration with GitHub, GitLab, Azure or Gitea, or modelport.scaffolder.repositories'
        : `repository: ${
            repository ? `'${wanted}' is no host of this portal; ` : ''
          }choose one of ${hosts.map(each => each.host).join(', ')}`,
    );
  }
  const { remoteUrl, query, type } = addressOn(host, config, answers);
  return {
    action: host.action,
    module: host.module,
    remoteUrl,
    catalogInfoUrl: fileAddress(remoteUrl, BRANCH, 'catalog-info.yaml', type),
    repoUrl: `${host.host}?${new URLSearchParams({ ...query, repo: name })}`,
    visibility: visibilityOn(host, repository?.visibility),
    description: description.slice(0, MOST_DESCRIPTION),
  };
}

function addressOn(
  { host, type }: RepositoryHost,
  config: RootConfigService,
  { name, repository }: Answers,
): { remoteUrl: string; query: Record<string, string>; type?: string } {
  const integrations = ScmIntegrations.fromConfig(config);
  if (type === 'own') {
    const remoteUrl = `${ownBase(config)?.base}/${name}`;
    return { remoteUrl, query: {}, type: integrations.byUrl(remoteUrl)?.type };
  }
  const { owner, project } = repository ?? {};
  if (!owner) {
    throw new InputError(
      `repository: say to whom it belongs on ${host}, as owner`,
    );
  }
  if (type === 'azure') {
    if (!project || owner.includes('/')) {
      throw new InputError(
        `repository: name the organisation on ${host} as owner, and its project`,
      );
    }
    return {
      remoteUrl: `https://${host}/${owner}/${encodeURIComponent(
        project,
      )}/_git/${name}`,
      query: { organization: owner, project },
      type,
    };
  }
  if (type !== 'gitlab' && owner.includes('/')) {
    throw new InputError(`repository: owners on ${host} have no / in them`);
  }
  const base =
    type === 'gitea'
      ? integrations.gitea.byHost(host)?.config.baseUrl
      : undefined;
  return {
    remoteUrl: `${base ?? `https://${host}`}/${owner}/${name}`,
    query: { owner },
    type,
  };
}

function visibilityOn(
  { title, visibilities }: RepositoryHost,
  wanted = 'private',
): string {
  if (visibilities.length > 0 && !visibilities.some(each => each === wanted)) {
    throw new InputError(
      `repository: on ${title} it can be ${visibilities.join(' or ')}`,
    );
  }
  return wanted;
}
