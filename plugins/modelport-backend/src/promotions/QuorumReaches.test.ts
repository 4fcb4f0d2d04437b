import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  ADA,
  CREDIT,
  GRACE,
  group,
  PEOPLE,
  RISK,
  ROSA,
  TestPromotions,
  testSource,
  user,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

const TEAM = 'group:default/team-x';
const REACHED = { nobodyLeft: [], unknown: [], needsYou: false, lastOf: [] };

describePromotions('whether a quorum can be reached still', ({ start }) => {
  const reach = async (test: TestPromotions, id: string, who?: string) =>
    test.quorumReaches.of((await test.promotions.get(id, undefined))!, who);

  it('can be while each group that is needed has somebody, and names whom it needs', async () => {
    const test = await start();
    const { id } = await test.request();
    expect(await reach(test, id)).toEqual({ ...REACHED, state: 'can' });
    expect(await reach(test, id, ROSA)).toEqual({
      ...REACHED,
      state: 'can',
      needsYou: true,
      lastOf: [RISK],
    });
    // Who may not decide is needed by nobody.
    expect(await reach(test, id, ADA)).toMatchObject({ needsYou: false });
    await test.decide(id, ROSA);
    expect(await reach(test, id, GRACE)).toMatchObject({
      needsYou: true,
      lastOf: [TEAM],
    });
  });

  it('cannot be where the last of a needed group has stepped aside', async () => {
    const test = await start();
    const { id } = await test.request();
    await test.decide(id, ROSA, 'recuse');
    expect(await reach(test, id)).toEqual({
      ...REACHED,
      state: 'cannot',
      nobodyLeft: [RISK],
    });
  });

  it('cannot be where all of a group made what is asked for, which the preview of a request says', async () => {
    const test = await start({
      people: [
        ...PEOPLE.filter(({ metadata }) => metadata.name !== 'team-x'),
        group('team-x', 'ada'),
      ],
    });
    const preview = await test.promotionRequests.preview({
      ...CREDIT,
      version: '2',
      environment: 'production',
      requestedBy: ROSA,
    });
    expect(preview.reach).toMatchObject({
      state: 'cannot',
      nobodyLeft: [RISK, TEAM],
    });
  });

  it('counts deputies for their group, and members of the groups that are a part of it', async () => {
    const risk: Entity = {
      ...group('model-risk'),
      relations: [{ type: 'parentOf', targetRef: 'group:default/validation' }],
    };
    const validation: Entity = {
      ...group('validation', 'vera'),
    };
    validation.relations?.push({ type: 'childOf', targetRef: RISK });
    const test = await start({
      people: [
        ...PEOPLE.filter(({ metadata }) => metadata.name !== 'model-risk'),
        risk,
        validation,
        user('vera', 'validation'),
      ],
    });
    const { id } = await test.request();
    const vera = 'user:default/vera';
    expect(await reach(test, id, vera)).toMatchObject({
      state: 'can',
      lastOf: [RISK],
    });
    const other = await start({
      config: {
        deputies: [
          { entityRef: 'user:default/nobody', for: RISK, until: '2999-01-01' },
        ],
      },
    });
    const asked = await other.request();
    await other.decide(asked.id, ROSA, 'recuse');
    expect(await reach(other, asked.id)).toMatchObject({ state: 'can' });
  });

  it('cannot be by people of one group where different ones are asked for', async () => {
    const test = await start({
      config: { riskGroups: [RISK] },
      source: testSource('somebody@else.org'),
      people: [
        ...['ada', 'grace', 'rosa'].map(name =>
          user(name, 'team-x', 'model-risk'),
        ),
        group('team-x', 'ada', 'grace', 'rosa'),
        group('model-risk', 'ada', 'grace', 'rosa'),
      ],
    });
    const { id } = await test.request();
    expect(await reach(test, id)).toEqual({ ...REACHED, state: 'cannot' });
  });

  it('is not known where the catalog does not know a group', async () => {
    const test = await start({
      people: PEOPLE.filter(({ metadata }) => metadata.name !== 'model-risk'),
      config: { riskGroups: [RISK, 'group:default/audit'] },
    });
    const { id } = await test.request();
    expect(await reach(test, id)).toEqual({
      ...REACHED,
      state: 'unknown',
      unknown: ['group:default/audit', RISK],
    });
  });

  it('is not known while the catalog is down', async () => {
    const catalog = catalogServiceMock({ entities: PEOPLE });
    const test = await start({ catalog });
    const { id } = await test.request();
    jest
      .spyOn(catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('the catalog is down'));
    expect(await reach(test, id, ROSA)).toEqual({
      ...REACHED,
      state: 'unknown',
      unknown: [RISK, TEAM],
    });
  });

  it('is not told of what is decided', async () => {
    const test = await start();
    const { id } = await test.request();
    await test.decide(id, ROSA, 'refuse');
    expect(await reach(test, id)).toBeNull();
  });
});
