import { GitHost } from './formApi';

/** Where a repository is made, as the form sends it. */
export interface ChosenHost {
  host?: string;
  owner?: string;
  project?: string;
  visibility?: string;
}

/** What is missing before a repository can be made on the chosen host; without a choice, on the portal's own. */
export function findHostProblems(
  chosen: ChosenHost | undefined,
  hosts: readonly GitHost[],
): string[] {
  const found = hosts.find(({ host, type }) =>
    chosen?.host === undefined ? type === 'own' : host === chosen.host,
  );
  if (!found) {
    return ['Choose a git host'];
  }
  const { owner, project } = found;
  return [
    ...(owner !== null && !chosen?.owner
      ? [`${owner}: say to whom the repository belongs`]
      : []),
    ...(project !== null && !chosen?.project
      ? [`${project}: say in which one the repository is`]
      : []),
  ];
}
