import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  EVE,
  ExplanationsPortal,
  MODEL,
  SERVICE,
  startExplanationsPortal,
  V1,
  V2,
  V3,
} from './__testUtils__/startExplanationsPortal';

jest.setTimeout(120_000);

const READ_ROWS = 'modelport.explanations.read-rows';

/** The auditor is told after the answer. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

const databases = TestDatabases.create();

describe.each(databases.eachSupportedId())('explanations on %s', databaseId => {
  let portal: ExplanationsPortal;
  let knex: Knex;
  const api: ExplanationsPortal['api'] = (...asked) => portal.api(...asked);
  const answer = (denied?: string) => portal.grant(denied);
  const events = () => portal.events();

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startExplanationsPortal(knex);
  });

  beforeEach(() => answer());

  afterAll(() => portal.backend.stop());

  it('gives the importance of the features, with what it explains', async () => {
    const { body } = await api('get', `${V2}/explanations`).expect(200);
    expect(body).toMatchObject({
      explains: { output: 'margin', calibrated: false, link: 'logit' },
      perturbation: 'path-dependent',
      rows: 1000,
      additivity: { ok: true },
      producer: { name: 'xgboost pred_contribs', version: '3.2.0' },
      withheld: null,
    });
    expect(body.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(body.features[0]).toMatchObject({
      name: 'checking_account',
      rank: 1,
    });
    expect(body.groups.map((one: { name: string }) => one.name)).toEqual(
      expect.arrayContaining(['purpose', 'housing', 'duration']),
    );
    const { body: missing } = await api('get', `${V3}/explanations`).expect(
      404,
    );
    expect(missing.error.message).toMatch(/no explanation of version 3/);
    await api('get', `${V2}/explanations?class=x`).expect(400);
  });

  it('keeps no row in the clear', async () => {
    await api('get', `${V2}/explanations`).expect(200);
    const dump = JSON.stringify(
      await knex('evidence_documents').where({ kind: 'explanation' }),
    );
    expect(dump).not.toContain('"contributions"');
    const [content] = await knex('evidence_documents')
      .join(
        'evidence_contents',
        'evidence_contents.digest',
        'evidence_documents.digest',
      )
      .where({ kind: 'explanation' });
    expect(content.bytes).toBeNull();
  });

  it('gives rows to people with the permission, without what is masked, and tells the auditor', async () => {
    const first = await api('get', `${V1}/explanations/rows?limit=2`).expect(
      200,
    );
    expect(first.body.totalItems).toBe(1000);
    expect(first.body.items[0]).toMatchObject({
      rowId: '0',
      masked: ['sex', 'age'],
      values: { sex: null, age: null, duration: 6 },
    });
    const next = await api(
      'get',
      `${V1}/explanations/rows?limit=2&cursor=${first.body.nextCursor}`,
    ).expect(200);
    expect(next.body.items[0].rowId).toBe('2');
    const { body: row } = await api('get', `${V1}/explanations/rows/2`).expect(
      200,
    );
    expect(row).toEqual(next.body.items[0]);
    const sum =
      row.baseValue +
      Object.values<number>(row.contributions).reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(row.output, 4);
    // One sum of what is masked: that of sex alone would tell the sex.
    expect(row.contributions).not.toHaveProperty('age');
    expect(row.contributions).not.toHaveProperty('sex');
    expect(row.contributions).toHaveProperty(['masked features']);
    await api('get', `${V1}/explanations/rows/none`).expect(404);
    const { body: columns } = await api(
      'get',
      `${V1}/explanations/columns?most=100`,
    ).expect(200);
    expect(columns.rowIds).toHaveLength(100);
    const names = columns.columns.map(
      (one: { feature: string }) => one.feature,
    );
    expect(names).not.toContain('age');
    expect(names).not.toContain('sex');
    const together = columns.columns[names.indexOf('masked features')];
    expect(together.values.every((value: null) => value === null)).toBe(true);
    expect(together.contributions[0]).toBe(
      first.body.items[0].contributions['masked features'],
    );
    expect(columns.masked).toEqual(['sex', 'age']);
    await until(() => events().length === 4);
    expect(events()).toEqual(Array(4).fill('explanation-rows-read'));
  });

  it('masks the rows of the document itself too', async () => {
    const { body: explanation } = await api('get', `${V1}/explanations`).expect(
      200,
    );
    const { body } = await api('get', `/evidence/${explanation.digest}`).expect(
      200,
    );
    const names = body.body.features.map((one: { name: string }) => one.name);
    const [row] = body.body.rows;
    expect(row.values[names.indexOf('age')]).toBeNull();
    expect(row.values[names.indexOf('sex')]).toBeNull();
    expect(row.values[names.indexOf('duration')]).toBe(6);
    expect(row.contributions[names.indexOf('age')]).toBeNull();
    expect(row.contributions[names.indexOf('sex')]).toBeNull();
    expect(row.contributions[names.indexOf('duration')]).not.toBeNull();
  });

  it('gives services no values, and others nothing', async () => {
    const { body } = await api(
      'get',
      `${V1}/explanations/rows/2`,
      SERVICE,
    ).expect(200);
    expect(Object.values(body.values).every(value => value === null)).toBe(
      true,
    );
    // Of 18 features two are masked.
    expect(Object.keys(body.contributions)).toHaveLength(17);
    answer(READ_ROWS);
    const refused = await api('get', `${V1}/explanations/rows`, EVE).expect(
      403,
    );
    expect(refused.body.error.message).toMatch(
      /lack the permission modelport.explanations.read-rows/,
    );
    await api('get', `${V1}/explanations/columns`, EVE).expect(403);
    await api(
      'get',
      `${V1}/explanations/rows`,
      mockCredentials.none.header(),
    ).expect(401);
  });

  it('computes what the file says, and says what is wrong with a row', async () => {
    const { body: row } = await api('get', `${V2}/explanations/rows/2`).expect(
      200,
    );
    const { body } = await api('post', `${V2}/explanations/compute`)
      .send({ rows: [row.values, { ...row.values, duration: null }] })
      .expect(200);
    expect(body).toMatchObject({
      perturbation: 'path-dependent',
      explains: { output: 'margin', link: 'logit' },
      additivity: { ok: true },
      model: { path: 'model/model.ubj', format: 'XGBoost UBJ' },
    });
    expect(body.rows[0].output).toBeCloseTo(row.output, 4);
    for (const [feature, value] of Object.entries<number>(row.contributions)) {
      expect(body.rows[0].contributions[feature]).toBeCloseTo(value, 5);
    }
    expect(body.rows[0].probability).toBeCloseTo(
      1 / (1 + Math.exp(-row.output)),
      5,
    );
    expect(body.rows[1].output).not.toBe(body.rows[0].output);
    const against = await api('post', `${V2}/explanations/compute`)
      .send({ rows: [row.values], background: [row.values] })
      .expect(200);
    expect(against.body.perturbation).toBe('interventional');
    expect(against.body.background.rows).toBe(1);
    expect(against.body.baseValue).toBeCloseTo(row.output, 4);
    const wrong = async (values: object) =>
      (
        await api('post', `${V2}/explanations/compute`)
          .send({ rows: [values] })
          .expect(400)
      ).body.error.message;
    expect(await wrong({})).toMatch(/Row 1: there is no "job"; null stands/);
    expect(await wrong({ ...row.values, x: 1 })).toMatch(/no feature "x"/);
    expect(await wrong({ ...row.values, job: 'a' })).toMatch(
      /"job" is no number/,
    );
    const { body: none } = await api('post', `${V3}/explanations/compute`)
      .send({ rows: [row.values] })
      .expect(404);
    expect(none.error.message).toMatch(/no file of XGBoost/);
  });

  it('says whether a model can be explained here', async () => {
    const { body } = await api('get', `${V2}/explanations/model`).expect(200);
    expect(body).toMatchObject({ computable: true, trees: 150, classes: [] });
    expect(body.features).toHaveLength(16);
    expect(body.example.duration).toEqual(expect.any(Number));
    const first = await api('get', `${V1}/explanations/model`).expect(200);
    expect(first.body.example).toMatchObject({ sex: null, age: null });
    expect(first.body.example.duration).toEqual(expect.any(Number));
    const other = await api('get', `${V3}/explanations/model`).expect(200);
    expect(other.body).toMatchObject({ computable: false, example: null });
    answer(READ_ROWS);
    const hidden = await api('get', `${V2}/explanations/model`, EVE).expect(
      200,
    );
    expect(hidden.body.example).toBeNull();
  });

  it('compares versions on the rows that they share', async () => {
    const { body } = await api(
      'get',
      `${MODEL}/explanations/compare?versions=1,2`,
    ).expect(200);
    expect(body).toMatchObject({
      rows: 1000,
      warnings: [
        'The explanations were made against different backgrounds (1: b604827a, 2: 9f4f3d1c); that alone may move figures.',
      ],
    });
    expect(body.churn[0]).toMatchObject({ from: '1', to: '2', rows: 1000 });
    expect(body.churn[0].share).toBeGreaterThan(0);
    expect(body.churn[0].share).toBeLessThan(1);
    const age = body.features.find(
      (one: { name: string }) => one.name === 'age',
    );
    expect(age.ranks[1]).toBeNull();
    const without = await api(
      'get',
      `${MODEL}/explanations/compare?versions=1,3`,
    ).expect(200);
    expect(without.body.warnings).toEqual([
      'There is no explanation of version 3.',
    ]);
  });

  it('reads nothing of a person who was erased', async () => {
    await api('post', `${MODEL}/row-subjects/erase`)
      .send({ subject: '7' })
      .expect(200);
    await api('get', `${V1}/explanations/rows/7`).expect(404);
    const { body } = await api('get', `${V1}/explanations/rows?limit=8`).expect(
      200,
    );
    expect(body.items[7]).toMatchObject({
      rowId: null,
      erased: true,
      values: {},
    });
    expect(body.totalItems).toBe(1000);
  });

  it('traces the importance of each feature across the versions', async () => {
    const { body } = await api('get', `${MODEL}/explanations/trace`).expect(
      200,
    );
    expect(
      body.versions.map((one: { version: string }) => one.version),
    ).toEqual(['1', '2']);
    const age = body.features.find(
      (one: { name: string }) => one.name === 'age',
    );
    expect(age.ranks).toEqual([expect.any(Number), null]);
    expect(body.features[0]).toMatchObject({
      name: 'checking_account',
      ranks: [1, 1],
    });
    expect(body.warnings).toEqual([]);
  });
});
