import { TestPipeline } from '@backstage/plugin-search-backend-node';
import { ModelportService } from '@modelport/plugin-modelport-node';
import { aChange, aModel } from '@modelport/plugin-modelport-node/testUtils';
import { registryOf } from './__testUtils__/registryOf';
import { ModelCollatorFactory } from './ModelCollatorFactory';

async function collect(modelport: ModelportService) {
  const factory = new ModelCollatorFactory({ modelport });
  return TestPipeline.fromCollator(await factory.getCollator()).execute();
}

describe('ModelCollatorFactory', () => {
  it('makes a document of a model', async () => {
    const { documents } = await collect(
      registryOf([
        aChange(
          aModel({
            name: 'credit/risk 🚀',
            description: '# Loans\n\n**Scores** [loans](https://x)',
            owner: 'group:default/risk-analytics',
            ownerTag: 'Risk Analytics',
            task: 'binary',
            framework: 'sklearn',
            tags: { region: 'eu', validated: '', note: 'x'.repeat(5000) },
          }),
        ),
      ]),
    );

    expect(documents).toEqual([
      {
        title: 'credit/risk 🚀',
        text: expect.stringContaining('Loans\nScores loans\ncredit risk'),
        location: '/catalog/default/resource/credit-risk',
        source: 'mlflow',
        name: 'credit/risk 🚀',
        owner: 'group:default/risk-analytics',
        task: 'binary',
        framework: 'sklearn',
        tags: ['region=eu', 'validated', `note=${'x'.repeat(195)}`],
        description: 'Loans\nScores loans',
        keywords: expect.stringMatching(/^credit risk\n/),
        cardVersion: '',
        isCardInProduction: false,
        authorization: {
          resourceRef: 'mlflow/credit%2Frisk%20%F0%9F%9A%80',
        },
      },
    ]);
    expect(documents[0].text).toContain(
      'risk-analytics\nrisk analytics\nRisk Analytics',
    );
    expect(documents[0].text).toContain('region=eu');
  });

  it('finds a model by what people wrote on the card of its latest version', async () => {
    const { documents } = await collect(
      registryOf([
        aChange(
          aModel({ name: 'a', latestVersion: '3', cardCompleteness: 0.5 }),
        ),
        aChange(aModel({ name: 'without a card', latestVersion: '1' })),
        aChange(
          aModel({
            name: 'gone meanwhile',
            latestVersion: '1',
            cardCompleteness: 0,
          }),
        ),
        aChange(
          aModel({
            name: 'of no address',
            latestVersion: '1',
            cardCompleteness: 0,
          }),
        ),
      ]),
    );
    expect(documents.map(({ text }) => text)).toEqual([
      'Purpose of 3\na',
      'without a card',
      'gone meanwhile',
      'of no address',
    ]);
  });

  it('takes the card of what is in production before that of the latest', async () => {
    const environments = ['staging', 'production'].map((environment, at) => ({
      environment,
      version: String(at + 1),
      share: null,
      since: null,
      observed: [],
    }));
    const model = aModel({ name: 'a', latestVersion: '4', environments });
    const { documents } = await collect(
      registryOf([
        aChange({ ...model, cardCompleteness: 0.5 }),
        // Nobody wrote the card of what is in production.
        aChange({ ...model, name: 'c', cardCompleteness: null }),
        aChange(
          aModel({ name: 'b', latestVersion: '4', cardCompleteness: 0.5 }),
        ),
      ]),
    );
    const inUse = { cardVersion: '2', isCardInProduction: true };
    expect(documents).toMatchObject([
      { text: 'Purpose of 2\na', ...inUse },
      { text: 'c' },
      { cardVersion: '4', isCardInProduction: false },
    ]);
  });

  it('walks all pages and leaves out what is retired', async () => {
    const retired = {
      ...aChange(aModel({ name: 'gone' })),
      retired: true,
      model: null,
    };
    const { documents } = await collect(
      registryOf(
        [aChange(aModel({ name: 'a' })), retired],
        [],
        [aChange(aModel({ name: 'b' }))],
      ),
    );
    expect(documents.map(document => document.title)).toEqual(['a', 'b']);
  });

  it('fails where the registry fails half-way, so that the index stays', async () => {
    const { error } = await collect(
      registryOf([aChange(aModel({ name: 'a' }))], new Error('down')),
    );
    expect(error).toEqual(new Error('down'));
  });
});
