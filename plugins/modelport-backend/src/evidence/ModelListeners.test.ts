import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { createTestRegistry } from '../__testUtils__/createTestRegistry';
import { ModelListeners } from './ModelListeners';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const { signal } = new AbortController();
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));

describe.each(databases.eachSupportedId())('listeners on %s', databaseId => {
  it('that fail hinder nobody, and are told again after growing waits', async () => {
    const knex = await databases.init(databaseId);
    const logger = mockServices.logger.mock();
    await createTestRegistry(knex, { logger });
    let now = at(0);
    const listeners = new ModelListeners({ knex, logger, now: () => now });
    const told: string[] = [];
    let isBroken = true;
    listeners.add(async () => {
      throw new NotFoundError('It has gone');
    });
    listeners.add(async ({ name }) => {
      if (isBroken && name === 'poisoned') {
        throw new Error('insert into x - value out of range');
      }
      told.push(`first ${name}`);
    });
    listeners.add(async ({ name }) => {
      told.push(`second ${name}`);
    });

    await listeners.tell({ source: 'fake', name: 'poisoned' });
    await listeners.tell({ source: 'fake', name: 'credit' });
    expect(told).toEqual(['second poisoned', 'first credit', 'second credit']);
    expect(logger.warn.mock.calls.map(([message]) => message)).toEqual([
      'What is new of fake/poisoned was kept, but not all that follows from it could be computed; it is tried again in 15 s. It could not be stored: value out of range',
    ]);

    told.length = 0;
    await listeners.tellAgain({ signal });
    expect(told).toEqual([]);
    now = at(15);
    await listeners.tellAgain({ signal });
    expect(told).toEqual(['second poisoned']);
    isBroken = false;
    now = at(44);
    await listeners.tellAgain({ signal });
    expect(told).toEqual(['second poisoned']);
    now = at(45);
    await listeners.tellAgain({ signal });
    expect(told.slice(1)).toEqual(['first poisoned', 'second poisoned']);
    now = at(100_000);
    await listeners.tellAgain({ signal });
    expect(told).toHaveLength(3);
  });
});
