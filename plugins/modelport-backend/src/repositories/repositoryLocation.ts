import { Entity, getEntitySourceLocation } from '@backstage/catalog-model';

/** Where the repository of an entity lies. */
export interface RepositoryLocation {
  /** The folder, as the URL reader takes it. */
  url: string;
  /** From where it can be cloned, and its branch; null where the address does not tell, or is that of a folder within. */
  clone: { url: string; branch: string } | null;
}

/** Where hosts write the branch: GitHub and the demo's host, GitLab, Gitea, Bitbucket Cloud. */
const BRANCHES = /^(\/.+?)\/(?:-\/)?(?:tree|blob|src\/branch|src)\/([^/]+)\/?$/;

/**
 * Where the repository of an entity lies, by its source location, or else by where the catalog read it.
 *
 * @returns a text that says why it is not known.
 */
export function repositoryLocation(
  entity: Entity,
): RepositoryLocation | { unknown: string } {
  const { metadata } = entity;
  const ownLocation = 'backstage.io/source-location';
  let location: { type: string; target: string };
  try {
    location = getEntitySourceLocation(entity);
  } catch {
    return { unknown: 'The entity in the catalog names no source location' };
  }
  if (location.type !== 'url') {
    return {
      unknown:
        'The entity in the catalog comes from no repository that has an address',
    };
  }
  const isFolder = metadata.annotations?.[ownLocation] !== undefined;
  const url = addressOf(location.target, isFolder);
  return url
    ? { url: url.href, clone: cloneOf(url) }
    : {
        unknown: `The source location of the entity is no address of the web`,
      };
}

/** The folder at an address, without the secrets that somebody may have written into it. */
function addressOf(target: string, isFolder: boolean): URL | undefined {
  try {
    const url = isFolder ? new URL(target) : new URL('./', target);
    url.username = '';
    url.password = '';
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

function cloneOf(url: URL): { url: string; branch: string } | null {
  const [, repository, branch] = BRANCHES.exec(url.pathname) ?? [];
  return repository && branch
    ? {
        url: `${url.origin}${repository}`,
        branch: decodeURIComponent(branch),
      }
    : null;
}
