import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { modelSourcesExtensionPoint } from '@modelport/plugin-modelport-node';
import { modelportModuleFiles } from './module';

describe('modelportModuleFiles', () => {
  it('adds a provider for each enabled source', async () => {
    const addProvider = jest.fn();
    await startTestBackend({
      extensionPoints: [[modelSourcesExtensionPoint, { addProvider }]],
      features: [
        modelportModuleFiles,
        mockServices.rootConfig.factory({
          data: {
            modelport: {
              sources: {
                files: {
                  demo: { directory: './models' },
                  repo: { url: 'https://me:secret@example.org/tree/main' },
                  off: { enabled: false, directory: 'x' },
                },
              },
            },
          },
        }),
      ],
    });
    expect(addProvider.mock.calls).toEqual([
      [expect.objectContaining({ id: 'demo', kind: 'files', url: './models' })],
      [
        expect.objectContaining({
          id: 'repo',
          kind: 'files',
          url: 'https://example.org/tree/main',
        }),
      ],
    ]);
  });
});
