import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { TEMPLATE_VERSION } from '@modelport/plugin-modelport-common';
import { testGateModel } from '../__testUtils__/gateFacts';
import { fakeTree } from './__testUtils__/fakeTree';
import { RepositoriesService } from './RepositoriesService';

const ENTITY: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'credit',
    namespace: 'default',
    annotations: {
      'backstage.io/source-location':
        'url:https://git.example.org/o/r/tree/main/',
    },
  },
  spec: { type: 'ml-model', owner: 'risk' },
};

function serviceOf(
  reader: ReturnType<typeof fakeTree>,
  entities: Entity[] = [ENTITY],
  models = async () => ({
    ...testGateModel,
    entityRef: 'resource:default/credit',
  }),
) {
  let time = Date.parse('2026-11-22T10:00:00Z');
  const service = new RepositoriesService({
    catalog: catalogServiceMock({ entities }),
    models: { get: models },
    urlReader: reader,
    limits: { files: 100, bytes: 1_000_000, milliseconds: 5_000 },
    now: () => new Date(time),
  });
  return {
    pass: (seconds: number) => {
      time += seconds * 1000;
    },
    ask: (again = false) =>
      service.scorecard({
        source: 'demo',
        name: 'credit',
        visibility: undefined,
        credentials: mockCredentials.user(),
        again,
      }),
  };
}

const record = (version: string): [string, string] => [
  '.modelport/answers.yaml',
  `template: template:default/new-ml-model\nversion: ${version}\n`,
];

describe('RepositoriesService', () => {
  it('says what holds, what does not, and what mends it', async () => {
    const { ask } = serviceOf(
      fakeTree(() => [['uv.lock', ''], record('0.9.0')]),
    );
    const card = await ask();
    expect(card).toMatchObject({
      state: 'read',
      message: null,
      url: 'https://git.example.org/o/r/tree/main/',
      cloneUrl: 'https://git.example.org/o/r',
      branch: 'main',
      readAt: '2026-11-22T10:00:00.000Z',
      template: {
        ref: 'template:default/new-ml-model',
        version: '0.9.0',
        newest: TEMPLATE_VERSION,
        isOutdated: true,
      },
    });
    expect(card.findings).toHaveLength(card.checks - 2);
    expect(card.score).toBeCloseTo(2 / card.checks);
    expect(card.findings).toContainEqual({
      check: 'model',
      file: 'modelport.yaml',
      message: 'is missing',
      fix: 'Write name, owner, task and riskTier of the model into it',
    });
  });

  it('offers no update to the newest version', async () => {
    const { ask } = serviceOf(fakeTree(() => [record(TEMPLATE_VERSION)]));
    expect((await ask()).template).toMatchObject({ isOutdated: false });
  });

  it('remembers for minutes, for less where somebody asks again, and asks then only whether it changed', async () => {
    let etag = 'first';
    const reader = fakeTree(
      () => (etag === 'first' ? [] : [['uv.lock', '']]),
      () => etag,
    );
    const { ask, pass } = serviceOf(reader);
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(other).toEqual(one);
    expect(reader.readTree).toHaveBeenCalledTimes(1);
    pass(60);
    etag = 'second';
    expect((await ask()).score).toBe(0);
    expect(reader.readTree).toHaveBeenCalledTimes(1);
    const again = await ask(true);
    expect(again.score).toBeGreaterThan(0);
    expect(again.readAt).toBe('2026-11-22T10:01:00.000Z');
    pass(5);
    await ask(true);
    expect(reader.readTree).toHaveBeenCalledTimes(2);
    pass(300);
    const same = await ask();
    expect(reader.readTree).toHaveBeenCalledTimes(3);
    expect(same).toEqual({ ...again, readAt: '2026-11-22T10:06:05.000Z' });
  });

  it('says why it could not be read, and reads again later', async () => {
    const reader = fakeTree(() => []);
    reader.readTree.mockRejectedValueOnce(
      new Error(`404 Not Found ${'x'.repeat(5_000)}`),
    );
    const { ask, pass } = serviceOf(reader);
    const card = await ask();
    expect(card).toMatchObject({
      state: 'unreadable',
      score: null,
      findings: [],
      template: null,
      url: 'https://git.example.org/o/r/tree/main/',
    });
    expect(card.message).toMatch(/^404 Not Found/);
    expect(card.message).toHaveLength(500);
    pass(11);
    expect(await ask(true)).toMatchObject({ state: 'read', score: 0 });
  });

  it.each<[string, Entity[], string]>([
    ['no entity that the caller may see', [], 'shows you no entity'],
    [
      'an entity of no repository',
      [{ ...ENTITY, metadata: { ...ENTITY.metadata, annotations: {} } }],
      'names no source location',
    ],
  ])('reads nothing for %s', async (_what, entities, words) => {
    const reader = fakeTree(() => []);
    const { ask } = serviceOf(reader, entities);
    expect(await ask()).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining(words),
      url: null,
      readAt: null,
      score: null,
    });
    expect(reader.readTree).not.toHaveBeenCalled();
  });
});
