import { ReaderFactory } from '@backstage/backend-defaults/urlReader';
import { readGithostConfig } from './config';
import { GitRepositories } from './git/GitRepositories';
import { GithostUrlReader } from './GithostUrlReader';

/** Lets every plugin read the repositories of the git host by their addresses, as those of any other host. */
export const githostReaderFactory: ReaderFactory = ({
  config,
  treeResponseFactory,
}) => {
  const githost = readGithostConfig(config);
  if (!githost || process.env.NODE_ENV !== 'development') {
    return [];
  }
  const reader = new GithostUrlReader(
    new GitRepositories(githost.directory),
    githost.baseUrl,
    treeResponseFactory,
  );
  return [
    { reader, predicate: url => url.href.startsWith(`${githost.baseUrl}/`) },
  ];
};
