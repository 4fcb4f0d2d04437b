import { TestDatabases } from '@backstage/backend-test-utils';
import { ADA, startAlerts } from './__testUtils__/startAlerts';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('alerts on %s', databaseId => {
  it('keep what they were acknowledged for, whatever is found after that', async () => {
    const { drift, list, service } = await startAlerts(
      await databases.init(databaseId),
      { rules: [{ id: 'any', category: 'drift' }] },
    );
    await drift(1, 0.5, 'age');
    const [{ id, findings }] = await list();
    await service.acknowledge(id, ADA, { reason: 'Holidays' }, undefined);
    await drift(2, 0.6, 'age');
    await drift(2, 0.7, 'income');
    const [alert] = await list();
    expect(alert.findings).toMatchObject([
      { feature: 'age', value: 0.6 },
      { feature: 'income', value: 0.7 },
    ]);
    expect(alert.acknowledged).toMatchObject({ reason: 'Holidays', findings });
    expect(findings).toMatchObject([{ feature: 'age', value: 0.5 }]);
  });

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
