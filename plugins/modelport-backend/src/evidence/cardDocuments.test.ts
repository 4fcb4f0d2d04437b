import { cardDocuments } from './cardDocuments';
import { DocumentRow, EvidenceSubject } from './documentRow';

const SUBJECT: EvidenceSubject = {
  source: 'demo',
  name: 'm',
  version: '1',
  createdAt: null,
};

const ROW: DocumentRow = {
  id: 1,
  source: 'demo',
  name: 'm',
  version: '1',
  version_created_at: '',
  kind: 'card',
  digest: 'a'.repeat(64),
  schema_version: 1,
  status: 'read',
  message: null,
  reader: 'card/1',
  producer: null,
  produced_at: null,
  received_at: '2026-03-02T00:00:00.000Z',
  media_type: 'text/markdown',
  origin: 'push',
  path: null,
  by: 'push-token:1',
  size: 10,
};

async function read(row: Partial<DocumentRow>, subject = SUBJECT) {
  return cardDocuments(
    {
      list: async (_subject, { kind }) => ({
        rows: kind === 'card' ? [{ ...ROW, ...row }] : [],
        total: 1,
        nextCursor: null,
      }),
      body: async () => ({ description: 'A card' }),
    },
    subject,
  );
}

describe('cardDocuments', () => {
  it.each([
    ['2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['9999-12-31T00:00:00.000Z', ROW.received_at],
    [null, ROW.received_at],
  ])('takes a card made at %s for one of %s', async (producedAt, at) => {
    expect(await read({ produced_at: producedAt })).toMatchObject([
      { kind: 'card', by: null, saidAt: at, at },
    ]);
  });

  it('takes the reading of an artefact for no day on which it was made', async () => {
    const found = { origin: 'artefact' as const, by: null, path: 'README.md' };
    expect(await read(found)).toMatchObject([
      {
        saidAt: null,
        at: ROW.received_at,
        file: { path: 'README.md', readAt: ROW.received_at },
      },
    ]);
    const at = '2026-03-01T00:00:00.000Z';
    expect(await read({ ...found, produced_at: at })).toMatchObject([
      { saidAt: at, at },
    ]);
  });

  it('takes an artefact for as old as its version, whenever it was read', async () => {
    const createdAt = '2026-01-01T00:00:00.000Z';
    const subject = { ...SUBJECT, createdAt };
    const found = { origin: 'artefact' as const, by: null };
    expect(await read(found, subject)).toMatchObject([
      { saidAt: null, at: createdAt },
    ]);
    // What is pushed counts from when it came, as does what was read before its version was made.
    expect(await read({}, subject)).toMatchObject([{ at: ROW.received_at }]);
    expect(
      await read(found, { ...SUBJECT, createdAt: '2027-01-01T00:00:00.000Z' }),
    ).toMatchObject([{ at: ROW.received_at }]);
  });

  it('leaves out what could not be read', async () => {
    expect(await read({ status: 'unreadable' })).toEqual([]);
  });
});
