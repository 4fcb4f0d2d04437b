import { CardDocument, TELLING_KINDS } from '../cards/CardDocuments';
import { DocumentRow, EvidenceSubject } from './documentRow';
import { EvidenceStore } from './EvidenceStore';

/** Documents of a kind that count; older ones say what newer ones say. */
const MOST_CARDS = 20;

/** What was read of a version that its card is made of, the newest of each kind first. */
export async function cardDocuments(
  store: Pick<EvidenceStore, 'list' | 'body'>,
  subject: EvidenceSubject,
): Promise<CardDocument[]> {
  const lists = await Promise.all(
    ['card', ...TELLING_KINDS].map(kind =>
      store.list(subject, { kind, limit: MOST_CARDS }),
    ),
  );
  const rows = lists.flatMap(list => list.rows);
  return Promise.all(
    rows
      .filter(row => row.status === 'read')
      .map(async row => ({
        kind: row.kind,
        digest: row.digest,
        format: row.reader ?? '',
        body: await store.body(row.id),
        // A token or service is nobody who could attest to anything.
        by: null,
        saidAt:
          row.produced_at === null && row.origin === 'artefact'
            ? null
            : writtenAt(row),
        at: countsFrom(row, subject),
        ...(row.origin === 'artefact' &&
          row.path !== null && {
            file: { path: row.path, readAt: row.received_at },
          }),
      })),
  );
}

/** An artefact that says no time was made with its version: being read late makes it no newer than what was pushed. */
function countsFrom(row: DocumentRow, { createdAt }: EvidenceSubject): string {
  const at = writtenAt(row);
  return row.produced_at === null &&
    row.origin === 'artefact' &&
    createdAt !== null &&
    Date.parse(createdAt) < Date.parse(at)
    ? createdAt
    : at;
}

/** What says that it was made later than it came was made then, at the latest; else it would win for ever. */
function writtenAt(row: {
  produced_at: string | null;
  received_at: string;
}): string {
  const { produced_at: produced, received_at: received } = row;
  return produced !== null && Date.parse(produced) < Date.parse(received)
    ? produced
    : received;
}
