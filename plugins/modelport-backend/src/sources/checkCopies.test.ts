import { ConfigReader } from '@backstage/config';
import { readModelportConfig } from '../config';
import { checkCopies } from './checkCopies';
import { SourceProviders } from './SourceProviders';

function providers(): SourceProviders {
  const all = new SourceProviders();
  const add = (id: string, kind: string, takesCopies?: boolean) =>
    all.add({ id, kind, takesCopies, url: null, discover: async () => [] });
  add('mlflow', 'mlflow', true);
  add('demo', 'files');
  return all;
}

function check(copy: object): void {
  const { environments } = readModelportConfig(
    new ConfigReader({
      modelport: { environments: [{ name: 'production', copy }] },
    }),
  );
  checkCopies(environments, providers());
}

describe('where environments keep copies', () => {
  it.each([
    { source: 'mlflow' },
    { source: 'mlflow.team-a', name: 'prod.{name}' },
    { name: '{name}-prod', from: ['mlflow*'] },
  ])('may be %j', copy => {
    expect(() => check(copy)).not.toThrow();
  });

  it.each([
    [
      { source: 'other' },
      'Invalid config at modelport.environments.0.copy.source: there is no source "other"; expected mlflow',
    ],
    [
      { source: 'demo' },
      'Invalid config at modelport.environments.0.copy.source: the source "demo", of the kind files, takes no copies of versions; expected mlflow',
    ],
    [
      { name: '{name}-prod' },
      'Invalid config at modelport.environments.0.copy: the source "demo", of the kind files, takes no copies of versions; expected a source that does, or a from that leaves it out',
    ],
    [
      {},
      'Invalid config at modelport.environments.0.copy: expected another source, or another name such as prod.{name}',
    ],
    [
      { name: 'production' },
      'Invalid config at modelport.environments.0.copy.name: expected a name with {name} in it once, such as prod.{name}',
    ],
  ])('may not be %j', (copy, message) => {
    expect(() => check(copy)).toThrow(message);
  });

  it('is not a stage as well', () => {
    expect(() =>
      readModelportConfig(
        new ConfigReader({
          modelport: {
            environments: [
              { name: 'p', stage: 'Production', copy: { source: 'mlflow' } },
            ],
          },
        }),
      ),
    ).toThrow(
      'Invalid config at modelport.environments.0: expected a stage or a copy, not both',
    );
  });
});
