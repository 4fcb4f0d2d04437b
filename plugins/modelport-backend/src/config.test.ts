import { ConfigReader } from '@backstage/config';
import { readModelportConfig } from './config';

const read = (modelport: object) =>
  readModelportConfig(new ConfigReader({ modelport: modelport as {} }));

describe('readModelportConfig', () => {
  it('has a sensible default for everything', () => {
    const config = readModelportConfig(new ConfigReader({}));
    expect(config.sync).toEqual({
      frequency: { minutes: 1 },
      timeout: { minutes: 10 },
      recheck: { hours: 24 },
    });
    expect(config.environments.map(e => e.name)).toEqual([
      'staging',
      'production',
    ]);
  });

  it.each([
    [{ environments: [{ name: 'x' }] }, 'modelport.environments.0'],
    [
      {
        environments: [
          { name: 'x', alias: 'a' },
          { name: 'x', alias: 'b' },
        ],
      },
      'every name once',
    ],
    [{ models: { owners: [{ source: 'x' }] } }, 'modelport.models.owners.0'],
    [{ models: { tags: { woner: ['x'] } } }, 'woner'],
    [
      { models: { mainMetrics: { binary: [{ key: 'x', direction: 'up' }] } } },
      'modelport.models.mainMetrics.binary.0.direction',
    ],
    [{ sync: { frequency: 'often' } }, 'modelport.sync.frequency'],
    [{ sync: { recheck: 24 } }, 'modelport.sync.recheck'],
    [{ evidence: { cache: { keep: 7 } } }, 'modelport.evidence.cache.keep'],
    [
      { evidence: { cache: { megabytes: 0 } } },
      'modelport.evidence.cache.megabytes: expected a number above 0',
    ],
  ])('refuses %j, naming the place', (config, place) => {
    expect(() => read(config)).toThrow(place);
  });
});
