import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readMlflowConfig } from './config';

const read = (mlflow: JsonObject) =>
  readMlflowConfig(new ConfigReader({ modelport: { sources: { mlflow } } }));

const url = 'https://mlflow.test/base/';

describe('readMlflowConfig', () => {
  it('reads several servers with their defaults', () => {
    expect(
      read({ a: { url }, b: { url, enabled: false }, c: { url } }),
    ).toEqual(
      ['a', 'c'].map(id => ({
        id,
        url: 'https://mlflow.test/base',
        publicUrl: 'https://mlflow.test/base',
        auth: { type: 'none' },
        workspaces: 'auto',
        requestTimeoutMs: 30_000,
        retries: 4,
        concurrency: 4,
        webhookSecret: undefined,
      })),
    );
  });

  it('is content without any', () => {
    expect(readMlflowConfig(new ConfigReader({}))).toEqual([]);
  });

  it('moves credentials out of the address', () => {
    expect(
      read({ a: { url: 'http://us%40er:p%3Aw@mlflow.test:5000' } })[0],
    ).toMatchObject({
      url: 'http://mlflow.test:5000',
      publicUrl: 'http://mlflow.test:5000',
      auth: { type: 'basic', username: 'us@er', password: 'p:w' },
    });
  });

  it('keeps credentials out of the public address', () => {
    expect(
      read({ a: { url, publicUrl: 'https://u:p@public.test/' } })[0].publicUrl,
    ).toBe('https://public.test');
  });

  it('tells the authentication by its keys', () => {
    expect(
      read({ a: { url, auth: { username: 'u', password: 'p' } } })[0].auth,
    ).toEqual({ type: 'basic', username: 'u', password: 'p' });
    expect(read({ a: { url, auth: { token: 't' } } })[0].auth).toEqual({
      type: 'bearer',
      token: 't',
    });
  });

  it.each<[string, JsonObject, string]>([
    ['no address', {}, "'modelport.sources.mlflow.a.url'"],
    ['no server', { url: 'databricks' }, 'modelport.sources.mlflow.a.url'],
    ['a file', { url: 'sqlite:///x.db' }, 'with http or https'],
    ['a query', { url: 'http://x/?token=s3cret' }, "without '?' and '#'"],
    [
      'credentials twice',
      { url: 'http://u:s3cret@x', auth: { username: 'v', password: 's3cret' } },
      'expected one of the two',
    ],
    [
      'basic without password',
      { url, auth: { type: 'basic', username: 'u' } },
      'expects username and password',
    ],
    [
      'a colon in the name',
      { url, auth: { username: 'u:v', password: 's3cret' } },
      "allows no ':'",
    ],
    [
      'a token with a line break',
      { url, auth: { token: 's3cret\n' } },
      'printable ASCII',
    ],
    [
      'an unknown type',
      { url, auth: { type: 'ntlm' } },
      'none, basic or bearer',
    ],
    ['a bad workspace', { url, workspaces: ['Team A'] }, 'a.workspaces'],
    ['no workspaces', { url, workspaces: [] }, 'a.workspaces'],
    ['too much at once', { url, concurrency: 0 }, 'from 1 to 64'],
    ['half a retry', { url, retries: 1.5 }, 'from 0 to 20'],
    ['no time', { url, requestTimeout: { seconds: 0 } }, 'a.requestTimeout'],
  ])('refuses %s and tells no secret', (_, server, message) => {
    expect(() => read({ a: server })).toThrow(message);
    expect(() => read({ a: server })).not.toThrow('s3cret');
  });

  it('refuses an id that could be taken for a workspace', () => {
    expect(() => read({ 'a b': { url } })).toThrow('Invalid key');
  });
});
