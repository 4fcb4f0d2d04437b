import { folderInRun } from './modelUri';

describe('the folder of a model among the artefacts of its run', () => {
  it.each([
    ['runs:/abc/model', 'model'],
    ['runs:/abc/a/b', 'a/b'],
    ['runs:/abc', ''],
    ['runs:/other/model', undefined],
    ['mlflow-artifacts:/0/abc/artifacts/model', 'model'],
    ['mlflow-artifacts:/0/abc/artifacts/a/b/', 'a/b'],
    ['s3://bucket/0/abc/artifacts', ''],
    ['file:///mlruns/0/abc/artifacts-of-others/model', undefined],
    ['s3://elsewhere/model', undefined],
    [null, undefined],
  ])('of %j is %j', (source, folder) => {
    expect(folderInRun(source, 'abc')).toBe(folder);
  });
});
