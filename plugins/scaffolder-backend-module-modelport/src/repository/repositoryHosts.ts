import { RootConfigService } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { ownBase } from './addressOf';

const MODULE = '@backstage/plugin-scaffolder-backend-module-';

/** Kinds of hosts to which Backstage's own actions publish, and how their repositories are told apart. */
const PUBLISHERS = {
  github: { title: 'GitHub', owner: 'Organisation or account' },
  gitlab: { title: 'GitLab', owner: 'Group' },
  azure: { title: 'Azure DevOps', owner: 'Organisation', project: 'Project' },
  gitea: { title: 'Gitea', owner: 'Organisation' },
} as const;

/** A kind of host to which one of Backstage's own actions publishes. */
export type PublisherType = keyof typeof PUBLISHERS;

/** A host on which a repository can be made. */
export interface RepositoryHost {
  host: string;
  type: PublisherType | 'own';
  title: string;
  /** The action that publishes there. */
  action: string;
  /** The package that brings the action. */
  module: string | null;
  /** What a repository belongs to there; null where that is settled. */
  owner: string | null;
  /** What else it belongs to. */
  project: string | null;
  /** Who can be let in; empty where the host has its own rule. */
  visibilities: readonly Visibility[];
}

/** Who may read a repository. */
export const VISIBILITIES = ['private', 'internal', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/**
 * The hosts on which the portal can make repositories: the one that Modelport's config names, or the demo's, and every
 * one of which an integration has credentials.
 */
export function repositoryHosts(config: RootConfigService): RepositoryHost[] {
  const integrations = ScmIntegrations.fromConfig(config);
  const own = ownBase(config);
  const signedIn = {
    github: integrations.github
      .list()
      .filter(({ config: { token, apps } }) => token || apps?.length),
    gitlab: integrations.gitlab.list().filter(each => each.config.token),
    azure: integrations.azure
      .list()
      .filter(each => each.config.credentials?.length),
    gitea: integrations.gitea
      .list()
      .filter(each => each.config.username && each.config.password),
  };
  return [
    ...(own ? [ownHost(own)] : []),
    ...signedIn.github.map(({ config: { host } }) => hostOf('github', host)),
    ...signedIn.gitlab.map(({ config: { host } }) => hostOf('gitlab', host)),
    ...signedIn.azure.map(({ config: { host } }) => hostOf('azure', host)),
    ...signedIn.gitea.map(({ config: { host } }) => hostOf('gitea', host)),
  ];
}

function ownHost({ base, isDemo }: { base: string; isDemo: boolean }) {
  return {
    host: 'own',
    type: 'own' as const,
    title: isDemo ? "The portal's own git host" : base,
    action: 'modelport:repo:publish',
    module: null,
    owner: null,
    project: null,
    visibilities: [],
  };
}

function hostOf(type: PublisherType, host: string): RepositoryHost {
  const about = PUBLISHERS[type];
  return {
    host,
    type,
    title: `${about.title}, ${host}`,
    action: `publish:${type}`,
    module: `${MODULE}${type}`,
    owner: about.owner,
    project: 'project' in about ? about.project : null,
    visibilities: visibilitiesOf(type),
  };
}

function visibilitiesOf(type: PublisherType): readonly Visibility[] {
  switch (type) {
    case 'azure':
      return [];
    case 'gitea':
      return ['private', 'public'];
    default:
      return VISIBILITIES;
  }
}
