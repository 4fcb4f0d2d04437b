import { Knex } from 'knex';
import { AuditLog } from '../audit/AuditLog';
import { ModelportConfig } from '../config';
import { DocumentsIngest } from './DocumentsIngest';
import { ModelsIngest } from './ModelsIngest';
import { ModelsSyncStore } from './ModelsSyncStore';
import { ModelSummaries } from './ModelSummaries';
import { Owners } from './Owners';
import { VersionsIngest } from './VersionsIngest';
import { VersionsStore } from './VersionsStore';
import { VersionsSyncStore } from './VersionsSyncStore';

/** The way of what sources say into the store. */
export interface Ingest {
  models: ModelsIngest;
  versions: VersionsIngest;
  documents: DocumentsIngest;
}

/** Puts the parts of {@link Ingest} together. */
export function createIngest(options: {
  knex: Knex;
  config: ModelportConfig;
  owners: Owners;
  audit: Pick<AuditLog, 'append'>;
}): Ingest {
  const { knex, config, owners, audit } = options;
  const models = new ModelsSyncStore(knex, audit);
  const store = new VersionsSyncStore(knex);
  const summaries = new ModelSummaries(knex, config);
  return {
    models: new ModelsIngest({
      store: models,
      summaries,
      owners,
      config,
    }),
    versions: new VersionsIngest({ models, store, summaries }),
    documents: new DocumentsIngest({
      store,
      versions: new VersionsStore(knex),
      summaries,
    }),
  };
}
