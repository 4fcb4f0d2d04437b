import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Signature } from '@modelport/plugin-modelport-common';
import { ChangeTickets, PromotionGate } from '@modelport/plugin-modelport-node';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import { AuditSinks } from '../../audit/AuditHeads';
import { createTestRegistry } from '../../__testUtils__/createTestRegistry';
import { readModelportConfig } from '../../config';
import { MonitorEngines } from '../../monitoring/computed/MonitorEngines';
import { createServices } from '../../createServices';
import { EvidenceReaders } from '../../evidence/EvidenceReaders';
import { passOverModel } from '../../sources/passOverModel';
import { SourceProviders } from '../../sources/SourceProviders';
import { CustomGates } from '../CustomGates';
import { PromotionTickets } from '../PromotionTickets';

export const ADA = 'user:default/ada';
export const GRACE = 'user:default/grace';
export const ROSA = 'user:default/rosa';
export const RISK = 'group:default/model-risk';

/** The model of {@link createTestPromotions}, as services are asked for it. */
export const CREDIT = { source: 'fake', name: 'credit', visibility: undefined };

/** Never gives up. */
export const signal = new AbortController().signal;

/** A person of the catalog with their groups. */
export function user(name: string, ...groups: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile: { email: `${name}@example.org` }, memberOf: groups },
    relations: groups.map(of => ({
      type: 'memberOf',
      targetRef: `group:default/${of}`,
    })),
  };
}

/** A group of the catalog with its members. */
export function group(name: string, ...members: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: {},
    relations: members.map(member => ({
      type: 'hasMember',
      targetRef: `user:default/${member}`,
    })),
  };
}

/** The owning group with ada and grace, and the risk group with rosa. */
export const PEOPLE: Entity[] = [
  user('ada', 'team-x'),
  user('grace', 'team-x'),
  user('rosa', 'model-risk'),
  user('nobody'),
  group('team-x', 'ada', 'grace'),
  group('model-risk', 'rosa'),
];

/** What the tests of promotions stand on: the model `credit` with versions 1, 2 and 3, of which 1 is the champion. */
export async function createTestPromotions(
  knex: Knex,
  options: {
    /** `modelport.promotions`, besides the risk group. */
    config?: object;
    audit?: object;
    source?: FakeModelSource;
    /** Other registries. */
    others?: FakeModelSource[];
    /** `modelport.environments`. */
    environments?: object[];
    /** Of the catalog; {@link PEOPLE} where absent. */
    people?: Entity[];
    catalog?: CatalogService;
    now?: () => Date;
    holder?: string;
    gates?: PromotionGate[];
    tickets?: ChangeTickets;
  } = {},
) {
  const logger = mockServices.logger.mock();
  const registry = await createTestRegistry(knex, {
    logger,
    environments: options.environments,
  });
  const source = options.source ?? testSource();
  const providers = new SourceProviders();
  for (const one of [source, ...(options.others ?? [])]) {
    providers.add({
      id: one.id,
      kind: one.kind,
      takesCopies: one.copies !== undefined,
      url: null,
      discover: async () => [one],
    });
  }
  const gates = new CustomGates();
  options.gates?.forEach(gate => gates.add(gate));
  const tickets = new PromotionTickets();
  if (options.tickets) {
    tickets.set(options.tickets);
  }
  const told: Array<{ recipients: unknown; title: string }> = [];
  const readers = new EvidenceReaders();
  const services = createServices({
    auditor: mockServices.auditor.mock(),
    auth: mockServices.auth(),
    catalog:
      options.catalog ??
      catalogServiceMock({ entities: options.people ?? PEOPLE }),
    config: readModelportConfig(
      new ConfigReader({
        modelport: {
          promotions: {
            riskGroups: [RISK],
            commits: { required: false },
            ...options.config,
          },
          ...(options.audit && { audit: options.audit }),
          ...(options.environments && { environments: options.environments }),
          evidence: { artefacts: false },
        },
      }),
    ),
    engines: new MonitorEngines(),
    events: mockServices.events.mock(),
    gates,
    tickets,
    knex,
    logger,
    notifications: {
      send: async ({ recipients, payload }) => {
        told.push({ recipients, title: payload.title });
      },
    },
    providers,
    readers,
    scheduler: mockServices.scheduler.mock(),
    signals: { publish: async () => {} },
    sinks: new AuditSinks(),
    urlReader: mockServices.urlReader.mock(),
    followers: [],
    now: options.now,
    holder: options.holder,
  });
  const pass = async (name = 'credit') =>
    passOverModel({
      source,
      ingest: registry.ingest,
      name,
      signal,
    });
  await pass();
  await registry.ingest.documents.read(source, {
    concurrency: 1,
    impatient: false,
    signal,
    onProgress: async () => {},
  });
  await knex('models_models').update({ owner: 'group:default/team-x' });
  const request = async (version = '2', by = ADA, environment = 'production') =>
    services.promotionRequests.request({
      source: source.id,
      name: 'credit',
      version,
      environment,
      visibility: undefined,
      requestedBy: by,
      reason: 'It is better',
      ticket: null,
    });
  const decide = async (
    id: string,
    person: string,
    decision: 'approve' | 'refuse' | 'recuse' = 'approve',
    more: {
      revision?: number;
      conditions?: Array<{ text: string; owner: string; due: string }>;
    } = {},
  ) =>
    services.promotionReviews.decide({
      id,
      person,
      decision,
      comment: null,
      conditions: more.conditions ?? [],
      revision:
        more.revision ?? (await services.promotionJudging.current(id)).revision,
    });
  return {
    ...services,
    knex,
    source,
    told,
    pass,
    logger,
    /** The champion, as the registry has it. */
    alias: async () =>
      (await source.getModel('credit', { signal }))?.aliases.champion,
    /** What was done, in its order. */
    audited: async () => {
      const rows = await knex('audit_entries').orderBy('seq').select('action');
      return rows.map(({ action }) => String(action));
    },
    /** Brings a version to production by those who may. */
    bring: async (version = '2') => {
      const { id } = await request(version);
      await decide(id, GRACE);
      return decide(id, ROSA);
    },
    /** Confirms the risk tier of the model. */
    tier: async (tier: 'low' | 'medium' | 'high') => {
      await services.models.confirmRiskTier({
        source: source.id,
        name: 'credit',
        visibility: undefined,
        tier,
        comment: 'as agreed',
        by: ROSA,
        ownershipRefs: [ROSA],
      });
    },
    /** Keeps a document about a version. */
    push: async (
      kind: string,
      body: unknown,
      by = 'service:ci',
      version = '2',
      producedAt = '2026-01-01T00:00:00Z',
    ) =>
      services.evidence.push({
        source: source.id,
        name: 'credit',
        version,
        visibility: undefined,
        by,
        documents: [
          {
            bytes: Buffer.from(
              JSON.stringify({
                kind,
                schemaVersion: 1,
                producer: { name: 'ci', version: '1' },
                producedAt,
                body,
              }),
            ),
            kind: null,
            path: null,
            mediaType: 'application/json',
          },
        ],
      }),
    request,
    decide,
    close: async () => {
      await readers.stop();
      await services.driftWorkers.stop();
    },
  };
}

export type TestPromotions = Awaited<ReturnType<typeof createTestPromotions>>;

const SIGNATURE: Signature = {
  inputs: [{ name: 'age', type: 'long', required: true, shape: null }],
  outputs: [],
  params: [],
};

/** A registry in memory with one model, whose versions ada made. */
export function testSource(author: string | null = 'ada@example.org') {
  const source = new FakeModelSource('fake');
  source.putModel({
    name: 'credit',
    tags: { owner: 'team-x' },
    aliases: { champion: '1' },
    createdAt: 1_700_000_000_000,
  });
  for (const version of ['1', '2', '3']) {
    source.putVersion(
      { model: 'credit', version, author, createdAt: 1_700_000_000_000 },
      { author, metrics: { roc_auc: 0.7 + Number(version) / 100 } },
      { signature: SIGNATURE },
    );
  }
  return source;
}
