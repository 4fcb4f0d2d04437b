import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { modelportModelsReadPermission } from '@modelport/plugin-modelport-common';
import searchModuleModelport from './index';

it('adds the models to the indexes of search, for those who may read them', async () => {
  const schedules: unknown[] = [];
  const addCollator = jest.fn();
  await startTestBackend({
    extensionPoints: [
      [
        searchIndexRegistryExtensionPoint,
        { addCollator, addDecorator: jest.fn() },
      ],
    ],
    features: [
      searchModuleModelport,
      mockServices.scheduler.mock({
        createScheduledTaskRunner(schedule) {
          schedules.push(schedule);
          return { run: async () => {} };
        },
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          search: {
            collators: {
              modelport: {
                schedule: {
                  frequency: { minutes: 1 },
                  timeout: { minutes: 5 },
                },
              },
            },
          },
        },
      }),
    ],
  });

  expect(addCollator).toHaveBeenCalledTimes(1);
  const { factory } = addCollator.mock.calls[0][0];
  expect(factory.type).toBe('modelport-models');
  expect(factory.visibilityPermission).toBe(modelportModelsReadPermission);
  expect(schedules).toEqual([
    { frequency: { minutes: 1 }, timeout: { minutes: 5 } },
  ]);
});
