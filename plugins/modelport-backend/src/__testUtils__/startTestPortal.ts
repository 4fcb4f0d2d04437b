import { createBackendModule } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { startTestBackend, TestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { modelSourcesExtensionPoint } from '@modelport/plugin-modelport-node';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import request from 'supertest';
import modelportPlugin from '..';

type Feature = NonNullable<
  NonNullable<Parameters<typeof startTestBackend>[0]>['features']
>[number];

/**
 * Starts the plugin with one source, and waits until an address of its API answers.
 *
 * @param options - `until` is a path below `/api/modelport/v1` that answers 200 once the source was read, as it is asked
 * for with `authorization` where that is given; `features` are more than the plugin needs, such as permissions.
 */
export async function startTestPortal(options: {
  source: FakeModelSource;
  until: string;
  authorization?: string;
  entities?: Entity[];
  features?: Feature[];
}): Promise<TestBackend> {
  const { source, until, authorization, entities = [] } = options;
  const backend = await startTestBackend({
    features: [
      modelportPlugin,
      catalogServiceMock.factory({ entities }),
      createBackendModule({
        pluginId: 'modelport',
        moduleId: 'fake',
        register(env) {
          env.registerInit({
            deps: { sources: modelSourcesExtensionPoint },
            async init({ sources }) {
              sources.addProvider({
                id: source.id,
                kind: 'fake',
                url: null,
                discover: async () => [source],
              });
            },
          });
        },
      }),
      ...(options.features ?? []),
    ],
  });
  const end = Date.now() + 30_000;
  for (;;) {
    const asked = request(backend.server).get(`/api/modelport/v1${until}`);
    const { status } = await (authorization
      ? asked.set('authorization', authorization)
      : asked);
    if (status === 200) {
      return backend;
    }
    if (Date.now() > end) {
      await backend.stop();
      throw new Error(`${until} still answers ${status}`);
    }
  }
}
