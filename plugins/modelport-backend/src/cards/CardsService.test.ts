import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  readMarkdownCard,
  summariseExplanation,
} from '@modelport/plugin-modelport-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { createTestRegistry } from '../__testUtils__/createTestRegistry';
import { readModelportConfig } from '../config';
import { AuditLog } from '../audit/AuditLog';
import { CardAttestations } from './CardAttestations';
import { CardDocument } from './CardDocuments';
import { CardsService } from './CardsService';

jest.setTimeout(60_000);

const CREATED = Date.parse('2026-02-01T00:00:00Z');
const ID = { source: 'fake', name: 'credit' };
const OF = { ...ID, version: '1', visibility: undefined };

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const document = (part: Partial<CardDocument>): CardDocument => ({
  kind: 'card',
  digest: 'd1',
  format: 'huggingface',
  body: {},
  by: null,
  saidAt: part.at ?? '2026-02-02T00:00:00Z',
  at: '2026-02-02T00:00:00Z',
  ...part,
});

async function start(
  databaseId: Parameters<typeof databases.init>[0],
  config: object = {},
) {
  const knex = await databases.init(databaseId);
  const registry = await createTestRegistry(knex, {
    logger: mockServices.logger.mock(),
  });
  const source = new FakeModelSource('fake');
  source.putModel({
    name: 'credit',
    description: 'About credit.',
    tags: { owner: 'team-x', task: 'binary' },
    createdAt: CREATED,
  });
  source.putVersion(
    {
      model: 'credit',
      version: '1',
      createdAt: CREATED,
      description: '## Limitations\n\nTODO',
      tags: { business_metric: 'Charge-off rate' },
      author: 'ada',
    },
    {
      metrics: { test_roc_auc: 0.87, train_roc_auc: 0.99 },
      params: { max_depth: '4' },
      datasets: [
        { name: 'train-2018', digest: 'abc', context: 'training', rows: 10 },
        { name: 'test-2018', digest: 'def', context: 'evaluation', rows: 5 },
      ],
    },
    {
      signature: {
        inputs: [{ name: 'age', type: 'long', required: true, shape: null }],
        outputs: [],
        params: [],
      },
    },
  );
  const { signal } = new AbortController();
  await registry.ingest.models.take(
    'fake',
    (
      await source.listModels({ signal })
    ).items,
  );
  await registry.ingest.versions.take(
    source,
    (
      await source.listVersions({ signal })
    ).items,
    { signal },
  );
  await registry.ingest.documents.read(source, {
    signal,
    concurrency: 1,
    impatient: false,
    onProgress: async () => {},
  });
  const settings = readModelportConfig(new ConfigReader({ modelport: config }));
  const models = registry.service;
  const documents: CardDocument[] = [];
  const cards: CardsService = new CardsService({
    models,
    standings: registry.standings,
    documents: { of: async () => documents },
    lineage: registry.graph,
    attestations: new CardAttestations(knex),
    owners: {
      of: async refs => new Map(refs.map(ref => [ref, `The ${ref}`])),
    },
    audit: new AuditLog(knex),
    onAttested: model => cards.refresh(model),
    templates: settings.cards.templates,
  });
  const attest = async (paths: string[], by = 'user:default/rosa') => {
    const { revision = '' } = await cards.get(OF);
    return cards.attest({ ...OF, paths, revision, by });
  };
  return { knex, models, documents, cards, attest, registry };
}

describe('a card', () => {
  it('derives fields from evidence, the newest of each thing', async () => {
    const { cards, documents } = await start('SQLITE_3');
    const groups = (value: number) => [
      { group: 'f', n: 310, value },
      { group: 'm', n: 690, value: 0.45 },
    ];
    const fairness = { metric: 'selection_rate', attribute: 'sex' };
    documents.push(
      document({
        kind: 'fairness',
        body: { ...fairness, groups: groups(0.3) },
      }),
      document({
        kind: 'fairness',
        digest: 'd2',
        at: '2026-02-03T00:00:00Z',
        body: { ...fairness, groups: groups(0.41234567) },
      }),
      document({
        kind: 'explanation',
        digest: 'd3',
        body: summariseExplanation({
          explains: { output: 'margin' },
          features: [{ name: 'age' }, { name: 'income' }],
          rows: [
            {
              id: '1',
              baseValue: 0,
              contributions: [0.1, -0.25],
              output: -0.15,
            },
            { id: '2', baseValue: 0, contributions: [0.1, 0.25], output: 0.35 },
          ],
        }),
      }),
      document({
        kind: 'drift',
        digest: 'd4',
        // Found among the artefacts, where nothing says when it was made.
        saidAt: null,
        body: {
          window: {
            start: '2026-01-01T00:00:00Z',
            end: '2026-01-08T00:00:00Z',
          },
          figures: ['age', 'prediction'].map(feature => ({
            feature,
            statistic: 'psi',
            value: 0.1,
          })),
        },
      }),
      document({ kind: 'drift', digest: 'd5', body: 'no drift' }),
    );
    const { fields } = await cards.get(OF);
    expect(fields.fairness).toMatchObject({
      value: '- selection_rate by sex: f 0.4123 (310 rows), m 0.45 (690 rows)',
      provenance: { from: 'derived', evidence: 'd2' },
    });
    expect(fields.explanation).toMatchObject({
      value: expect.stringContaining('income (0.25), age (0.1)'),
      provenance: { evidence: 'd3' },
    });
    expect(fields.monitoring).toEqual({
      value:
        'Watched for drift: 1 of 1 input and prediction by psi; 1 report; data up to 2026-01-08',
      provenance: {
        from: 'derived',
        evidence: 'd4',
        kind: 'drift',
        by: null,
        at: null,
      },
    });
    documents.push(document({ body: { fairness: 'Written by Ada' } }));
    expect((await cards.get(OF)).fields.fairness.value).toBe('Written by Ada');
  });

  it('says what is written before what is derived, each with its origin', async () => {
    const { cards, documents } = await start('SQLITE_3');
    documents.push(
      document({
        digest: 'old',
        at: '2026-01-01T00:00:00Z',
        body: { purpose: 'Old', users: 'Officers' },
      }),
      document({
        digest: 'new',
        by: 'user:default/grace',
        body: { purpose: 'New', owners: ['Ada'], fairness: 'TBD' },
      }),
      document({ digest: 'bad', body: { purpose: 7, evil: true } }),
    );
    const { fields } = await cards.get(OF);
    expect(fields.purpose).toEqual({
      value: 'New',
      provenance: {
        from: 'written',
        evidence: 'new',
        kind: 'card',
        by: 'user:default/grace',
        at: '2026-02-02T00:00:00Z',
      },
    });
    expect(fields).toMatchObject({
      users: { value: 'Officers', provenance: { evidence: 'old' } },
      owners: { value: ['Ada'], provenance: { from: 'written' } },
      fairness: { value: 'TBD' },
      businessMetric: {
        value: 'Charge-off rate',
        provenance: { from: 'written', evidence: null, by: 'ada' },
      },
      description: { value: 'About credit.' },
      limitations: { value: 'TODO' },
      task: { provenance: { from: 'derived' } },
      trainingData: {
        value: '- train-2018 (digest abc, 10 rows)',
        provenance: { from: 'derived', at: '2026-02-01T00:00:00.000Z' },
      },
      hyperparameters: { value: { max_depth: '4' } },
      inputs: { value: [{ name: 'age', type: 'long' }] },
    });
  });

  it('is exported as CycloneDX under the name of the model', async () => {
    const { cards, documents } = await start('SQLITE_3');
    documents.push(document({ body: { name: 'From a model-index' } }));
    const { text, notHeld } = await cards.export(OF, 'cyclonedx');
    expect(JSON.parse(text).components[0].name).toBe('credit');
    expect(notHeld).toContain('name');
    const markdown = await cards.export(OF, 'huggingface');
    expect(markdown.text).toContain('# From a model-index');
  });

  it('names no owner that only a tag knows', async () => {
    const { cards } = await start('SQLITE_3');
    expect((await cards.get(OF)).fields).not.toHaveProperty('owners');
  });

  it('keeps a written figure that the evidence contradicts, and says so', async () => {
    const { cards, documents } = await start('SQLITE_3');
    const metric = {
      key: 'AUC',
      value: 0.91,
      decimals: 2,
      dataset: null,
      slice: null,
    };
    documents.push(document({ body: { metrics: [metric] } }));
    const card = await cards.get(OF);
    expect(card.contradictions).toEqual([
      {
        path: 'metrics.AUC',
        written: 0.91,
        decimals: 2,
        dataset: null,
        slice: null,
        document: documents[0].digest,
        derived: 0.87,
        evidence: null,
        measured: expect.objectContaining({ key: expect.any(String) }),
      },
    ]);
    expect(card.fields.metrics.value).toEqual([metric]);
    expect(card.fields['metrics.measured'].value).toHaveLength(2);
    // Whoever reads an export is told so too, and it is read again as what it was.
    const remark =
      /Contradiction: the card states 0\.91 for AUC, and the registry says that 0\.87 was measured/;
    const exported = await Promise.all(
      (['huggingface', 'cyclonedx', 'modelcardtoolkit'] as const).map(format =>
        cards.export(OF, format),
      ),
    );
    expect(exported.map(({ text }) => remark.test(text))).toEqual([
      true,
      true,
      true,
    ]);
    const again = readMarkdownCard(exported[0].text);
    expect(again.problems).toEqual([]);
    expect(JSON.stringify(again.body)).not.toContain('Contradiction');
    documents[0].body = { metrics: [{ ...metric, value: 0.87 }] };
    expect((await cards.get(OF)).contradictions).toEqual([]);
  });

  it('takes data and code from the lineage where nobody else names them', async () => {
    const { cards, registry } = await start('SQLITE_3');
    await registry.lineage.continueRounds(new AbortController());
    const dataset = (name: string) => ({ namespace: 's3://lake', name });
    const event = (job: string, inputs: string[], output: object) => ({
      eventTime: '2026-02-01T00:00:00Z',
      eventType: 'COMPLETE',
      run: { runId: `run of ${job}` },
      job: {
        namespace: 'airflow',
        name: job,
        facets: {
          sourceCodeLocation: { url: 'https://git/credit', version: 'abc' },
        },
      },
      inputs: inputs.map(dataset),
      outputs: [output],
    });
    await registry.events.take(
      Buffer.from(
        JSON.stringify([
          event('clean', ['raw', 'bureau'], dataset('loans')),
          event('train', ['loans', 'test-2018'], {
            namespace: 'modelport',
            name: 'fake/credit/1',
          }),
        ]),
      ),
    );
    const { fields } = await cards.get(OF);
    const loans = 'dataset:s3%3A%2F%2Flake/loans';
    expect(fields.code).toMatchObject({
      value: 'https://git/credit (commit abc)',
      provenance: {
        from: 'derived',
        nodes: ['code:https%3A%2F%2Fgit%2Fcredit@abc'],
      },
    });
    // The registry's words come first; what the data was made from, only the lineage knows.
    expect(fields.trainingData).toMatchObject({
      value: '- train-2018 (digest abc, 10 rows)\n\nMade from bureau, raw',
      provenance: { from: 'derived', evidence: null },
    });
    expect(fields.trainingData.provenance.nodes).toContain(loans);
  });

  it('counts for whoever vouches for it signed in, and for nobody whom a document names', async () => {
    const { cards, documents, attest, knex } = await start('SQLITE_3', {
      cards: {
        templates: {
          high: {
            name: 'Ours',
            fields: ['purpose', 'users', 'fairness', 'metrics'],
          },
        },
      },
    });
    documents.push(
      document({
        digest: 'old',
        at: '2026-02-10T00:00:00Z',
        body: {
          purpose: 'Old',
          users: 'Officers',
          notApplicable: { fairness: 'No people are scored' },
          attestedBy: 'user:default/rosa',
          attestations: {
            users: { by: 'user:default/rosa', at: '2026-11-22' },
            fairness: { by: 'Grace' },
          },
        },
      }),
    );
    const before = await cards.get(OF);
    expect(before.fields.purpose.provenance.by).toBeNull();
    expect(before.attestations).toEqual({});
    expect(before.claims).toEqual({
      purpose: { by: 'user:default/rosa', at: null, evidence: 'old' },
      users: {
        by: 'user:default/rosa',
        at: '2026-11-22T00:00:00.000Z',
        evidence: 'old',
      },
      fairness: { by: 'Grace', at: null, evidence: 'old' },
    });
    expect(before.completeness.score).toBe(0);

    const after = await attest(['purpose', 'fairness', 'metrics', 'purpose']);
    const rosa = { by: 'user:default/rosa', at: expect.any(String) };
    expect(after.attestations).toEqual({
      purpose: rosa,
      fairness: rosa,
      metrics: rosa,
    });
    expect(after.completeness).toMatchObject({
      score: 3 / 4,
      missing: [{ path: 'users', reason: 'unattested' }],
    });
    expect(await knex('audit_entries').select('actor', 'action')).toEqual([
      { actor: 'user:default/rosa', action: 'card.attested' },
    ]);

    // What another document says by now, nobody has vouched for; the old words hold when they come back.
    documents.push(
      document({
        digest: 'new',
        at: '2026-02-20T00:00:00Z',
        body: { purpose: 'New' },
      }),
    );
    expect(await cards.get(OF)).toMatchObject({
      attestations: { fairness: rosa, metrics: rosa },
      lapsed: { purpose: rosa },
    });
    expect((await cards.get(OF)).attestations).not.toHaveProperty('purpose');
    documents.pop();
    expect((await cards.get(OF)).attestations).toHaveProperty('purpose');
    expect((await cards.get(OF)).lapsed).toEqual({});
  });

  it('is attested as it was read, field by field, where the field says something', async () => {
    const { cards, documents, attest } = await start('SQLITE_3');
    documents.push(document({ body: { purpose: 'Loans' } }));
    const { revision = '' } = await cards.get(OF);
    documents.push(
      document({
        digest: 'd2',
        at: '2026-03-01T00:00:00Z',
        body: { purpose: 'Anything' },
      }),
    );
    const by = 'user:default/rosa';
    await expect(
      cards.attest({ ...OF, paths: ['purpose'], revision, by }),
    ).rejects.toThrow('has changed since it was read');
    await expect(attest(['security'])).rejects.toThrow(
      'says nothing in the field "security"',
    );
    await expect(attest(['__proto__'])).rejects.toThrow('says nothing');
    expect((await cards.get(OF)).attestations).toEqual({});
    expect(await cards.attestationState(OF)).toBe(0);
    await attest(['purpose']);
    expect(await cards.attestationState(OF)).toBe(1);
  });

  it('is attested until who attested it takes that back, which others cannot do', async () => {
    const { cards, documents, attest, knex } = await start('SQLITE_3');
    documents.push(document({ body: { purpose: 'Loans', users: 'Officers' } }));
    const [rosa, grace] = ['user:default/rosa', 'user:default/grace'];
    const byOf = async () =>
      Object.fromEntries(
        Object.entries((await cards.get(OF)).attestations ?? {}).map(
          ([path, { by }]) => [path, by],
        ),
      );
    await attest(['purpose', 'users'], grace);
    await attest(['purpose'], rosa);
    expect(await byOf()).toEqual({ purpose: rosa, users: grace });
    await expect(
      cards.withdraw({ ...OF, paths: ['purpose', 'users'], by: rosa }),
    ).rejects.toThrow('You attest nothing in the field "users"');
    expect(await byOf()).toEqual({ purpose: rosa, users: grace });

    // Another one's word for it stays, and counts again.
    const state = await cards.attestationState(OF);
    await cards.withdraw({ ...OF, paths: ['purpose'], by: rosa });
    expect(await byOf()).toEqual({ purpose: grace, users: grace });
    expect(await cards.attestationState(OF)).not.toBe(state);
    const { completeness } = await cards.withdraw({
      ...OF,
      paths: ['purpose', 'users'],
      by: grace,
    });
    expect(await byOf()).toEqual({});
    expect((await cards.get(OF)).lapsed).toEqual({});
    expect(completeness.missing).toContainEqual({
      path: 'purpose',
      reason: 'unattested',
    });
    await expect(
      cards.withdraw({ ...OF, paths: ['purpose'], by: rosa }),
    ).rejects.toThrow('Nothing was withdrawn');
    await attest(['purpose'], rosa);
    expect(await byOf()).toEqual({ purpose: rosa });
    expect(
      await knex('audit_entries').orderBy('seq').select('actor', 'action'),
    ).toEqual([
      { actor: grace, action: 'card.attested' },
      { actor: rosa, action: 'card.attested' },
      { actor: rosa, action: 'card.attestation-withdrawn' },
      { actor: grace, action: 'card.attestation-withdrawn' },
      { actor: rosa, action: 'card.attested' },
    ]);
  });

  it('is judged by the template of the tier', async () => {
    const { cards, documents, attest } = await start('SQLITE_3', {
      cards: {
        templates: {
          high: {
            name: 'Ours',
            fields: ['purpose', 'fairness', 'metrics', 'limitations'],
          },
        },
      },
    });
    documents.push(
      document({
        body: { purpose: 'p', notApplicable: { fairness: 'No people' } },
      }),
    );
    await attest(['purpose', 'fairness', 'metrics']);
    expect((await cards.get(OF)).completeness).toEqual({
      template: 'Ours',
      score: 3 / 4,
      missing: [{ path: 'limitations', reason: 'placeholder' }],
    });
  });

  it('is exported with what the format cannot hold', async () => {
    const { cards } = await start('SQLITE_3');
    const markdown = await cards.export(OF, 'huggingface');
    expect(markdown).toMatchObject({
      mediaType: 'text/markdown',
      fileName: 'credit-1.md',
      notHeld: ['hyperparameters', 'inputs'],
    });
    expect(markdown.text).toContain('## Business Metric\n\nCharge-off rate');
    const bom = await cards.export(OF, 'cyclonedx');
    expect(JSON.parse(bom.text)).toMatchObject({
      specVersion: '1.7',
      components: [{ type: 'machine-learning-model', name: 'credit' }],
    });
    expect(bom.notHeld).toContain('businessMetric');
  });

  it('is exported with all that was measured, and owners by their names', async () => {
    const { cards, documents } = await start('SQLITE_3');
    const metric = { key: 'AUC', value: 0.91, dataset: null, slice: null };
    documents.push(
      document({
        body: { metrics: [metric], owners: ['group:default/risk'] },
      }),
    );
    const { text, notHeld } = await cards.export(OF, 'cyclonedx');
    const [component] = JSON.parse(text).components;
    expect(component.modelCard.quantitativeAnalysis.performanceMetrics).toEqual(
      [
        { type: 'AUC', value: '0.91' },
        { type: 'test_roc_auc', value: '0.87' },
        { type: 'train_roc_auc', value: '0.99' },
      ],
    );
    expect(component.authors).toEqual([
      { 'bom-ref': 'group:default/risk', name: 'The group:default/risk' },
    ]);
    expect(notHeld).toContain('metrics.origin');
    const markdown = await cards.export(OF, 'huggingface');
    expect(markdown.text).toContain(
      '| AUC | 0.91 |  |  |  | stated by the writer of the card |',
    );
    expect(markdown.text).toMatch(
      /\| test_roc_auc \| 0.87 \|.* \| measured \|/,
    );
    expect(markdown.notHeld).not.toContain('metrics.origin');
  });

  it('is exported with what nobody wrote of its metrics as measured, whatever a document calls its own', async () => {
    const { cards, documents } = await start('SQLITE_3');
    const { text } = await cards.export(OF, 'huggingface');
    expect(text).toMatch(/\| test_roc_auc \| 0.87 \|.* \| measured \|/);
    const measured = readMarkdownCard(text).body.metrics ?? [];
    expect(measured.map(({ origin }) => origin)).toEqual(
      measured.map(() => 'measured'),
    );
    documents.push(
      document({
        body: {
          metrics: [
            ...measured.slice(0, 1),
            { ...measured[1], value: 0.5, origin: 'both' },
          ],
        },
      }),
    );
    const again = await cards.export(OF, 'huggingface');
    expect(readMarkdownCard(again.text).body.metrics).toMatchObject([
      { key: measured[0].key, origin: 'both' },
      { key: measured[1].key, value: 0.5, origin: 'written' },
      { key: measured[1].key, origin: 'measured' },
    ]);
  });
});

describe.each(databases.eachSupportedId())(
  'the completeness that lists show, on %s',
  databaseId => {
    it('is that of the version in production, else of the latest', async () => {
      const { models, cards, attest, documents, registry } = await start(
        databaseId,
      );
      const source = new FakeModelSource('fake');
      const model = { name: 'credit', createdAt: CREATED };
      const { signal } = new AbortController();
      const take = async (aliases: Record<string, string>) => {
        source.putModel({ ...model, aliases });
        const { items } = await source.listModels({ signal });
        await registry.ingest.models.take('fake', items);
      };
      source.putVersion({ model: 'credit', version: '1', createdAt: CREATED });
      source.putVersion({
        model: 'credit',
        version: '2',
        createdAt: CREATED + 1,
      });
      await take({ champion: '1' });
      const { items } = await source.listVersions({ signal });
      await registry.ingest.versions.take(source, items, { signal });
      documents.push(document({ body: { purpose: 'Fewer defaults' } }));
      await attest(['purpose']);
      const { completeness } = await cards.get(OF);
      expect(completeness.score).toBeGreaterThan(0);
      const kept = async () =>
        (await models.get('fake', 'credit', undefined)).cardCompleteness;
      expect(await kept()).toBeCloseTo(completeness.score, 12);

      await take({});
      await cards.refresh(ID);
      expect(await kept()).toBe(0);
    });

    it('is written only where it changed', async () => {
      const { models, documents, cards, attest } = await start(databaseId);
      const kept = async () =>
        (await models.get('fake', 'credit', undefined)).cardCompleteness;
      await cards.refresh(ID);
      // A business metric is more than any registry holds by itself; nobody has attested it.
      expect(await kept()).toBe(0);

      documents.push(
        document({
          body: {
            purpose: 'Fewer defaults',
            attestedBy: 'user:default/rosa',
            attestedAt: '2026-02-02T00:00:00Z',
          },
        }),
      );
      await cards.refresh(ID);
      expect(await kept()).toBe(0);
      await attest(['purpose']);
      const { completeness } = await cards.get(OF);
      expect(completeness.score).toBeGreaterThan(0);
      expect(await kept()).toBeCloseTo(completeness.score, 12);

      const { nextCursor } = await models.changes({ limit: 10 });
      await cards.refresh(ID);
      const after = await models.changes({ cursor: nextCursor, limit: 10 });
      expect(after.items).toEqual([]);
    });
  },
);
