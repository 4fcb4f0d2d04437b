import { TestDatabases } from '@backstage/backend-test-utils';
import { ADA, startAlerts } from './__testUtils__/startAlerts';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('alerts on %s', databaseId => {
  it('are acknowledged with a reason, and then wait for their cause', async () => {
    const { performance, list, service } = await startAlerts(
      await databases.init(databaseId),
    );
    await performance(1, 0.7);
    const [{ id, severity }] = await list();
    expect(severity).toBe('high');
    const acknowledged = await service.acknowledge(
      id,
      ADA,
      { reason: 'I look', incident: 'https://incidents.example/1' },
      undefined,
    );
    expect(acknowledged).toMatchObject({
      state: 'acknowledged',
      acknowledged: { by: ADA, reason: 'I look' },
    });
    await expect(
      service.acknowledge(id, ADA, { reason: 'again' }, undefined),
    ).rejects.toThrow(/is acknowledged, not open/);
    await performance(2, 0.9);
    expect(await list()).toMatchObject([{ state: 'acknowledged' }]);
    expect(
      await service.close(
        id,
        ADA,
        { cause: 'Late labels', followUp: 'None' },
        undefined,
      ),
    ).toMatchObject({ state: 'closed', closed: { cause: 'Late labels' } });
    await expect(
      service.close(id, ADA, { cause: 'x', followUp: 'y' }, undefined),
    ).rejects.toThrow(/closed already/);
    await expect(
      service.close(
        id,
        ADA,
        { cause: 'x', followUp: 'y' },
        { key: 'source', values: [] },
      ),
    ).rejects.toThrow(/no alert/);
  });
});
