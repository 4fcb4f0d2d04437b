import {
  LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { AuditLog } from '../audit/AuditLog';
import { readModelportConfig } from '../config';
import { Consumers } from '../lineage/Consumers';
import { LineageGraphStore } from '../lineage/LineageGraphStore';
import { LineageProjector } from '../lineage/LineageProjector';
import { LineageService } from '../lineage/LineageService';
import { LineageStore } from '../lineage/LineageStore';
import { OpenLineageService } from '../lineage/OpenLineageService';
import { OpenLineageStore } from '../lineage/OpenLineageStore';
import { createIngest, Ingest } from '../models/createIngest';
import { ModelFactsReader } from '../models/ModelFacts';
import { ModelRows } from '../models/ModelRows';
import { ModelsService } from '../models/ModelsService';
import { ModelStandings } from '../models/ModelStandings';
import { ModelsList } from '../models/ModelsList';
import { ModelsStore } from '../models/ModelsStore';
import { Owners } from '../models/Owners';
import { VersionsStore } from '../models/VersionsStore';

/** The group `team-x`, and a service that uses the model `credit`. */
const CATALOG: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'team-x' },
    spec: {},
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'credit' },
    spec: {},
    relations: [
      {
        type: 'dependencyOf',
        targetRef: 'component:default/scoring-service',
      },
    ],
  },
];

/** The parts of the registry that tests write and read through. */
export interface TestRegistry {
  knex: Knex;
  list: ModelsList;
  store: ModelsStore;
  /** Answers as the API does; it asks no source. */
  service: ModelsService;
  standings: ModelStandings;
  ingest: Ingest;
  lineage: LineageProjector;
  graph: LineageService;
  /** Takes events of OpenLineage. */
  events: OpenLineageService;
}

/** An empty registry on a database, with a small catalog. */
export async function createTestRegistry(
  knex: Knex,
  options: { logger: LoggerService; environments?: object[] },
): Promise<TestRegistry> {
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@modelport/plugin-modelport-backend',
      'migrations',
    ),
  });
  const { environments } = options;
  const config = readModelportConfig(
    new ConfigReader({ modelport: { ...(environments && { environments }) } }),
  );
  const outside = {
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities: CATALOG }),
    logger: options.logger,
  };
  const store = new ModelsStore(knex);
  const list = new ModelsList(knex, config.entityNamespace);
  const lineage = new LineageProjector({
    store: new LineageStore(knex),
    facts: new ModelFactsReader(knex, store, config.entityNamespace),
    consumers: new Consumers(outside),
  });
  const versions = new VersionsStore(knex);
  const rows = new ModelRows({ store, versions });
  const audit = new AuditLog(knex);
  const service = new ModelsService({
    audit,
    list,
    store,
    rows,
    versions,
    config,
    freshness: async () => new Map(),
    measurements: async () => [],
  });
  return {
    knex,
    lineage,
    graph: new LineageService({
      store: new LineageGraphStore(knex),
      models: service,
    }),
    events: new OpenLineageService({
      store: new OpenLineageStore(knex),
      addresses: async () => [],
    }),
    list,
    store,
    service,
    standings: new ModelStandings({ store, rows }),
    ingest: createIngest({
      knex,
      config,
      owners: new Owners({ knex, ...outside }),
      audit,
    }),
  };
}
