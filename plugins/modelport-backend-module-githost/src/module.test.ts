import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { githostReaderFactory } from './githostReaderFactory';
import { modelportGithost } from './module';

const run = promisify(execFile);
const IDENTITY = [
  ...['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'],
  ...['-c', 'init.defaultBranch=main'],
];

/** A module starts with its plugin only. */
const plugin = createBackendPlugin({
  pluginId: 'modelport',
  register(reg) {
    reg.registerInit({ deps: {}, async init() {} });
  },
});

describe('the git host', () => {
  let folder: string;
  let address: string;
  let stop: () => Promise<void>;
  let config: ReturnType<typeof mockServices.rootConfig>;
  const { NODE_ENV } = process.env;

  beforeAll(async () => {
    Object.assign(process.env, { NODE_ENV: 'development' });
    folder = mkdtempSync(join(tmpdir(), 'githost-'));
    const data = {
      backend: { baseUrl: 'http://localhost:7007' },
      modelport: { githost: { directory: join(folder, 'host') } },
    };
    config = mockServices.rootConfig({ data });
    const { server } = await startTestBackend({
      features: [
        plugin,
        modelportGithost,
        mockServices.rootConfig.factory({ data }),
      ],
    });
    address = `http://127.0.0.1:${server.port()}/api/modelport/git`;
    stop = async () => {
      await server.stop();
    };
  });

  afterAll(async () => {
    await stop();
    Object.assign(process.env, { NODE_ENV });
    rmSync(folder, { recursive: true, force: true });
  });

  const git = (cwd: string, ...args: string[]) =>
    run('git', [...IDENTITY, ...args], {
      cwd,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    });

  async function makeClone(name: string): Promise<string> {
    const work = mkdtempSync(join(folder, 'work-'));
    await git(work, 'init', '--quiet');
    writeFileSync(join(work, 'modelport.yaml'), `name: ${name}\n`);
    await git(work, 'add', '.');
    await git(work, 'commit', '--quiet', '-m', 'Begin');
    await git(work, 'remote', 'add', 'origin', `${address}/${name}`);
    return work;
  }

  const checkedOut = (name: string) =>
    join(folder, 'host', 'checkouts', name, 'modelport.yaml');

  it('takes a push to a new name, and gives it back', async () => {
    const work = await makeClone('credit');
    await git(work, 'push', '--quiet', 'origin', 'main');
    expect(readFileSync(checkedOut('credit'), 'utf8')).toBe('name: credit\n');

    const copy = join(folder, 'copy');
    await git(folder, 'clone', '--quiet', `${address}/credit.git`, copy);
    expect(readdirSync(copy)).toContain('modelport.yaml');

    writeFileSync(join(work, 'modelport.yaml'), 'name: changed\n');
    await git(work, 'commit', '--quiet', '-am', 'Change');
    await git(work, 'push', '--quiet', 'origin', 'main');
    expect(readFileSync(checkedOut('credit'), 'utf8')).toBe('name: changed\n');
  });

  it('refuses a second beginning of the same name', async () => {
    await git(await makeClone('twice'), 'push', '--quiet', 'origin', 'main');
    const other = await makeClone('twice');
    await git(other, 'commit', '--quiet', '--amend', '-m', 'Another');
    await expect(git(other, 'push', 'origin', 'main')).rejects.toThrow(
      /rejected/,
    );
  });

  it('makes nothing for who only asks, or pushes what can not be taken', async () => {
    const asked = await fetch(
      `${address}/nothing/info/refs?service=git-receive-pack`,
    );
    expect(asked.status).toBe(200);
    const pushed = await fetch(`${address}/nothing/git-receive-pack`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-git-receive-pack-request' },
      body: 'what no git says',
    });
    await pushed.text();
    expect(readdirSync(join(folder, 'host', 'repositories'))).not.toContain(
      'nothing.git',
    );
    const missing = await fetch(
      `${address}/nothing/info/refs?service=git-upload-pack`,
    );
    expect(missing.status).toBe(404);
  });

  it.each([
    '..%2f..%2fetc',
    'Has-Capitals',
    '.empty',
    'a%00b',
    `${'a'.repeat(101)}`,
  ])('takes no repository named %s', async name => {
    const response = await fetch(
      `${address}/${name}/info/refs?service=git-receive-pack`,
    );
    expect(response.status).toBeGreaterThanOrEqual(400);
  });

  it('refuses pages of browsers, and who calls it by another name', async () => {
    const headers = {
      'content-type': 'application/x-git-receive-pack-request',
    };
    for (const [name, value] of [
      ['origin', 'https://example.org'],
      ['sec-fetch-site', 'cross-site'],
    ]) {
      const response = await fetch(`${address}/evil/git-receive-pack`, {
        method: 'POST',
        headers: { ...headers, [name]: value },
        body: '0000',
      });
      expect(response.status).toBe(403);
    }
    const form = await fetch(`${address}/evil/git-receive-pack`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '0000',
    });
    expect(form.status).toBe(403);
  });

  it('shows files as plain text', async () => {
    await git(await makeClone('shown'), 'push', '--quiet', 'origin', 'main');
    const file = await fetch(`${address}/shown/blob/main/modelport.yaml`);
    expect(file.headers.get('content-type')).toMatch('text/plain');
    expect(await file.text()).toBe('name: shown\n');
    const list = await fetch(`${address}/shown`);
    expect(await list.text()).toContain('modelport.yaml');
    const none = await fetch(`${address}/shown/blob/main/none.yaml`);
    expect(none.status).toBe(404);
  });

  it('is read by the URL readers of every plugin', async () => {
    await git(await makeClone('read'), 'push', '--quiet', 'origin', 'main');
    const reader = UrlReaders.create({
      config,
      logger: mockServices.logger.mock(),
      factories: [githostReaderFactory],
    });
    const at = 'http://localhost:7007/api/modelport/git/read';
    const file = await reader.readUrl(`${at}/blob/main/modelport.yaml`);
    expect((await file.buffer()).toString()).toBe('name: read\n');
    const tree = await reader.readTree(`${at}/tree/main`);
    expect((await tree.files()).map(({ path }) => path)).toEqual([
      'modelport.yaml',
    ]);
    await expect(
      reader.readTree(`${at}/tree/main`, { etag: tree.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
    const found = await reader.search(`${at}/blob/main/modelport.yaml`);
    expect(found.files).toHaveLength(1);
    expect((await found.files[0].content()).toString()).toBe('name: read\n');
    await expect(reader.readUrl(`${at}/blob/main/none`)).rejects.toThrow(
      'no file none',
    );
  });

  it('is emptied by a task of the scaffolder only', async () => {
    await git(await makeClone('gone'), 'push', '--quiet', 'origin', 'main');
    const remove = (authorization: string) =>
      fetch(`${address}/gone`, {
        method: 'DELETE',
        headers: { authorization },
      });
    expect((await remove(mockCredentials.user.header())).status).toBe(403);
    const other = mockCredentials.service.header({
      onBehalfOf: mockCredentials.service('plugin:catalog'),
      targetPluginId: 'modelport',
    });
    expect((await remove(other)).status).toBe(403);
    const scaffolder = mockCredentials.service.header({
      onBehalfOf: mockCredentials.service('plugin:scaffolder'),
      targetPluginId: 'modelport',
    });
    expect((await remove(scaffolder)).status).toBe(204);
    expect((await fetch(`${address}/gone`)).status).toBe(404);
  });

  it('is not there outside of development', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });
    const logger = mockServices.logger.mock();
    const { server } = await startTestBackend({
      features: [
        plugin,
        modelportGithost,
        logger.factory,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:7007' },
            modelport: { githost: { directory: join(folder, 'x') } },
          },
        }),
      ],
    });
    const response = await fetch(
      `http://127.0.0.1:${server.port()}/api/modelport/git/credit`,
    );
    expect(response.status).toBe(404);
    await server.stop();
    Object.assign(process.env, { NODE_ENV: 'development' });
  });
});
