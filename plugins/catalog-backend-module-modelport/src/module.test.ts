import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  CatalogService,
  catalogServiceRef,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { modelportServiceRef } from '@modelport/plugin-modelport-node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aChange, aModel } from '@modelport/plugin-modelport-node/testUtils';
import catalogModuleModelport from './index';
import { alternativeName } from './alternativeName';
import { FakeRegistry } from './__testUtils__/FakeRegistry';

jest.setTimeout(60_000);

const REF = 'resource:default/credit-risk';

const HAND_WRITTEN = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'credit-risk',
    title: 'Written by hand',
    annotations: { 'modelport.io/name': 'credit-risk' },
  },
  spec: { type: 'ml-model', owner: 'risk' },
};

/** The real catalog with the module, a registry in memory, and a provider of hand-written entities. */
async function startCatalog(registry: FakeRegistry) {
  let hand: EntityProviderConnection | undefined;
  let catalog: CatalogService | undefined;
  const scheduler = mockServices.scheduler();
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleModelport,
      createServiceFactory({
        service: modelportServiceRef,
        deps: {},
        factory: () => registry,
      }),
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'hand',
        register(reg) {
          reg.registerInit({
            deps: {
              processing: catalogProcessingExtensionPoint,
              service: catalogServiceRef,
            },
            async init({ processing, service }) {
              catalog = service;
              processing.addEntityProvider({
                getProviderName: () => 'hand',
                async connect(connection) {
                  hand = connection;
                },
              });
            },
          });
        },
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:0' },
          catalog: {
            processingInterval: { seconds: 1 },
            orphanCleanupInterval: { milliseconds: 200 },
            rules: [{ allow: ['Resource', 'Location'] }],
          },
        },
      }),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
    ],
  });
  if (!hand || !catalog) {
    throw new Error('The catalog did not start');
  }
  const credentials = mockCredentials.service();
  const read: CatalogService = catalog;
  return {
    backend,
    hand,
    /** What the catalog has after one more pass of the module. */
    async get(ref: string) {
      await scheduler.triggerTask('modelport-models-to-catalog');
      return read.getEntityByRef(ref, { credentials });
    },
  };
}

async function until<T>(
  read: () => Promise<T>,
  isThere: (value: T) => boolean,
): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const value = await read();
    if (isThere(value)) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`Waited in vain, last seen ${JSON.stringify(value)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

const hasTitle = (title: string) => (entity: Entity | undefined) =>
  entity?.metadata.title === title;
const isGone = (entity: Entity | undefined) => entity === undefined;

describe('catalogModuleModelport', () => {
  let running: Awaited<ReturnType<typeof startCatalog>>;
  let registry: FakeRegistry;

  beforeEach(async () => {
    registry = new FakeRegistry();
    running = await startCatalog(registry);
  });
  afterEach(() => running.backend.stop());

  it('adds, updates and removes by the change feed', async () => {
    const model = aModel({ owner: 'group:default/risk', latestVersion: '1' });
    registry.put(aChange(model));
    const entity = await until(() => running.get(REF), hasTitle('credit-risk'));
    expect(entity?.relations).toContainEqual({
      type: 'ownedBy',
      targetRef: 'group:default/risk',
    });

    registry.put(aChange({ ...model, latestVersion: '2' }));
    await until(
      () => running.get(REF),
      e => e?.metadata.annotations?.['rhdh.io/ai-asset-version'] === '2',
    );

    registry.put(aChange(model, { retired: true, model: null }));
    await until(() => running.get(REF), isGone);
    expect(new Set(registry.limits)).toEqual(new Set([500]));
  });

  it('says that the owner is unknown without a relation to anybody of that name', async () => {
    registry.put(aChange(aModel({ owner: null })));
    const entity = await until(() => running.get(REF), hasTitle('credit-risk'));
    expect(entity?.spec?.owner).toBe('unknown');
    expect(entity?.relations).toEqual([]);
  });

  it('says which tier a model counts as, and follows when one is confirmed', async () => {
    const hasTier = (tier: string) => (entity: Entity | undefined) =>
      entity?.metadata.annotations?.['modelport.io/risk-tier'] === tier;
    registry.put(aChange(aModel({ riskTierProposed: 'low' })));
    await until(() => running.get(REF), hasTier('high'));

    registry.put(aChange(aModel({ riskTierProposed: 'low', riskTier: 'low' })));
    expect(await until(() => running.get(REF), hasTier('low'))).toBeDefined();
  });

  it('leaves everything as it is while the registry does not answer', async () => {
    registry.put(aChange(aModel()));
    await until(() => running.get(REF), hasTitle('credit-risk'));

    registry.failWith(new Error('down'));
    registry.put(aChange(aModel({ name: 'other' })));
    expect(await running.get(REF)).toBeDefined();

    registry.failWith(undefined);
    await until(() => running.get('resource:default/other'), hasTitle('other'));
    expect(await running.get(REF)).toBeDefined();
  });

  it('withdraws its entity for a hand-written one of another ref, and brings it back', async () => {
    registry.put(aChange(aModel()));
    await until(() => running.get(REF), hasTitle('credit-risk'));

    const entity = {
      ...HAND_WRITTEN,
      metadata: {
        ...HAND_WRITTEN.metadata,
        name: 'scoring',
        annotations: {
          'mlflow.org/model-uri': 'models:/credit-risk/3',
          'backstage.io/managed-by-location': 'url:https://example.com/a',
          'backstage.io/managed-by-origin-location':
            'url:https://example.com/a',
        },
      },
    };
    const locationKey = 'hand:1';
    await running.hand.applyMutation({
      type: 'delta',
      added: [{ entity, locationKey }],
      removed: [],
    });
    await until(() => running.get(REF), isGone);
    expect(registry.claims).toEqual([
      {
        source: null,
        name: 'credit-risk',
        entityRef: 'resource:default/scoring',
      },
    ]);
    expect(await running.get('resource:default/scoring')).toBeDefined();

    await running.hand.applyMutation({
      type: 'delta',
      added: [],
      removed: [{ entityRef: stringifyEntityRef(entity), locationKey }],
    });
    await until(() => running.get(REF), hasTitle('credit-risk'));
  });

  it('gives way to a hand-written file of the same ref, which stays, and takes over when it goes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modelport-catalog-'));
    const file = join(folder, 'catalog-info.yaml');
    await writeFile(file, JSON.stringify(HAND_WRITTEN));
    const location = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Location',
      metadata: {
        name: 'hand',
        annotations: {
          'backstage.io/managed-by-location': `file:${file}`,
          'backstage.io/managed-by-origin-location': `file:${file}`,
        },
      },
      spec: { type: 'file', target: file },
    };
    registry.put(aChange(aModel()));
    await until(() => running.get(REF), hasTitle('credit-risk'));

    await running.hand.applyMutation({
      type: 'delta',
      added: [{ entity: location, locationKey: `file:${file}` }],
      removed: [],
    });
    await until(() => running.get(REF), hasTitle('Written by hand'));
    await running.get(REF);
    expect(registry.claims).toEqual([
      { source: null, name: 'credit-risk', entityRef: REF },
    ]);
    // Withdrawn here and told again from the start, as after a restart: the hand-written one stays.
    registry.put(aChange(aModel({ name: 'later' })));
    await until(() => running.get('resource:default/later'), hasTitle('later'));
    registry.put(aChange(aModel(), { claimedBy: REF }));
    registry.put(aChange(aModel({ name: 'latest' })));
    await until(
      () => running.get('resource:default/latest'),
      hasTitle('latest'),
    );
    expect((await running.get(REF))?.metadata.title).toBe('Written by hand');

    await running.hand.applyMutation({
      type: 'delta',
      added: [],
      removed: [
        {
          entityRef: stringifyEntityRef(location),
          locationKey: `file:${file}`,
        },
      ],
    });
    await until(() => running.get(REF), hasTitle('credit-risk'));
    await rm(folder, { recursive: true });
  });

  it('goes by another name while an entity of something else has its own', async () => {
    const other = {
      ...HAND_WRITTEN,
      metadata: {
        name: 'credit-risk',
        title: 'A database',
        annotations: {
          'backstage.io/managed-by-location': 'url:https://example.com/b',
          'backstage.io/managed-by-origin-location':
            'url:https://example.com/b',
        },
      },
      spec: { type: 'database', owner: 'risk' },
    };
    const locationKey = 'hand:2';
    registry.put(aChange(aModel()));
    await until(() => running.get(REF), hasTitle('credit-risk'));

    await running.hand.applyMutation({
      type: 'delta',
      added: [{ entity: other, locationKey }],
      removed: [],
    });
    await until(() => running.get(REF), hasTitle('A database'));
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
    await running.get(REF);
    jest.restoreAllMocks();
    await until(async () => registry.claims.length > 0, Boolean);
    const [{ entityRef, ...model }] = registry.claims;
    expect(model).toEqual({ source: 'mlflow', name: 'credit-risk' });
    expect(entityRef).toMatch(/^resource:default\/credit-risk-[0-9a-f]{12}$/);
    await until(() => running.get(entityRef), hasTitle('credit-risk'));
    expect((await running.get(REF))?.metadata.title).toBe('A database');

    await running.hand.applyMutation({
      type: 'delta',
      added: [],
      removed: [{ entityRef: REF, locationKey }],
    });
    await until(() => running.get(REF), isGone);
    // Names are looked through again at once when a model of a new name comes.
    registry.put(aChange(aModel({ name: 'new' })));
    await until(() => running.get(REF), hasTitle('credit-risk'));
    await until(() => running.get(entityRef), isGone);
    expect(registry.claims).toEqual([]);
  });

  it('takes the name back that was freed while it was not running', async () => {
    const change = aChange(aModel());
    const name = alternativeName(change);
    const entityRef = `resource:default/${name}`;
    registry.put({ ...change, claimedBy: entityRef });
    await until(() => running.get(REF), hasTitle('credit-risk'));
    expect(await until(() => running.get(entityRef), isGone)).not.toBeDefined();
  });

  it('tells no claims before it knows all models', async () => {
    for (let index = 0; index < 600; index += 1) {
      registry.put(aChange(aModel({ name: `model-${index}` })));
    }
    const pagesReadBefore: number[] = [];
    registry.onClaims = () => pagesReadBefore.push(registry.limits.length);
    await until(async () => {
      await running.get(REF);
      return pagesReadBefore.length > 0;
    }, Boolean);
    expect(pagesReadBefore[0]).toBe(2);
  });
});
