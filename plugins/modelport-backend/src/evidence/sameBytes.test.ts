import {
  describeEvidence,
  OF_1,
  SERVICE,
} from './__testUtils__/describeEvidence';

const NOTHING_FOUND = Buffer.from('{"violations": []}');
const NAME = 'constraint_violations.json';

describeEvidence('the same bytes', ({ api, listed, table }) => {
  const pushNamed = (filename: string) =>
    api('post', OF_1, SERVICE)
      .attach('drift', NOTHING_FOUND, { filename })
      .expect(201);

  it('are a document for each window of time that their names say', async () => {
    await pushNamed(`2026-11-20_${NAME}`);
    await pushNamed(`2026-11-21_${NAME}`);
    await pushNamed(`2026-11-21_${NAME}`);
    const { items } = await listed();
    expect(items).toMatchObject([
      { status: 'read', origin: { path: `2026-11-21_${NAME}` } },
      { status: 'read', origin: { path: `2026-11-20_${NAME}` } },
    ]);
    expect(items[0].digest).toBe(items[1].digest);
    const monitoring = await api(
      'get',
      '/models/fake/credit/versions/1/monitoring',
    );
    expect(monitoring.body.checked).toEqual([
      {
        feature: null,
        tool: 'SageMaker Model Monitor',
        start: '2026-11-21T00:00:00.000Z',
        end: '2026-11-22T00:00:00.000Z',
      },
    ]);
  });

  it('get their window by the name that they are pushed under the second time', async () => {
    await table('monitoring_documents').delete();
    await table('monitoring_points').delete();
    const unplaced = async () =>
      (await api('get', '/models/fake/credit/versions/1/monitoring')).body
        .unplaced;
    await pushNamed(NAME);
    expect(await unplaced()).toMatchObject([{ kind: 'drift' }]);
    await pushNamed(`2026-11-22_${NAME}`);
    expect(await unplaced()).toEqual([]);
    expect((await listed()).totalItems).toBe(2);
  });

  it('that could not be read are one document, and take their window once they can', async () => {
    await pushNamed(`2026-11-23_${NAME}`);
    await table('evidence_documents').update({
      status: 'unreadable',
      body: null,
      path_window: '',
    });
    await pushNamed(`2026-11-23_${NAME}`);
    expect(await listed()).toMatchObject({
      totalItems: 1,
      items: [{ status: 'read' }],
    });
    expect(await table('evidence_documents')).toMatchObject([
      { path_window: '2026-11-23T00:00:00.000Z/2026-11-24T00:00:00.000Z' },
    ]);
  });
});
