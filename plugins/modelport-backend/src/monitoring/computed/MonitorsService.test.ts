import { TestDatabases } from '@backstage/backend-test-utils';
import { Version } from '@modelport/plugin-modelport-common';
import {
  CREATED,
  DAY,
  DEFINITION,
  ID,
  startMonitors,
} from './__testUtils__/startMonitors';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('monitors on %s', databaseId => {
  it('of those that wait longest come first', async () => {
    const { monitors, source, take, registry, run, clock, signal } =
      await startMonitors(await databases.init(databaseId));
    source.putModel({ name: 'other', createdAt: CREATED });
    source.putVersion({ model: 'other', version: '1', createdAt: CREATED });
    await take();
    const versions = await source.listVersions({ signal });
    await registry.ingest.versions.take(source, versions.items, { signal });
    const other = { ...ID, name: 'other' };
    for (const model of [ID, other]) {
      await monitors.declare(model, DEFINITION, 'user:default/ada');
    }
    const asked: string[] = [];
    const part = new AbortController();
    run.mockImplementation(async (_definition: unknown, { name }: Version) => {
      asked.push(name);
      clock.now += 600_000;
      part.abort();
      throw new Error('It took too long');
    });
    await monitors.continueRound({ signal: part.signal });
    for (const _round of [1, 2, 3]) {
      clock.now += 600_000;
      const round = new AbortController();
      run.mockImplementationOnce(
        async (_definition: unknown, { name }: Version) => {
          asked.push(name);
          clock.now += 600_000;
          round.abort();
          throw new Error('It took too long');
        },
      );
      await monitors.continueRound({ signal: round.signal });
    }
    expect(new Set(asked.slice(0, 2)).size).toBe(2);
    expect(asked[2]).toBe(asked[0]);
  });

  it('run again only where something changed, and keep the reference when that fails', async () => {
    const { monitors, run, signal, source, take, clock } = await startMonitors(
      await databases.init(databaseId),
    );
    source.putModel({
      name: 'credit',
      createdAt: CREATED,
      monitor: { reference: { data: { artefact: 'train.csv' } } },
    });
    await take();
    await monitors.continueRound({ signal });
    await monitors.continueRound({ signal });
    expect(run).toHaveBeenCalledTimes(1);
    expect(await monitors.get(ID, { mayConfigure: false })).toMatchObject({
      declaredBy: 'source',
      problem: null,
      referenceRows: 300,
      columns: 2,
    });

    await monitors.declare(ID, DEFINITION, 'user:default/ada');
    run.mockRejectedValueOnce(new Error('There is no file /data/train.csv'));
    await monitors.continueRound({ signal });
    expect(await monitors.get(ID, { mayConfigure: true })).toMatchObject({
      declaredBy: 'user:default/ada',
      message: 'There is no file /data/train.csv',
      referenceRows: 300,
    });
    await monitors.continueRound({ signal });
    expect(run).toHaveBeenCalledTimes(2);
    clock.now += DAY;
    await monitors.continueRound({ signal });
    expect(run).toHaveBeenCalledTimes(3);
    await monitors.withdraw(ID);
    expect(await monitors.get(ID, { mayConfigure: true })).toMatchObject({
      declaredBy: 'source',
    });
    await expect(monitors.withdraw(ID)).rejects.toThrow('nothing was changed');
  });

  it('refuse what is no definition, and say what is wrong with that of the source', async () => {
    const { monitors, source, take } = await startMonitors(
      await databases.init(databaseId),
    );
    await expect(
      monitors.declare(ID, { reference: {} }, 'user:default/ada'),
    ).rejects.toThrow('expected data, a window, or both');
    await expect(
      monitors.declare(
        ID,
        { ...DEFINITION, time: { column: 'at', zone: 'Mars/Olympus' } },
        'user:default/ada',
      ),
    ).rejects.toThrow('no time zone');
    source.putModel({
      name: 'credit',
      createdAt: CREATED,
      monitor: { reference: { data: { artefact: 'x.csv' } }, windw: 'day' },
    });
    await take();
    expect(await monitors.get(ID, { mayConfigure: false })).toMatchObject({
      problem: expect.stringContaining('windw'),
    });
  });
});
