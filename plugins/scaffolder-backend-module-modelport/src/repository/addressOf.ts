import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/**
 * The address at which a repository is made where none was given: below `modelport.scaffolder.repositories`, else on
 * the git host of the demo.
 *
 * @throws `InputError` where neither is configured.
 */
export function defaultAddress(
  config: RootConfigService,
  name: string,
): string {
  const base =
    config.getOptionalString('modelport.scaffolder.repositories') ??
    githostBase(config);
  if (base === undefined) {
    throw new InputError(
      'There is nowhere to make the repository: give its address, or set modelport.scaffolder.repositories',
    );
  }
  return `${base.replace(/\/+$/, '')}/${name}`;
}

/** Whether an address is one of the demo's git host, which removes what a failed task made. */
export function isOnGithost(config: RootConfigService, url: string): boolean {
  const base = githostBase(config);
  return base !== undefined && url.startsWith(`${base}/`);
}

/** The address of a file of a repository's main branch, for people and for the catalog. */
export function fileAddress(url: string, branch: string, path: string): string {
  const repository = url.replace(/\.git$/, '');
  return `${repository}/blob/${branch}/${path}`;
}

function githostBase(config: RootConfigService): string | undefined {
  return config.has('modelport.githost.directory')
    ? `${config
        .getString('backend.baseUrl')
        .replace(/\/+$/, '')}/api/modelport/git`
    : undefined;
}
