import {
  cleanRepository,
  codeNode,
  datasetNode,
  keyOf,
  runNode,
  versionNode,
} from './lineageNodes';

describe('names in the graph', () => {
  it.each([
    ['https://user:secret@Git.Example/credit/model.git'],
    ['https://git.example/credit/model'],
    ['https://git.example/credit/model/?token=x'],
    ['git@git.example:credit/model.git'],
    ['ssh://git@git.example/credit/model.git/'],
    ['git+https://git.example/credit/model.git'],
  ])('know %s as one repository', repository => {
    expect(cleanRepository(repository)).toBe(
      'https://git.example/credit/model',
    );
  });

  it.each([
    [
      'scm:git:https://user:secret@git.example/credit/model.git',
      'scm://git:https://git.example/credit/model',
    ],
    ['user:secret@git.example/credit/model', 'user://git.example/credit/model'],
    ['//user:secret@git.example/credit/model', '//git.example/credit/model'],
    ['/srv/a@b/repo', '/srv/a@b/repo'],
    ['pkg:npm/model@1.0', 'pkg://npm/model@1.0'],
  ])('tell no credentials of %s', (repository, cleaned) => {
    expect(cleanRepository(repository)).toBe(cleaned);
  });

  it.each(['', '.', '/srv/repo', 'C:\\repo', '///', '%', '\ud800'])(
    'take %j for a repository',
    repository => {
      expect(codeNode({ repository, commit: null }).id).toMatch(/^code:/);
    },
  );

  it('are readable, and hold any character', () => {
    expect(
      versionNode({ source: 'mlflow', name: 'a/b @ü', version: '1' }),
    ).toMatchObject({
      id: 'version:mlflow/a%2Fb%20%40%C3%BC/1',
      name: 'a/b @ü',
      version: '1',
      model: { source: 'mlflow', name: 'a/b @ü' },
    });
    expect(
      datasetNode({
        namespace: 'postgres://db:5432',
        name: 'public.loans',
        version: 'a@b',
      }).id,
    ).toBe('dataset:postgres%3A%2F%2Fdb%3A5432/public.loans@a%40b');
  });

  it('tell apart what other signs would make one', () => {
    const ids = [
      ['a', 'b/c'],
      ['a/b', 'c'],
      ['a', 'b%2Fc'],
    ].map(([source, name]) => versionNode({ source, name, version: '1' }).id);
    expect(new Set(ids).size).toBe(3);
  });

  it('know a run by its id, written as a UUID or by MLflow', () => {
    const uuid = '01A1FD74-3d1f-7c69-97b9-0c70360ae162';
    expect(runNode(uuid, 'openlineage')).toEqual(
      runNode('01a1fd743d1f7c6997b90c70360ae162', 'mlflow'),
    );
    expect(runNode('7', 'a').id).not.toBe(runNode('7', 'b').id);
  });

  it('replace in namespaces what Marquez replaces', () => {
    const plain = { name: 'x', version: null };
    expect(datasetNode({ namespace: 's3://a b', ...plain })).toEqual(
      datasetNode({ namespace: 's3://a_b', ...plain }),
    );
  });

  it('end in a digest where they are too long', () => {
    const [a, b] = ['a', 'b'].map(
      end =>
        versionNode({
          source: 's',
          name: 'ü'.repeat(511) + end,
          version: '1',
        }).id,
    );
    expect(a.length).toBeLessThanOrEqual(3000);
    expect(a).not.toBe(b);
    expect(keyOf(a)).toHaveLength(32);
  });

  it('are not those of others that are made to look like them', () => {
    const long = { namespace: 'n', name: 'x'.repeat(3000), version: null };
    const { id } = datasetNode(long);
    const name = id.slice('dataset:n/'.length);
    expect(datasetNode({ ...long, name }).id).not.toBe(id);
  });
});
