import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { People } from './People';

function peopleWith(failures: number) {
  const catalog = catalogServiceMock.mock();
  catalog.getEntitiesByRefs.mockResolvedValue({
    items: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: 'ada' },
        relations: [],
      },
    ],
  });
  for (let time = 0; time < failures; time++) {
    catalog.getEntitiesByRefs.mockRejectedValueOnce(
      new Error('socket hang up'),
    );
  }
  return new People({
    auth: mockServices.auth.mock(),
    catalog,
    people: [],
    deputies: [],
    now: () => new Date(),
  });
}

it('asks the catalog once more where the connection broke', async () => {
  expect(await peopleWith(1).reviewer('user:default/ada')).toMatchObject({
    isKnown: true,
  });
});

it('does not take a catalog that is away for one that knows nobody', async () => {
  await expect(peopleWith(2).reviewer('user:default/ada')).rejects.toThrow(
    'socket hang up',
  );
});
