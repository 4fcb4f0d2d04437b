import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrateBefore, MIGRATIONS } from './__testUtils__/migrateBefore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up, down and up again', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: MIGRATIONS });
    await expect(knex('models_models').count()).resolves.toBeDefined();
    await knex.migrate.rollback({ directory: MIGRATIONS }, true);
    await expect(knex('models_models').count()).rejects.toThrow();
    await expect(knex('sources_sources').count()).rejects.toThrow();
    await knex.migrate.latest({ directory: MIGRATIONS });
    await expect(knex('models_sequence').first()).resolves.toMatchObject({
      id: 1,
    });
  });

  it('keep versions, their histories and their signatures, and read again what may have been an outage', async () => {
    const knex = await databases.init(databaseId);
    await migrateBefore(knex, '20261121100200_rereading.js');
    const signature = '{"signature":{"inputs":[]},"signatureMessage":null}';
    await putVersion(knex, '1', { documents: signature, documents_due: false });
    await putVersion(knex, '2', { documents: null, documents_due: true });
    await putVersion(knex, '3', {
      documents: '{"signature":null,"signatureMessage":"500"}',
      documents_due: false,
    });

    await knex.migrate.up({ directory: MIGRATIONS });
    const due = new Date(0).toISOString();
    expect(await versions(knex)).toMatchObject([
      { version: '1', documents: signature, documents_due_at: null },
      { version: '2', documents: null, documents_due_at: due },
      { version: '3', documents_attempts: 0, documents_due_at: due },
    ]);
    expect(await knex('models_metric_histories')).toHaveLength(3);
    expect(await knex('sources_sources').first()).toMatchObject({
      recheck_after: null,
      rechecked_at: '2026-01-01T00:00:00.000Z',
    });

    await knex.migrate.down({ directory: MIGRATIONS });
    expect(
      (await versions(knex)).map(row => Boolean(row.documents_due)),
    ).toEqual([false, true, true]);
    expect(await knex('models_metric_histories')).toHaveLength(3);
    await knex.migrate.latest({ directory: MIGRATIONS });
    expect(await versions(knex)).toMatchObject([
      { version: '1', documents: signature, documents_due_at: null },
      { version: '2' },
      { version: '3' },
    ]);
  });

  async function versions(knex: Knex): Promise<Array<Record<string, unknown>>> {
    return knex('models_versions').orderBy('id');
  }

  async function putVersion(
    knex: Knex,
    version: string,
    columns: { documents: string | null; documents_due: boolean },
  ): Promise<void> {
    const fingerprint = 'f';
    if (version === '1') {
      await knex('sources_sources').insert({
        id: 'fake',
        provider: 'fake',
        kind: 'fake',
        capabilities: '[]',
        state: 'ok',
        errors: '[]',
        created_at: '2026-01-01T00:00:00.000Z',
      });
      await knex('models_models').insert({
        source: 'fake',
        name: 'a',
        name_sort: 'a',
        entity_name: 'a',
        owner_candidates: '[]',
        risk_tier: 'high',
        version_count: 3,
        drift: 'unknown',
        fingerprint,
        seq: 1,
      });
    }
    const model = await knex('models_models').first();
    await knex('models_versions').insert({
      model_id: model.id,
      version,
      position: Number(version),
      fingerprint,
      head: '{}',
      details: '{}',
      metrics: '{}',
      settled: true,
      ...columns,
    });
    const row = await knex('models_versions').where({ version }).first();
    await knex('models_metric_histories').insert({
      version_id: row.id,
      key: 'loss',
      points: '[]',
    });
  }
});
