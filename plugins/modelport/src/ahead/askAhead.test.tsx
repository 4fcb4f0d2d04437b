import { screen } from '@testing-library/react';
import { renderPage, testEntity } from '../__testUtils__/renderPage';
import {
  testModel,
  testModelPage,
  testSource,
  testVersion,
} from '../__testUtils__/testData';
import * as modelsPage from '../models/ModelsPage';
import * as versionsPage from '../versions/VersionsContent';
import { loadAhead, openedPage } from './loadAhead';

const VERSIONS = '/catalog/default/resource/car-loan-default/versions';

function testApi() {
  return {
    listModels: jest.fn(async () => testModelPage([testModel()])),
    listVersions: jest.fn(async () => ({
      items: [testVersion()],
      totalItems: 1,
      nextCursor: null,
    })),
    listSources: jest.fn(async () => [testSource()]),
  };
}

describe('what is asked for ahead', () => {
  it.each(['', '?q=loan&task=binary&sort=-updatedAt&limit=50'])(
    'is what the list of models asks for, at "%s"',
    async search => {
      const ahead = testApi();
      await modelsPage.askAhead(ahead, { pathname: '/models', search });

      const api = testApi();
      renderPage(<modelsPage.ModelsPage />, {
        api,
        address: `/models${search}`,
        mountPath: '/models',
      });
      await screen.findByText(testModel().name);
      const asked: unknown[] = api.listModels.mock.calls;
      for (const call of ahead.listModels.mock.calls) {
        expect(asked).toContainEqual(call);
      }
      expect(ahead.listModels).toHaveBeenCalledTimes(2);
    },
  );

  it.each(['', '?cursor=abc'])(
    'is what a model\'s versions ask for, at "%s"',
    async search => {
      const ahead = testApi();
      await versionsPage.askAhead(ahead, { pathname: VERSIONS, search });
      expect(ahead.listModels).toHaveBeenCalledWith({
        entityRef: ['resource:default/car-loan-default'],
        limit: 1,
      });

      const api = testApi();
      renderPage(<versionsPage.VersionsContent />, {
        api,
        entity: testEntity(),
        address: `${VERSIONS}${search}`,
        mountPath: `${VERSIONS}/*`,
      });
      await screen.findByText(/1 version/);
      expect(ahead.listModels.mock.calls).toEqual(
        api.listModels.mock.calls.slice(0, 1),
      );
      expect(ahead.listVersions.mock.calls).toEqual(
        api.listVersions.mock.calls.slice(0, 1),
      );
    },
  );

  it('is nothing for the versions of what is no model', async () => {
    const ahead = testApi();
    ahead.listModels.mockResolvedValue(testModelPage([]));
    await versionsPage.askAhead(ahead, { pathname: VERSIONS, search: '' });
    await versionsPage.askAhead(ahead, { pathname: '/versions', search: '' });
    expect(ahead.listModels).toHaveBeenCalledTimes(1);
    expect(ahead.listVersions).not.toHaveBeenCalled();
  });
});

it('loads the page ahead that the browser was opened at, and no other', async () => {
  const page = { askAhead: async () => undefined };
  const loads = [jest.fn(async () => page), jest.fn(async () => page)];
  loadAhead(/\/models$/, loads[0]);
  expect(openedPage()).toBeUndefined();
  window.history.pushState({}, '', '/models');
  loadAhead(/\/models$/, loads[1]);
  expect(await openedPage()).toBe(page);
  expect(loads.map(load => load.mock.calls.length)).toEqual([0, 1]);
});
