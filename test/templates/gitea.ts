/**
 * What a team does with a real Gitea: `npm run test:templates gitea`. The form's answers are published there by
 * Backstage's own action, an update of the template comes as a pull request in which conflicts are marked, a repository is
 * adopted, and a host that dies half-way leaves nothing behind.
 */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { PortalApi } from '../e2e/support/PortalApi.ts';
import { temporaryFolder } from '../stack/paths.ts';
import { startGate, type Gate } from '../stack/startGate.ts';
import { startGitea, type Gitea } from '../stack/startGitea.ts';
import { startPortal } from '../stack/startPortal.ts';
import { runProcess } from '../stack/startProcess.ts';
import { Tasks } from './Tasks.ts';

const NAME = 'made-on-gitea';
/** A version that never was, so that the one of the day is newer. */
const OLD = '0.9.0';
const OLD_LINE = 'As an older template had it.';
const TEAM_LINE = 'As the team wants it.';
const MARKS = /<<<<<<< repository[\s\S]*=======[\s\S]*>>>>>>> template/;

interface PullRequest {
  number: number;
  html_url: string;
  title: string;
  body: string;
}

interface Parts {
  gitea: Gitea;
  gate: Gate;
  tasks: Tasks;
  backendUrl: string;
  /** Where teams have their clones. */
  folder: string;
}

/** Walks through all of it; throws where something is not as it has to be. */
export async function tryGitea(): Promise<void> {
  const gitea = await startGitea();
  const gate = await startGate(gitea.url);
  const { username, password } = gitea;
  const portal = await startPortal({
    config: () => ({
      integrations_gitea: [
        {
          ...{ host: new URL(gate.url).host, baseUrl: gate.url },
          ...{ username, password },
        },
      ],
    }),
  });
  const folder = temporaryFolder('gitea-clones');
  try {
    const { backendUrl } = portal;
    const token = await PortalApi.tokenOfPerson(backendUrl, 'ada');
    const tasks = new Tasks(backendUrl, token);
    const parts = { gitea, gate, tasks, backendUrl, folder };
    await offersHosts(parts);
    await publishes(parts);
    await updates(parts);
    await adopts(parts);
    await leavesNothing(parts);
  } finally {
    await portal.stop();
    await gate.stop();
    await gitea.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function answers(gate: Gate, name: string) {
  return {
    name,
    owner: 'group:default/risk-analytics',
    task: 'binary',
    framework: 'xgboost',
    repository: { host: new URL(gate.url).host, owner: 'models' },
  };
}

async function offersHosts({ gate, tasks }: Parts): Promise<void> {
  const { hosts } = await tasks.read<{
    hosts: Array<{ host: string; missing: string | null }>;
  }>('modelport/hosts');
  deepEqual(
    hosts.map(({ host, missing }) => [host, missing]),
    [
      ['own', null],
      [new URL(gate.url).host, null],
    ],
  );
}

async function publishes(parts: Parts): Promise<void> {
  const { gitea, gate, tasks, backendUrl } = parts;
  const made = await tasks.run('new-ml-model', answers(gate, NAME));
  equal(made.status, 'completed', made.log);
  equal(made.output.remoteUrl, `${gate.url}/models/${NAME}`);
  const repository = await gitea.ask<{ private: boolean; description: string }>(
    'GET',
    `repos/models/${NAME}`,
  );
  equal(repository.private, true);
  match(repository.description, /probability of yes/);
  const commits = await gitea.ask<unknown[]>(
    'GET',
    `repos/models/${NAME}/commits?sha=main`,
  );
  equal(commits.length, 1);
  const entity = await fetch(
    `${backendUrl}/api/catalog/entities/by-name/resource/default/${NAME}`,
    { headers: tasks.headers },
  );
  equal(entity.status, 200);
  const source = await entity.json();
  equal(
    source.metadata.annotations['backstage.io/managed-by-location'],
    `url:${gate.url}/models/${NAME}/src/branch/main/catalog-info.yaml`,
  );
}

/** The repository as an older template made it, with what its team changed since; then its update. */
async function updates(parts: Parts): Promise<void> {
  const { gitea, gate, tasks } = parts;
  const clone = await cloneOf(parts, NAME);
  const base = join(clone.folder, '.modelport/base.br');
  const tree: Record<string, string> = JSON.parse(
    brotliDecompressSync(readFileSync(base)).toString(),
  );
  const now = { ...tree };
  const put = (path: string, text: string) =>
    writeFileSync(join(clone.folder, path), text);
  // changed by the template only, by both in different places, by both in the same place; gone from the template
  tree['mkdocs.yml'] = `# ${OLD_LINE}\n${now['mkdocs.yml']}`;
  put('mkdocs.yml', tree['mkdocs.yml']);
  tree['docs/runbook.md'] = `${now['docs/runbook.md']}\n${OLD_LINE}\n`;
  put('docs/runbook.md', `${TEAM_LINE}\n${tree['docs/runbook.md']}`);
  const [title, ...rest] = now['docs/rollback.md'].split('\n');
  tree['docs/rollback.md'] = [OLD_LINE, ...rest].join('\n');
  put('docs/rollback.md', [TEAM_LINE, ...rest].join('\n'));
  tree['docs/gone.md'] = OLD_LINE;
  put('docs/gone.md', OLD_LINE);
  put('docs/own.md', TEAM_LINE);
  writeFileSync(base, brotliCompressSync(JSON.stringify(tree)));
  const record = '.modelport/answers.yaml';
  const recorded = readFileSync(join(clone.folder, record), 'utf8');
  put(record, recorded.replace(/^version: .*$/m, `version: "${OLD}"`));
  await clone.push('What the team did');

  const remoteUrl = `${gate.url}/models/${NAME}`;
  const updated = await tasks.run('update-ml-model', { remoteUrl });
  equal(updated.status, 'completed', updated.log);
  const pull = await onlyPullRequest(gitea, NAME);
  match(pull.title, new RegExp(`^Update from template ${OLD} to [0-9.]+$`));
  match(pull.body, /`docs\/rollback.md`: both changed the same lines/);
  ok(JSON.stringify(updated.output).includes(pull.html_url), 'no link to it');
  ok(JSON.stringify(updated.output).includes('docs/rollback.md'));
  const files = await gitea.ask<Array<{ filename: string; status: string }>>(
    'GET',
    `repos/models/${NAME}/pulls/${pull.number}/files`,
  );
  deepEqual(
    files
      .map(({ filename, status }) => `${status} ${filename}`)
      // of bytes it says that they are unchanged, whatever they are
      .filter(each => !each.endsWith('.modelport/base.br')),
    [
      'changed .modelport/answers.yaml',
      'deleted docs/gone.md',
      'changed docs/rollback.md',
      'changed docs/runbook.md',
      'changed mkdocs.yml',
    ],
  );
  await clone.fetch(`modelport/template-${versionIn(pull.title)}`);
  const at = (path: string) => readFileSync(join(clone.folder, path), 'utf8');
  equal(at('mkdocs.yml'), now['mkdocs.yml']);
  equal(at('docs/runbook.md'), `${TEAM_LINE}\n${now['docs/runbook.md']}`);
  match(at('docs/rollback.md'), MARKS);
  ok(at('docs/rollback.md').includes(TEAM_LINE));
  ok(at('docs/rollback.md').includes(title));
  equal(at('docs/own.md'), TEAM_LINE);

  const again = await tasks.run('update-ml-model', { remoteUrl });
  equal(again.status, 'failed');
  match(again.log, /There is a branch modelport\/template-.* already/);
}

function versionIn(title: string): string {
  return title.split(' ').at(-1) ?? '';
}

async function adopts(parts: Parts): Promise<void> {
  const { gitea, gate, tasks } = parts;
  const name = 'grown-by-itself';
  await gitea.ask('POST', 'orgs/models/repos', {
    ...{ name, auto_init: true, default_branch: 'main', private: true },
  });
  const { repository, ...about } = answers(gate, name);
  const adopted = await tasks.run('adopt-ml-model', {
    ...about,
    remoteUrl: `${gate.url}/models/${name}`,
  });
  equal(adopted.status, 'completed', adopted.log);
  const pull = await onlyPullRequest(gitea, name);
  equal(pull.title, 'Make the model known to the portal');
  const files = await gitea.ask<Array<{ filename: string }>>(
    'GET',
    `repos/models/${name}/pulls/${pull.number}/files`,
  );
  const paths = files.map(({ filename }) => filename);
  for (const path of ['modelport.yaml', 'catalog-info.yaml']) {
    ok(paths.includes(path), `no ${path} among ${paths.join(', ')}`);
  }
}

/** Names that are taken on the host, a host that dies between making a repository and the push, and one that is gone. */
async function leavesNothing(parts: Parts): Promise<void> {
  const { gitea, gate, tasks } = parts;
  const taken = 'taken-on-gitea';
  await gitea.ask('POST', 'orgs/models/repos', { name: taken });
  const refused = await tasks.run('new-ml-model', answers(gate, taken));
  equal(refused.status, 'failed');
  match(refused.log, /There is a repository at .* already; nothing was made/);
  equal(await gitea.statusOf(`repos/models/${taken}`), 200);

  const half = 'dies-half-way';
  gate.cut(`${half}.git/git-receive-pack`);
  const broken = await tasks.run('new-ml-model', answers(gate, half));
  equal(broken.status, 'failed');
  equal(await gitea.statusOf(`repos/models/${half}`), 404);

  gate.cut('late-to-catalog/contents/');
  const late = await tasks.run(
    'new-ml-model',
    answers(gate, 'late-to-catalog'),
  );
  equal(late.status, 'failed');
  equal(await gitea.statusOf('repos/models/late-to-catalog'), 404);
  gate.open();

  gate.cut('/api/v1/');
  const down = await tasks.run('new-ml-model', answers(gate, 'host-is-down'));
  equal(down.status, 'failed');
  match(down.log, /The git host does not answer/);
  gate.open();

  const done = await tasks.run('new-ml-model', answers(gate, half));
  equal(done.status, 'completed', done.log);
}

async function onlyPullRequest(
  gitea: Gitea,
  name: string,
): Promise<PullRequest> {
  const pulls = await gitea.ask<PullRequest[]>(
    'GET',
    `repos/models/${name}/pulls`,
  );
  equal(pulls.length, 1);
  return pulls[0];
}

async function cloneOf({ gitea, folder }: Parts, name: string) {
  const { host, username, password } = gitea;
  const remote = `http://${username}:${password}@${host}/models/${name}`;
  const into = join(folder, name);
  const git = async (...args: string[]) => {
    await runProcess({
      name: 'gitea-git',
      command: 'git',
      args: [
        ...['-c', 'user.name=A Team', '-c', 'user.email=team@example.org'],
        ...args,
      ],
      cwd: into,
      deadlineMs: 60_000,
    });
  };
  mkdirSync(into);
  await git('clone', '--quiet', remote, '.');
  return {
    folder: into,
    async push(message: string) {
      await git('add', '--all');
      await git('commit', '--quiet', '--message', message);
      await git('push', '--quiet', 'origin', 'main');
    },
    async fetch(branch: string) {
      await git('fetch', '--quiet', 'origin', branch);
      await git('checkout', '--quiet', 'FETCH_HEAD');
    },
  };
}
