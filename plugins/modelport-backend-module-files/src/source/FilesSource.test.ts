import { Readable } from 'node:stream';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { SourceVersion, TrafficShare } from '@modelport/plugin-modelport-node';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { DirectoryOrigin } from '../tree/DirectoryOrigin';
import { FileTree } from '../tree/FileTree';
import { FilesSource } from './FilesSource';

const ML_MODEL = `
flavors:
  python_function: {loader_module: mlflow.sklearn, model_path: model.skops}
  sklearn: {pickled_model: model.skops}
signature:
  inputs: '[{"type": "double", "name": "x", "required": true}]'
`;

describe('FilesSource', () => {
  const mockDir = createMockDirectory();
  const { signal } = new AbortController();
  let source: FilesSource;

  const write = (path: string, content: string) =>
    writeFileSync(mockDir.resolve(`root/${path}`), content);
  const createSource = (limits = {}) =>
    new FilesSource({
      id: 'files',
      origin: new DirectoryOrigin(mockDir.resolve('root')),
      maxFiles: 1000,
      maxFileSize: 1_000_000,
      ...limits,
    });
  const models = () => source.listModels({ signal });
  const versions = () => source.listVersions({ signal });
  const pass = async () => ({
    models: (await models()).items.map(({ name }) => name),
    versions: (await versions()).items.map(
      ({ model, version }) => `${model}/${version}`,
    ),
    problems: (await models()).problems ?? [],
  });
  const version = async (model: string, name: string) => {
    const found = await source.getVersion(model, name, { signal });
    if (!found) {
      throw new Error(`no version ${name}`);
    }
    return found;
  };

  beforeEach(() => {
    mockDir.setContent({
      'outside.yaml': 'name: outside',
      root: {
        alpha: {
          'modelport.yaml': 'name: alpha\naliases: {champion: 2}',
          versions: {
            '1': {
              'version.yaml':
                'metrics: {auc: 0.5, odd: .nan}\nmetricHistory: history.csv',
              'history.csv':
                'metric,step,time,value\nloss,0,,0.9\nloss,1,,0.4\nonce,0,,1\n',
              model: { MLmodel: ML_MODEL, 'model.skops': 'binary' },
            },
            '2': { 'version.yaml': '', plots: { 'roc.txt': 'roc' } },
          },
        },
        team: {
          beta: {
            'modelport.yaml':
              'name: beta\nversions: [{version: 1.10, metrics: {rmse: 3}}, {version: a/b, folder: files}]',
            files: { 'notes.txt': 'n' },
            nested: { 'modelport.yaml': 'name: belongs to beta' },
          },
        },
        '.hidden': { 'modelport.yaml': 'name: hidden' },
        node_modules: { m: { 'modelport.yaml': 'name: package' } },
      },
    });
    source = createSource();
  });

  it('lists models of any depth, and their versions in folders and inline', async () => {
    expect(await pass()).toEqual({
      models: ['alpha', 'beta'],
      versions: ['alpha/1', 'alpha/2', 'beta/1.10', 'beta/a/b'],
      problems: [],
    });
    expect((await models()).items[0]).toEqual({
      name: 'alpha',
      description: null,
      tags: {},
      aliases: { champion: '2' },
      createdAt: null,
      updatedAt: null,
      links: [],
    });
    expect(await version('alpha', '2')).toEqual({
      model: 'alpha',
      version: '2',
      description: null,
      tags: {},
      stage: null,
      status: null,
      author: null,
      createdAt: null,
      updatedAt: null,
      runId: null,
      origin: 'alpha/versions/2',
      revision: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('takes a repository with one model at its root', async () => {
    write('modelport.yaml', 'name: only');
    expect(await pass()).toEqual({
      models: ['only'],
      versions: [],
      problems: [],
    });
  });

  it('reads details, with last values of the history', async () => {
    const [details] = await source.readVersions([await version('alpha', '1')], {
      signal,
    });
    expect(details).toMatchObject({
      settled: true,
      framework: 'sklearn',
      metrics: { auc: 0.5, odd: NaN, loss: 0.4, once: 1 },
      metricsWithHistory: ['loss'],
      measurements: [],
      loadCode: expect.stringMatching(
        /^model = mlflow\.sklearn\.load_model\(".*alpha\/versions\/1\/model"\)$/m,
      ),
    });
  });

  it('answers details in the order asked for', async () => {
    const asked = [await version('beta', '1.10'), await version('alpha', '1')];
    const details = await source.readVersions(asked, { signal });
    expect(details.map(({ metrics }) => Object.keys(metrics)[0])).toEqual([
      'rmse',
      'loss',
    ]);
  });

  it('offers no lines for a model whose file is not there', async () => {
    rmSync(mockDir.resolve('root/alpha/versions/1/model/model.skops'));
    const [{ loadCode, framework }] = await source.readVersions(
      [await version('alpha', '1')],
      { signal },
    );
    expect({ loadCode, framework }).toEqual({
      loadCode: null,
      framework: 'sklearn',
    });
  });

  it('reads the signature of the MLmodel file, or says why there is none', async () => {
    expect(
      await source.readDocuments(await version('alpha', '1'), { signal }),
    ).toMatchObject({
      signature: { inputs: [{ name: 'x', type: 'double' }] },
      signatureMessage: null,
      framework: 'sklearn',
    });
    expect(
      await source.readDocuments(await version('alpha', '2'), { signal }),
    ).toEqual({
      signature: null,
      signatureMessage:
        'There is neither a signature in the description nor a model/MLmodel file.',
      framework: null,
      certain: true,
    });
    write('alpha/versions/1/model/MLmodel', 'flavors: [');
    expect(
      await source.readDocuments(await version('alpha', '1'), { signal }),
    ).toMatchObject({
      signature: null,
      signatureMessage: expect.stringMatching(/^model\/MLmodel: not readable/),
    });
  });

  it('reads a signature that is described', async () => {
    write(
      'alpha/versions/2/version.yaml',
      'signature: {inputs: [{name: x, type: tensor(float32), required: true, shape: [-1, 3]}]}',
    );
    const { signature } = await source.readDocuments(
      await version('alpha', '2'),
      { signal },
    );
    expect(signature).toEqual({
      inputs: [
        { name: 'x', type: 'tensor(float32)', required: true, shape: [-1, 3] },
      ],
      outputs: [],
      params: [],
    });
  });

  it('reads the history of a metric', async () => {
    const one = await version('alpha', '1');
    expect(await source.readMetricHistory(one, 'loss', { signal })).toEqual([
      { step: 0, time: null, value: 0.9 },
      { step: 1, time: null, value: 0.4 },
    ]);
    await expect(
      source.readMetricHistory(one, 'auc', { signal }),
    ).rejects.toThrow("has no history of the metric 'auc'");
  });

  describe('artefacts', () => {
    const read = (of: SourceVersion, path: string, maxBytes = 1000) =>
      source.readArtefact(of, path, { signal, maxBytes });

    it('lists and reads them', async () => {
      const two = await version('alpha', '2');
      expect(await source.listArtefacts(two, '', { signal })).toEqual([
        { path: 'plots', isFolder: true, size: null },
        {
          path: 'version.yaml',
          isFolder: false,
          size: 0,
          state: expect.stringMatching(/^[0-9a-f]{16}$/),
        },
      ]);
      expect(await source.listArtefacts(two, 'plots', { signal })).toEqual([
        {
          path: 'plots/roc.txt',
          isFolder: false,
          size: 3,
          state: expect.any(String),
        },
      ]);
      expect((await read(two, 'plots/roc.txt')).toString()).toBe('roc');
      const inline = await version('beta', 'a/b');
      expect((await read(inline, 'notes.txt')).toString()).toBe('n');
      const parts = await source.streamArtefact(two, 'plots/roc.txt', {
        signal,
      });
      expect((await Readable.from(parts).toArray()).join('')).toBe('roc');
      await expect(
        source.streamArtefact(two, '../x', { signal }),
      ).rejects.toMatchObject({ name: 'InputError' });
    });

    it('has none where a version has no folder', async () => {
      const inline = await version('beta', '1.10');
      expect(await source.listArtefacts(inline, '', { signal })).toEqual([]);
      await expect(read(inline, 'x')).rejects.toThrow('has no artefacts');
    });

    it.each(['../1/version.yaml', '/etc/passwd', '..', 'plots/../../1'])(
      'refuses %s',
      async path => {
        const two = await version('alpha', '2');
        await expect(read(two, path)).rejects.toMatchObject({
          name: 'InputError',
        });
        await expect(
          source.listArtefacts(two, path, { signal }),
        ).rejects.toMatchObject({ name: 'InputError' });
      },
    );

    it('refuses what is too large, leaves the folder or is not there', async () => {
      symlinkSync(
        mockDir.resolve('outside.yaml'),
        mockDir.resolve('root/alpha/versions/2/link'),
      );
      const two = await version('alpha', '2');
      await expect(read(two, 'plots/roc.txt', 2)).rejects.toThrow(
        'at most 2 are read',
      );
      await expect(read(two, 'link')).rejects.toThrow('leaves the folder');
      await expect(read(two, 'none')).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      const listed = await source.listArtefacts(two, '', { signal });
      expect(listed.map(({ path }) => path)).not.toContain('link');
    });
  });

  describe('faults', () => {
    it('hides no other model behind one that is not valid', async () => {
      write('alpha/modelport.yaml', 'name: alpha\nowners: [x]');
      const { items, problems } = await models();
      expect(items.map(({ name }) => name)).toEqual(['beta']);
      expect(problems).toEqual([
        {
          where: 'alpha/modelport.yaml',
          message: 'owners: there is no such key (line 2)',
          model: 'alpha',
        },
      ]);
      expect((await versions()).problems).toEqual(problems);
    });

    it('names no model where the file is not even YAML', async () => {
      write('alpha/modelport.yaml', 'name: alpha\ntags: {');
      const { problems } = await models();
      expect(problems).toEqual([
        {
          where: 'alpha/modelport.yaml',
          message: expect.stringMatching(
            /^not readable as YAML.*; as long as it is so, nothing of this source is retired$/s,
          ),
        },
      ]);
      await expect(source.getModel('gone', { signal })).rejects.toThrow(
        'alpha/modelport.yaml: not readable as YAML',
      );
    });

    it('keeps the first of two models with one name', async () => {
      write('team/beta/modelport.yaml', 'name: alpha');
      expect(await pass()).toEqual({
        models: ['alpha'],
        versions: ['alpha/1', 'alpha/2'],
        problems: [
          {
            where: 'team/beta/modelport.yaml',
            message:
              "the model 'alpha' is described in alpha/modelport.yaml already, which counts: expected a name of its own",
            model: 'alpha',
          },
        ],
      });
    });

    it('hides no other version behind a broken one, and keeps its alias', async () => {
      write('alpha/versions/2/version.yaml', 'metrics: {auc: high}');
      expect(await pass()).toEqual({
        models: ['alpha', 'beta'],
        versions: ['alpha/1', 'beta/1.10', 'beta/a/b'],
        problems: [
          {
            where: 'alpha/versions/2/version.yaml',
            message: expect.stringMatching(/^metrics.auc: expected a number/),
            model: 'alpha',
          },
        ],
      });
      expect((await models()).items[0].aliases).toEqual({ champion: '2' });
    });

    it.each([
      [
        'a history that is not there',
        () => rmSync(mockDir.resolve('root/alpha/versions/1/history.csv')),
        /^metricHistory: history.csv: There is no/,
      ],
      [
        'a history that is broken',
        () => write('alpha/versions/1/history.csv', 'metric,step\n'),
        /^metricHistory: history.csv: expected one column value/,
      ],
      [
        'a version without its description',
        () => rmSync(mockDir.resolve('root/alpha/versions/1/version.yaml')),
        /^There is no 'alpha\/versions\/1\/version.yaml'/,
      ],
    ])('reports %s', async (_, spoil, message) => {
      spoil();
      const { versions: names, problems } = await pass();
      expect(names).not.toContain('alpha/1');
      expect(problems).toEqual([
        {
          where: 'alpha/versions/1/version.yaml',
          message: expect.stringMatching(message),
          model: 'alpha',
        },
      ]);
    });

    it('reports aliases of versions that are not there, and leaves them out', async () => {
      write('alpha/modelport.yaml', 'name: alpha\naliases: {a: 1, b: 9}');
      const { items, problems } = await models();
      expect(items[0].aliases).toEqual({ a: '1' });
      expect(problems).toEqual([
        {
          where: 'alpha/modelport.yaml',
          message: 'aliases.b: there is no version 9; the alias is left out',
          model: 'alpha',
        },
      ]);
    });

    it('reports a version that is described twice, and a folder that is not there', async () => {
      write(
        'alpha/modelport.yaml',
        'name: alpha\nversions: [{version: 1, folder: elsewhere}]',
      );
      expect((await pass()).problems.map(({ message }) => message)).toEqual([
        "There is no 'alpha/elsewhere' in the folder",
        'version 1 is described in modelport.yaml too, which counts: expected one description',
      ]);
    });

    it('reports links that leave the folder and files with the wrong name', async () => {
      symlinkSync('../..', mockDir.resolve('root/team/up'));
      write('team/modelport.yml', 'name: x');
      mkdirSync(mockDir.resolve('root/linked'));
      symlinkSync(
        mockDir.resolve('outside.yaml'),
        mockDir.resolve('root/linked/modelport.yaml'),
      );
      const { models: names, problems } = await pass();
      expect(names).toEqual(['alpha', 'beta']);
      expect(problems.map(({ where, model }) => [where, model])).toEqual([
        ['linked/modelport.yaml', undefined],
        ['team/modelport.yml', undefined],
        ['team/up', undefined],
      ]);
      for (const { message } of problems) {
        expect(message).toContain('nothing of this source is retired');
      }
    });

    it('says first what stops retirement', async () => {
      write('alpha/modelport.yaml', 'name: alpha\nowners: [x]');
      write('team/beta/modelport.yaml', ': [');
      expect(
        (await models()).problems?.map(({ where, model }) => [where, model]),
      ).toEqual([
        ['team/beta/modelport.yaml', undefined],
        ['alpha/modelport.yaml', 'alpha'],
      ]);
    });

    it('says that nothing retires where a file that may name any model cannot be read, and only there', async () => {
      write('alpha/versions/2/version.yaml', 'metrics: {auc: high}');
      const read = jest
        .spyOn(FileTree.prototype, 'read')
        .mockRejectedValueOnce(
          new Error("'alpha/modelport.yaml' can't be read: EACCES"),
        );
      expect((await models()).problems).toEqual([
        {
          where: 'alpha/modelport.yaml',
          message:
            "'alpha/modelport.yaml' can't be read: EACCES; as long as it is so, nothing of this source is retired",
        },
      ]);
      read.mockRestore();
      source = createSource();
      expect((await models()).problems).toEqual([
        {
          where: 'alpha/versions/2/version.yaml',
          message: expect.not.stringContaining('retired'),
          model: 'alpha',
        },
      ]);
    });

    it('fails as a whole where the folder is gone or too large', async () => {
      renameSync(mockDir.resolve('root'), mockDir.resolve('moved'));
      await expect(models()).rejects.toThrow(/can't be read; what was read/);
      renameSync(mockDir.resolve('moved'), mockDir.resolve('root'));
      source = createSource({ maxFiles: 10 });
      await expect(models()).rejects.toThrow(
        'more than 10 files and folders (maxFiles)',
      );
    });

    it('gives up when it is told to', async () => {
      await expect(
        source.listModels({ signal: AbortSignal.abort() }),
      ).rejects.toMatchObject({ name: 'AbortError' });
    });
  });

  describe('changes', () => {
    it('opens no file of an unchanged folder again', async () => {
      await pass();
      const read = jest.spyOn(FileTree.prototype, 'read');
      const again = await pass();
      expect(again.versions).toHaveLength(4);
      expect(read).not.toHaveBeenCalled();
      write('alpha/versions/2/version.yaml', 'author: ada');
      await pass();
      expect(new Set(read.mock.calls.map(([path]) => path))).toEqual(
        new Set([
          'alpha/versions/2/version.yaml',
          'alpha/versions/2/plots/roc.txt',
        ]),
      );
      read.mockRestore();
    });

    it.each([
      ['its description', 'alpha/versions/1/version.yaml', 'params: {a: 1}'],
      [
        'its history, of the same size',
        'alpha/versions/1/history.csv',
        'metric,step,time,value\nloss,0,,0.9\nloss,1,,0.3\nonce,0,,1\n',
      ],
      ['its model', 'alpha/versions/1/model/MLmodel', 'flavors: {}'],
      ['a new file', 'alpha/versions/1/new.txt', ''],
    ])(
      'changes the revision of a version with %s',
      async (_, path, content) => {
        const [before, other] = (await versions()).items;
        write(path, content);
        await models();
        const [after, same] = (await versions()).items;
        expect(after.revision).not.toBe(before.revision);
        expect(same).toEqual(other);
      },
    );

    it('does not change a revision with times of files', async () => {
      const { items } = await versions();
      write('alpha/versions/2/plots/roc.txt', 'roc');
      await models();
      expect((await versions()).items).toEqual(items);
    });

    it('lists a model that was added, and drops one that was removed', async () => {
      await pass();
      mkdirSync(mockDir.resolve('root/gamma'));
      write('gamma/modelport.yaml', 'name: gamma');
      rmSync(mockDir.resolve('root/alpha'), { recursive: true });
      expect((await pass()).models).toEqual(['beta', 'gamma']);
      expect(await source.getModel('alpha', { signal })).toBeUndefined();
      const { items } = await source.listVersions({ model: 'beta', signal });
      expect(items).toHaveLength(2);
    });
  });

  describe('questions about single models and versions', () => {
    let refresh: jest.SpyInstance;

    beforeEach(() => {
      refresh = jest.spyOn(DirectoryOrigin.prototype, 'refresh');
    });
    afterEach(() => jest.restoreAllMocks());

    /** Asks for many that are gone as a pass does: several at a time, one after the other. */
    const askForGone = async (count: number) => {
      const names = Array.from({ length: count }, (_, i) => `gone-${i}`);
      const worker = async () => {
        for (let name = names.pop(); name; name = names.pop()) {
          expect(await source.getModel(name, { signal })).toBeUndefined();
          expect(
            await source.getVersion(name, '1', { signal }),
          ).toBeUndefined();
        }
      };
      await Promise.all([worker(), worker(), worker(), worker()]);
    };

    it('share one scan', async () => {
      await pass();
      refresh.mockClear();
      await askForGone(400);
      expect(refresh).toHaveBeenCalledTimes(1);
    });

    it('get a scan that began after the listing ended', async () => {
      await askForGone(1);
      rmSync(mockDir.resolve('root/alpha'), { recursive: true });
      expect((await pass()).models).toEqual(['beta']);
      mkdirSync(mockDir.resolve('root/alpha'));
      write('alpha/modelport.yaml', 'name: alpha\nversions: [{version: 7}]');
      expect(await source.getModel('alpha', { signal })).toBeDefined();
      expect(await source.getVersion('alpha', '7', { signal })).toBeDefined();
      expect(await source.getVersion('alpha', '1', { signal })).toBeUndefined();
    });

    it('get none that began while the listing was under way', async () => {
      const early = source.getModel('gamma', { signal });
      await models();
      expect(await early).toBeUndefined();
      mkdirSync(mockDir.resolve('root/gamma'));
      write('gamma/modelport.yaml', 'name: gamma');
      expect(await source.getModel('gamma', { signal })).toBeDefined();
    });

    it('get another scan after some seconds', async () => {
      await askForGone(1);
      mkdirSync(mockDir.resolve('root/gamma'));
      write('gamma/modelport.yaml', 'name: gamma');
      jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 5_000);
      expect(await source.getModel('gamma', { signal })).toBeDefined();
    });

    it('get another scan where one failed, or who began it gave up', async () => {
      refresh.mockRejectedValueOnce(new Error('503'));
      await expect(source.getModel('beta', { signal })).rejects.toThrow('503');
      const giving = new AbortController();
      const given = source.getModel('beta', { signal: giving.signal });
      const patient = source.getModel('beta', { signal });
      giving.abort();
      await expect(given).rejects.toMatchObject({ name: 'AbortError' });
      expect(await patient).toBeDefined();
    });
  });

  describe('pages', () => {
    beforeEach(() => {
      const many = Object.fromEntries(
        Array.from({ length: 501 }, (_, i) => [
          `m${i}`,
          { 'modelport.yaml': `name: m${String(i).padStart(3, '0')}` },
        ]),
      );
      mockDir.setContent({ root: many });
      source = createSource({ maxFiles: 10_000 });
    });

    it('goes on after the last name, whatever is removed meanwhile', async () => {
      const first = await models();
      expect(first.items).toHaveLength(500);
      expect(first.nextPageToken).toBeDefined();
      rmSync(mockDir.resolve('root/m0'), { recursive: true });
      const restarted = createSource({ maxFiles: 10_000 });
      const second = await restarted.listModels({
        pageToken: first.nextPageToken,
        signal,
      });
      expect(second.items.map(({ name }) => name)).toEqual(['m500']);
      expect(second.nextPageToken).toBeUndefined();
    });

    it('refuses a token that is not its own', async () => {
      await expect(
        source.listModels({ pageToken: 'abc', signal }),
      ).rejects.toMatchObject({ name: 'InputError' });
    });
  });

  it('gives an alias to a version in the model file, and nothing else there', async () => {
    write(
      'alpha/modelport.yaml',
      'name: alpha # kept\naliases:\n  champion: "2"\n',
    );
    await pass();
    const [{ version: other }] = (await versions()).items.filter(
      item => item.model === 'alpha' && item.version !== '2',
    );
    expect(await source.aliasesReadOnly()).toBeNull();
    await source.setAlias('alpha', 'champion', other, { signal });
    expect((await source.getModel('alpha', { signal }))?.aliases).toEqual({
      champion: other,
    });
    expect(
      readFileSync(mockDir.resolve('root/alpha/modelport.yaml'), 'utf8'),
    ).toBe(`name: alpha # kept\naliases:\n  champion: "${other}"\n`);
    expect(readdirSync(mockDir.resolve('root/alpha'))).not.toContainEqual(
      expect.stringContaining('.modelport.yaml.'),
    );
    await source.deleteAlias('alpha', 'champion', { signal });
    expect((await source.getModel('alpha', { signal }))?.aliases).toEqual({});
  });

  it('sets no alias of what is not there', async () => {
    await expect(
      source.setAlias('alpha', 'champion', '99', { signal }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      source.setAlias('none', 'champion', '1', { signal }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('splits what comes to an environment in the model file, and nothing else there', async () => {
    const text = 'name: alpha # kept\naliases: {champion: 2}\n';
    write('alpha/modelport.yaml', text);
    await pass();
    const read = async () =>
      (await source.getModel('alpha', { signal }))?.traffic;
    expect(await read()).toBeUndefined();
    const shares: TrafficShare[] = [
      { version: '2', percent: 90, mode: 'live' },
      { version: '1', percent: 10, mode: 'live' },
    ];
    await source.setTraffic('alpha', 'production', shares, { signal });
    expect(await read()).toEqual({ production: shares });
    expect((await models()).items[0].traffic).toEqual({ production: shares });
    expect(
      readFileSync(mockDir.resolve('root/alpha/modelport.yaml'), 'utf8'),
    ).toBe(
      `${text}traffic:\n  production: [{ version: "2", percent: 90 }, { version: "1", percent: 10 }]\n`,
    );
    await expect(
      source.setTraffic(
        'alpha',
        'production',
        [{ version: '99', percent: 100, mode: 'live' }],
        { signal },
      ),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await source.setTraffic('alpha', 'production', [], { signal });
    expect(await read()).toBeUndefined();
    expect(
      readFileSync(mockDir.resolve('root/alpha/modelport.yaml'), 'utf8'),
    ).toBe(text);
  });

  it.each([
    [
      'more than all',
      '[{version: 1, percent: 60}, {version: 2, percent: 60}]',
      /^traffic.production: the live versions have 120 percent together; expected 100/,
    ],
    [
      'a version twice',
      '[{version: 1, percent: 50}, {version: 1, percent: 50}]',
      /^traffic.production: expected every version once/,
    ],
    [
      'a version that is not there',
      '[{version: 1, percent: 50}, {version: 9, percent: 50}]',
      /^traffic.production: there is no version 9; the shares of production are left out/,
    ],
  ])('reports shares of %s', async (_what, shares, message) => {
    write(
      'alpha/modelport.yaml',
      `name: alpha\ntraffic: {production: ${shares}}`,
    );
    expect((await pass()).problems).toEqual([
      {
        where: 'alpha/modelport.yaml',
        message: expect.stringMatching(message),
        model: 'alpha',
      },
    ]);
  });

  it('says where aliases can not be set', async () => {
    const origin = new DirectoryOrigin(mockDir.resolve('root'));
    const readOnly = createSource({
      origin: Object.assign(origin, { readOnly: 'It is a copy' }),
    });
    expect(await readOnly.aliasesReadOnly()).toBe('It is a copy');
    await expect(
      readOnly.setAlias('alpha', 'champion', '2', { signal }),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'It is a copy',
    });
  });
});
