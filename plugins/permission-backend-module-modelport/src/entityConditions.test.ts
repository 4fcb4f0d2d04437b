import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { ModelportPolicy } from './ModelportPolicy';
import { readPolicyConfig } from './policyConfig';

jest.setTimeout(60_000);

function anEntity(
  name: string,
  options: { owner: string; source: string; tier?: string },
): Entity {
  const { owner, source, tier } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': `modelport:${source}`,
        'backstage.io/managed-by-origin-location': `modelport:${source}`,
        'modelport.io/source': source,
        'modelport.io/name': name,
        ...(tier && { 'modelport.io/risk-tier': tier }),
      },
    },
    spec: { type: 'ml-model', owner },
  };
}

const ENTITIES = [
  anEntity('open', { owner: 'hr', source: 'mlflow', tier: 'low' }),
  anEntity('secret', { owner: 'hr', source: 'mlflow', tier: 'high' }),
  anEntity('own', { owner: 'risk', source: 'mlflow', tier: 'high' }),
  anEntity('people', { owner: 'hr', source: 'HR', tier: 'low' }),
  anEntity('hand-written', { owner: 'hr', source: 'mlflow' }),
];

const EVE = 'user:default/eve';

/** Members of groups by name, as the user info service has them. */
const GROUPS: Record<string, string[]> = {
  'user:default/ada': ['group:default/risk'],
  'user:default/rosa': ['group:default/model-risk'],
};

describe('entityConditions', () => {
  let backend: TestBackend;

  const ask = (path: string, who: string) =>
    request(backend.server)
      .get(`/api/catalog${path}`)
      .set('authorization', mockCredentials.user.header(who));
  const namesFor = async (who: string): Promise<string[]> => {
    const { body } = await ask('/entities/by-query', who).expect(200);
    const entities: Entity[] = body.items;
    return entities.map(entity => entity.metadata.name).sort();
  };
  const untilAllAreThere = async () => {
    const end = Date.now() + 30_000;
    while ((await namesFor('user:default/rosa')).length < ENTITIES.length) {
      if (Date.now() > end) {
        throw new Error('The catalog did not take its entities');
      }
    }
  };

  beforeAll(async () => {
    const policy = new ModelportPolicy({
      config: readPolicyConfig(
        new ConfigReader({
          modelport: {
            policy: {
              riskGroups: ['group:default/model-risk'],
              restrictedSources: ['hr'],
              restrictedTiers: ['high'],
            },
          },
        }),
      ),
    });
    const auth = mockServices.auth();
    const permissions = mockServices.permissions.mock({
      async authorizeConditional(queries, { credentials }) {
        if (!auth.isPrincipal(credentials, 'user')) {
          return queries.map(() => ({ result: AuthorizeResult.ALLOW }));
        }
        const { userEntityRef } = credentials.principal;
        const ownershipEntityRefs = GROUPS[userEntityRef] ?? [];
        const info = { userEntityRef, ownershipEntityRefs };
        return Promise.all(
          queries.map(({ permission }) =>
            policy.handle({ permission }, { credentials, info }),
          ),
        );
      },
    });
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        permissions.factory,
        createBackendModule({
          pluginId: 'catalog',
          moduleId: 'models',
          register(reg) {
            reg.registerInit({
              deps: { processing: catalogProcessingExtensionPoint },
              async init({ processing }) {
                processing.addEntityProvider({
                  getProviderName: () => 'models',
                  async connect(connection) {
                    await connection.applyMutation({
                      type: 'full',
                      entities: ENTITIES.map(entity => ({ entity })),
                    });
                  },
                });
              },
            });
          },
        }),
      ],
    });
    await untilAllAreThere();
  });

  afterAll(() => backend.stop());

  it('shows nobody the entity of a model that only others may read', async () => {
    expect(await namesFor(EVE)).toEqual(['hand-written', 'open']);
    await ask('/entities/by-name/resource/default/open', EVE).expect(200);
    await ask('/entities/by-name/resource/default/secret', EVE).expect(404);
    const facets = await ask('/entity-facets?facet=metadata.name', EVE);
    expect(JSON.stringify(facets.body)).not.toContain('secret');
  });

  it('shows owners their own, and the risk groups all', async () => {
    expect(await namesFor('user:default/ada')).toEqual([
      'hand-written',
      'open',
      'own',
    ]);
    expect(await namesFor('user:default/rosa')).toHaveLength(ENTITIES.length);
  });
});
