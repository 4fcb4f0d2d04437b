import { MonitoringDocuments } from '../monitoring/MonitoringDocuments';
import { ArtefactEvidence } from './ArtefactEvidence';
import { toEvidence } from './documentRow';
import { EvidenceStore } from './EvidenceStore';

/** Documents that are looked through for one that could be read. */
const MOST_EXPLANATIONS = 20;

/** The evidence as monitoring reads it. */
export function monitoringDocuments(options: {
  store: EvidenceStore;
  artefacts: ArtefactEvidence;
}): MonitoringDocuments {
  const { artefacts, store } = options;
  return {
    of: async (model, kinds) =>
      (await store.readOf(model, kinds)).map(row => ({
        id: row.id,
        digest: row.digest,
        kind: row.kind,
        subject: {
          source: row.source,
          name: row.name,
          version: row.version,
          createdAt: row.version_created_at || null,
        },
        producer: toEvidence(row).producer,
        by: row.by,
      })),
    body: id => store.body(id),
    ensure: version => artefacts.ensure(version),
    explanation: async version => {
      const { rows } = await store.list(version, {
        kind: 'explanation',
        limit: MOST_EXPLANATIONS,
      });
      const newest = rows.find(row => row.status === 'read');
      return newest
        ? { digest: newest.digest, body: await store.body(newest.id) }
        : null;
    },
  };
}
