import { DocumentRow } from './documentRow';
import { EvidenceStore } from './EvidenceStore';
import { judgedOn } from './judgedEvidence';
import { SealedRows } from './SealedRows';

const row: DocumentRow = {
  id: 1,
  source: 'demo',
  name: 'credit',
  version: '1',
  version_created_at: '',
  kind: 'drift',
  digest: 'd1',
  schema_version: 1,
  status: 'read',
  message: null,
  reader: null,
  producer: null,
  produced_at: null,
  received_at: '2026-05-01T00:00:00.000Z',
  media_type: 'application/json',
  origin: 'artefact',
  path: 'drift.json',
  by: null,
  size: 2,
};

async function timesOf(part: Partial<DocumentRow>, body: unknown = {}) {
  const store: Pick<EvidenceStore, 'body' | 'repeatsOf'> = {
    body: async () => body,
    repeatsOf: async () => [],
  };
  const rows: Pick<SealedRows, 'open'> = { open: async () => [] };
  const [{ producedAt, receivedAt, window }] = await judgedOn({ store, rows }, [
    { ...row, ...part },
  ]);
  return { producedAt, receivedAt, window };
}

it('takes when a file was read for nothing but that', async () => {
  expect(await timesOf({})).toEqual({
    producedAt: null,
    receivedAt: '2026-05-01T00:00:00.000Z',
    window: null,
  });
});

it('tells when the portal computed something from when its data are', async () => {
  const end = '2019-06-01T00:00:00.000Z';
  expect(
    await timesOf(
      { origin: 'push', by: 'modelport:monitor', produced_at: end },
      { window: { start: '2019-05-01T00:00:00.000Z', end } },
    ),
  ).toEqual({
    producedAt: '2026-05-01T00:00:00.000Z',
    receivedAt: '2026-05-01T00:00:00.000Z',
    window: { start: '2019-05-01T00:00:00.000Z', end },
  });
  expect(await timesOf({}, { window: { end: 'soon' } })).toMatchObject({
    window: null,
  });
});
