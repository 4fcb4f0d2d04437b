import { entityEnvelopeSchemaValidator } from '@backstage/catalog-model';
import {
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import { Model } from '@modelport/plugin-modelport-common';
import { aModel } from '@modelport/plugin-modelport-node/testUtils';
import { modelEntity } from './modelEntity';

const entityOf = (overrides: Partial<Model>) =>
  modelEntity({
    model: aModel(overrides),
    name: 'credit-risk',
    namespace: 'default',
    type: 'ml-model',
  });

/** Passes an entity through all that the catalog itself demands of one. */
async function validate(entity: ReturnType<typeof modelEntity>) {
  entityEnvelopeSchemaValidator()(entity);
  return EntityPolicies.allOf([
    new SchemaValidEntityPolicy(),
    new DefaultNamespaceEntityPolicy(),
    new NoForeignRootFieldsEntityPolicy(),
    new FieldFormatEntityPolicy(),
  ]).enforce(entity);
}

describe('modelEntity', () => {
  it('says what the registry says', async () => {
    const entity = entityOf({
      description: '# Credit risk\n\nScores *applications* for loans.\n\nMore.',
      owner: 'group:default/risk-analytics',
      ownerTag: 'risk-analytics',
      system: 'lending',
      lifecycle: 'production',
      task: 'binary',
      framework: 'sklearn',
      latestVersion: '4',
      tags: {
        owner: 'risk-analytics',
        region: 'EU West',
        validated: 'true',
        'mlflow.source': 'x',
        dataset: 'resource:default/loans, loans-2024',
        consumers: 'component:loan-desk',
      },
      links: [{ title: 'MLflow', url: 'https://mlflow.example.com/#/m' }],
    });

    expect(entity).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: 'credit-risk',
        namespace: 'default',
        title: 'credit-risk',
        description: 'Scores applications for loans.',
        annotations: {
          'backstage.io/managed-by-location': 'modelport:mlflow',
          'backstage.io/managed-by-origin-location': 'modelport:mlflow',
          'modelport.io/source': 'mlflow',
          'modelport.io/name': 'credit-risk',
          'modelport.io/risk-tier': 'high',
          'rhdh.io/ai-asset-category': 'ai-model',
          'rhdh.io/ai-asset-source': 'mlflow',
          'rhdh.io/ai-asset-version': '4',
        },
        tags: [
          'binary',
          'sklearn',
          'region-eu-west',
          'validated',
          'dataset-resource-default-loans-loans-2024',
          'consumers-component-loan-desk',
        ],
        links: [{ title: 'MLflow', url: 'https://mlflow.example.com/#/m' }],
      },
      spec: {
        type: 'ml-model',
        owner: 'group:default/risk-analytics',
        lifecycle: 'production',
        system: 'lending',
        dependsOn: ['resource:default/loans'],
        dependencyOf: ['component:default/loan-desk'],
      },
    });
    expect(await validate(entity)).toBeDefined();
  });

  it('shows an unknown owner as unknown', async () => {
    const entity = entityOf({ owner: null, ownerTag: 'somebody' });
    expect(entity.spec?.owner).toBe('unknown');
    expect(await validate(entity)).toBeDefined();
  });

  it.each<[string, Partial<Model>]>([
    ['a name of 500 characters', { name: 'x'.repeat(500) }],
    ['emoji', { name: '🚀 risk/ü', tags: { '🚀': '🔥', ü: 'ß' } }],
    ['a tag of 5,000 characters', { tags: { note: 'y'.repeat(5000) } }],
    ['HTML', { description: '<script>alert(1)</script><b></b>' }],
    [
      'odd links',
      {
        links: [
          { title: '', url: 'https://a.example' },
          { title: 'x', url: 'data:text/html,x' },
          { title: 'y', url: 'http://' },
        ],
      },
    ],
    [
      'a system that is none',
      { system: 'Our Pricing System!', lifecycle: ' ' },
    ],
    ['empty values', { tags: { '': '', a: '' }, name: ' ' }],
    [
      'many tags',
      {
        tags: Object.fromEntries(
          Array.from({ length: 400 }, (_, i) => [`k${i}`, 'v']),
        ),
      },
    ],
  ])('is valid with %s', async (_what, overrides) => {
    expect(await validate(entityOf(overrides))).toBeDefined();
  });

  it('leaves out what the catalog would refuse, and cuts no tag', () => {
    const entity = entityOf({
      system: 'Our Pricing System!',
      tags: { note: 'y'.repeat(5000), '--': '--', 'A b': 'C_d' },
      links: [{ title: 'x', url: 'data:text/html,x' }],
    });
    expect(entity.metadata.tags).toEqual(['a-b-c-d']);
    expect(entity.metadata).not.toHaveProperty('links');
    expect(entity.spec).toEqual({ type: 'ml-model', owner: 'unknown' });
  });
});
