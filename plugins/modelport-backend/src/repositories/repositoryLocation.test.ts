import { repositoryLocation } from './repositoryLocation';

function locationOf(annotations: Record<string, string>) {
  return repositoryLocation({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'a', annotations },
  });
}

describe('repositoryLocation', () => {
  it.each([
    [
      'https://github.com/o/r/tree/main/',
      { url: 'https://github.com/o/r', branch: 'main' },
    ],
    [
      'https://gitlab.com/g/sub/r/-/tree/main/',
      { url: 'https://gitlab.com/g/sub/r', branch: 'main' },
    ],
    [
      'https://gitea.example.org/o/r/src/branch/main/',
      { url: 'https://gitea.example.org/o/r', branch: 'main' },
    ],
    [
      'https://bitbucket.org/o/r/src/main/',
      { url: 'https://bitbucket.org/o/r', branch: 'main' },
    ],
    [
      'https://github.com/o/r/tree/release%2F1/',
      { url: 'https://github.com/o/r', branch: 'release/1' },
    ],
    ['https://github.com/o/r/tree/main/models/a/', null],
    ['https://dev.azure.com/o/p/_git/r?path=/', null],
  ])('takes the source location %s', (url, clone) => {
    expect(
      locationOf({ 'backstage.io/source-location': `url:${url}` }),
    ).toEqual({ url, clone });
  });

  it('else takes the folder that the catalog read', () => {
    expect(
      locationOf({
        'backstage.io/managed-by-location':
          'url:http://localhost:7007/api/modelport/git/a/blob/main/catalog-info.yaml',
      }),
    ).toEqual({
      url: 'http://localhost:7007/api/modelport/git/a/blob/main/',
      clone: {
        url: 'http://localhost:7007/api/modelport/git/a',
        branch: 'main',
      },
    });
  });

  it('passes no secrets on that somebody wrote into an address', () => {
    expect(
      locationOf({
        'backstage.io/source-location':
          'url:https://me:secret@github.com/o/r/tree/main/',
      }),
    ).toMatchObject({
      url: 'https://github.com/o/r/tree/main/',
      clone: { url: 'https://github.com/o/r' },
    });
  });

  it.each([
    [{}, 'names no source location'],
    [
      { 'backstage.io/source-location': 'nonsense' },
      'names no source location',
    ],
    [{ 'backstage.io/managed-by-location': 'file:/a/b.yaml' }, 'no repository'],
    [
      { 'backstage.io/source-location': 'url:javascript:alert(1)' },
      'names no source location',
    ],
    [{ 'backstage.io/source-location': 'url:file:///etc/' }, 'no address'],
    [{ 'backstage.io/source-location': 'url:nowhere' }, 'no address'],
  ])('says why %j is none', (annotations, words) => {
    expect(locationOf(annotations)).toEqual({
      unknown: expect.stringContaining(words),
    });
  });
});
