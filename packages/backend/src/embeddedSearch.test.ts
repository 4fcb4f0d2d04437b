import { mockServices } from '@backstage/backend-test-utils';
import { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { translate } from './embeddedSearch';

const documents = [
  {
    title: 'car-loan-default',
    text: 'Whether a loan is not repaid',
    location: '/catalog/default/resource/car-loan-default',
    source: 'demo',
    authorization: { resourceRef: 'demo/car-loan-default' },
  },
  {
    title: 'digits-recognizer',
    text: 'Handwritten digits, read and put in order',
    location: '/catalog/default/resource/digits-recognizer',
    source: 'mlflow.pricing',
    authorization: { resourceRef: 'demo/digits-recognizer' },
  },
];

async function search(term: string, filters?: Record<string, string>) {
  const engine = new LunrSearchEngine({ logger: mockServices.logger.mock() });
  engine.setTranslator(translate);
  await pipeline(Readable.from(documents), await engine.getIndexer('models'));
  const { results } = await engine.query({ term, filters });
  return results.map(({ document }) => document.title);
}

describe('the embedded search', () => {
  it.each([
    ['a word', 'loan', ['car-loan-default']],
    ['the beginning of a word', 'handw', ['digits-recognizer']],
    ['another form of a word', 'recognized', ['digits-recognizer']],
    ['a slip in a long word', 'hendwritten', ['digits-recognizer']],
    ['nothing by a slip in a short word', 'loon', []],
    ['nothing by what no one reads', 'catalog', []],
    ['nothing by how documents are made', 'object', []],
    ['all where no word is given', '', documents.map(({ title }) => title)],
  ])('finds %s', async (_, term, titles) => {
    expect((await search(term)).sort()).toEqual(titles);
  });

  it('narrows by fields, and finds nothing where an index has no such field', async () => {
    expect(await search('', { source: 'mlflow.pricing' })).toEqual([
      'digits-recognizer',
    ]);
    expect(await search('', { kind: 'component' })).toEqual([]);
  });
});
