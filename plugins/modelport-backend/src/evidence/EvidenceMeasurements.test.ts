import { DocumentRow } from './documentRow';
import { EvidenceMeasurements } from './EvidenceMeasurements';

const VERSION = {
  source: 'fake',
  name: 'credit',
  version: '1',
  createdAt: null,
};

function row(id: number): DocumentRow {
  return {
    ...VERSION,
    id,
    version_created_at: '',
    kind: 'metrics',
    digest: `d${id}`,
    schema_version: 1,
    status: 'read',
    message: null,
    reader: null,
    producer: null,
    produced_at: null,
    received_at: new Date(id).toISOString(),
    media_type: 'application/json',
    origin: 'push',
    path: null,
    by: null,
    size: 1,
  };
}

describe('measurements of evidence', () => {
  it('are read once of each set of documents, of the newest first, and bounded', async () => {
    const rows = [row(1)];
    const bodies = new Map<number, unknown>([
      [
        1,
        {
          measurements: [
            { key: 'auc', value: 0.8, slice: 'x', n: 10 },
            { key: 'loss', value: 'NaN' },
          ],
        },
      ],
    ]);
    const read: number[] = [];
    const measurements = new EvidenceMeasurements({
      list: async () => ({
        rows: [...rows].reverse(),
        total: rows.length,
        nextCursor: null,
      }),
      body: async id => {
        read.push(id);
        return bodies.get(id);
      },
    });
    expect(await measurements.of(VERSION)).toMatchObject([
      { key: 'auc', value: 0.8, slice: 'x', n: 10, evidence: 'd1' },
      { key: 'loss', value: 'NaN', slice: null, n: null, evidence: 'd1' },
    ]);
    await Promise.all([measurements.of(VERSION), measurements.of(VERSION)]);
    expect(read).toEqual([1]);

    rows.push(row(2));
    bodies.set(2, {
      measurements: [{ key: 'auc', value: 0.9, slice: 'x' }, { key: 'ks' }],
    });
    expect(await measurements.of(VERSION)).toMatchObject([
      { key: 'auc', value: 0.9, evidence: 'd2' },
      { key: 'loss', evidence: 'd1' },
    ]);

    rows.push(row(3));
    bodies.set(3, {
      measurements: Array.from({ length: 100_000 }, (_, n) => ({
        key: `k${n}`,
        value: n,
      })),
    });
    read.length = 0;
    expect(await measurements.of(VERSION)).toHaveLength(5_000);
    expect(await measurements.of(VERSION)).toHaveLength(5_000);
    expect(read).toEqual([3]);
  });
});
