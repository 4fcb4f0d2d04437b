import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  ModelSourceProvider,
  modelSourcesExtensionPoint,
} from '@modelport/plugin-modelport-node';
import modelportModuleMlflow from './index';

describe('modelportModuleMlflow', () => {
  it('adds a provider for each server', async () => {
    const providers: ModelSourceProvider[] = [];
    await startTestBackend({
      extensionPoints: [
        [
          modelSourcesExtensionPoint,
          { addProvider: provider => providers.push(provider) },
        ],
      ],
      features: [
        modelportModuleMlflow,
        mockServices.rootConfig.factory({
          data: {
            modelport: {
              sources: {
                mlflow: {
                  one: { url: 'http://one.test:5000' },
                  two: {
                    url: 'http://user:pass-w0rd@two.test',
                    publicUrl: 'https://two.example.com',
                  },
                  off: { enabled: false },
                },
              },
            },
          },
        }),
      ],
    });
    expect(providers.map(({ id, kind, url }) => ({ id, kind, url }))).toEqual([
      { id: 'one', kind: 'mlflow', url: 'http://one.test:5000' },
      { id: 'two', kind: 'mlflow', url: 'https://two.example.com' },
    ]);
  });
});
