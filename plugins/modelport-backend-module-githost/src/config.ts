import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { resolve } from 'node:path';

/** Where the git host keeps its repositories, and the address at which it is reached. */
export interface GithostConfig {
  directory: string;
  /** Without a slash at its end; a repository is one name below it. */
  baseUrl: string;
}

/**
 * Reads `modelport.githost`; undefined where there is none.
 *
 * @throws `InputError` with the key and what was expected.
 */
export function readGithostConfig(
  config: RootConfigService,
): GithostConfig | undefined {
  const directory = config.getOptionalString('modelport.githost.directory');
  if (directory === undefined) {
    return undefined;
  }
  if (directory.trim() === '') {
    throw new InputError('modelport.githost.directory: expected a folder');
  }
  const backend = config.getString('backend.baseUrl').replace(/\/+$/, '');
  return {
    directory: resolve(directory),
    baseUrl: `${backend}/api/modelport/git`,
  };
}
