import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';

/** Integrations that are hosts of git; others are stores of files. */
const GIT_TYPES = [
  'azure',
  'bitbucketCloud',
  'bitbucketServer',
  'gerrit',
  'gitea',
  'github',
  'gitlab',
];

/**
 * Where repositories are made for whom no host was chosen: below `modelport.scaffolder.repositories`, else on the git
 * host of the demo. Undefined where neither is configured.
 */
export function ownBase(
  config: RootConfigService,
): { base: string; isDemo: boolean } | undefined {
  const base = config.getOptionalString('modelport.scaffolder.repositories');
  if (base !== undefined) {
    return { base: base.replace(/\/+$/, ''), isDemo: false };
  }
  const demo = githostBase(config);
  return demo === undefined ? undefined : { base: demo, isDemo: true };
}

/** Whether an address is one of the demo's git host, which removes what a failed task made. */
export function isOnGithost(config: RootConfigService, url: string): boolean {
  const base = githostBase(config);
  return base !== undefined && url.startsWith(`${base}/`);
}

/**
 * Reads the address of a repository, as people copy it from a browser. The portal asks and signs in at no host but those
 * that its config names, as it may reach more than the person who gave the address.
 *
 * @throws `InputError` where it is no address of the web, tells more than where the repository is, or is on another host
 */
export function readAddress(
  given: string,
  hosts: { config: RootConfigService; integrations: ScmIntegrations },
): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      'remoteUrl: expected an address with http:// or https://',
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(
      'remoteUrl: expected an address without credentials, ? and #',
    );
  }
  const address = url.href.replace(/\/+$/, '');
  if (!isOnKnownHost(address, hosts)) {
    throw new InputError(
      `remoteUrl: this portal has no git host at ${url.origin}. An integration for it, or modelport.scaffolder.gitHosts in the config, makes it known`,
    );
  }
  return address;
}

function isOnKnownHost(
  address: string,
  {
    config,
    integrations,
  }: { config: RootConfigService; integrations: ScmIntegrations },
): boolean {
  const bases = [
    ownBase(config)?.base,
    githostBase(config),
    ...(config.getOptionalStringArray('modelport.scaffolder.gitHosts') ?? []),
  ].flatMap(base => (base === undefined ? [] : [base.replace(/\/+$/, '')]));
  if (bases.some(base => address.startsWith(`${base}/`))) {
    return true;
  }
  const integration = integrations.byUrl(address);
  if (!integration || !GIT_TYPES.includes(integration.type)) {
    return false;
  }
  const baseUrl = (
    integrations.gitea.byUrl(address) ?? integrations.gitlab.byUrl(address)
  )?.config.baseUrl;
  // credentials go over the network in clear only where the config says so
  return (
    new URL(address).protocol === new URL(baseUrl ?? 'https://host').protocol
  );
}

/** Where git finds a repository: GitLab sends whoever leaves out `.git` elsewhere, where a push is not taken. */
export function gitAddress(url: string, integrations: ScmIntegrations): string {
  return integrations.byUrl(url)?.type === 'gitlab' && !url.endsWith('.git')
    ? `${url}.git`
    : url;
}

/**
 * The address of a file of a branch, for people and for the catalog.
 *
 * @param type - kind of the host, as integrations name it; the demo's has addresses as GitHub does
 */
export function fileAddress(
  url: string,
  branch: string,
  path: string,
  type: string | undefined,
): string {
  const repository = url.replace(/\.git$/, '');
  switch (type) {
    case 'gitlab':
      return `${repository}/-/blob/${branch}/${path}`;
    case 'gitea':
      return `${repository}/src/branch/${branch}/${path}`;
    case 'azure':
      return `${repository}?path=/${path}&version=GB${branch}`;
    case 'bitbucketCloud':
      return `${repository}/src/${branch}/${path}`;
    default:
      return `${repository}/blob/${branch}/${path}`;
  }
}

function githostBase(config: RootConfigService): string | undefined {
  return config.has('modelport.githost.directory')
    ? `${config
        .getString('backend.baseUrl')
        .replace(/\/+$/, '')}/api/modelport/git`
    : undefined;
}
