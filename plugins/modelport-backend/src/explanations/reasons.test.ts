import { TestDatabases } from '@backstage/backend-test-utils';
import { withholdSummary } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { RowBlock, unpackSubjects } from '../evidence/RowBlock';
import { SealedRows } from '../evidence/SealedRows';
import { SubjectKeys } from '../evidence/SubjectKeys';
import {
  ExplanationsPortal,
  MODEL,
  SERVICE,
  startExplanationsPortal,
  V1,
  V2,
  V3,
} from './__testUtils__/startExplanationsPortal';
import { ExplanationsRetention } from './ExplanationsRetention';
import { ReasonRecordsStore } from './ReasonRecordsStore';

jest.setTimeout(120_000);

const databases = TestDatabases.create();

describe.each(databases.eachSupportedId())('reasons on %s', databaseId => {
  let portal: ExplanationsPortal;
  let knex: Knex;
  const api: ExplanationsPortal['api'] = (...asked) => portal.api(...asked);
  const valuesOf = async (id: string) =>
    (await api('get', `${V2}/explanations/rows/${id}`).expect(200)).body.values;
  const give = async (asked: object, path = V2) =>
    (await api('post', `${path}/reason-codes`, SERVICE).send(asked).expect(200))
      .body;
  /** Contributions of all features, of which most contribute nothing. */
  const whole = async (some: Record<string, number>, path = V2) => {
    const { body } = await api('get', `${path}/explanations`).expect(200);
    return {
      ...Object.fromEntries(
        body.features.map(({ name }: { name: string }) => [name, 0]),
      ),
      ...some,
    };
  };
  const reproduce = async (recordId: string, given: object = {}, path = V2) =>
    (
      await api('post', `${path}/reason-codes/records/${recordId}/reproduce`)
        .send(given)
        .expect(200)
    ).body;
  const recordOf = async (recordId: string) =>
    (await api('get', `${V2}/reason-codes/records/${recordId}`).expect(200))
      .body;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startExplanationsPortal(knex);
  });

  beforeEach(() => portal.grant());

  afterAll(() => portal.backend.stop());

  it('gives the reasons of a decision and records them', async () => {
    const body = await give({ rowIds: ['1'], language: 'de', top: 3 });
    expect(body).toMatchObject({ dictionaryVersion: '2026-11' });
    const [row] = body.rows;
    expect(row.withheld).toBeNull();
    expect(row.reasons[0]).toMatchObject({
      rank: 1,
      code: 'G02',
      feature: 'duration',
      text: 'Laufzeit des beantragten Kredits',
    });
    expect(row.reasons.length).toBeLessThanOrEqual(3);
    const record = await recordOf(row.recordId);
    expect(record).toMatchObject({
      recordId: row.recordId,
      explanationDigest: body.explanationDigest,
      modelDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      reasons: row.reasons,
      contributions: null,
      values: null,
      input: { type: 'row', kept: 'yes' },
      request: { top: 3, language: 'de' },
    });
    expect(record.keptUntil > '2028').toBe(true);
    const traced = {
      cutoff: -1,
      outcome: 'declined',
      jurisdiction: 'US-CA',
    };
    const { dictionaryDigest, rows: given } = await give({
      rowIds: ['1'],
      ...traced,
    });
    expect(await recordOf(given[0].recordId)).toMatchObject({
      request: traced,
      dictionaryVersion: '2026-11',
      dictionaryDigest,
      explanationDigest: body.explanationDigest,
    });
    const same = await give({
      rows: [await valuesOf('1')],
      language: 'de',
      top: 3,
    });
    const codesOf = (one: { reasons: Array<{ code: string }> }) =>
      one.reasons.map(({ code }) => code);
    expect(codesOf(same.rows[0])).toEqual(codesOf(row));
    const refused = (asked: object, path = V2) =>
      api('post', `${path}/reason-codes`).send(asked);
    await refused({}).expect(400);
    await refused({ rowIds: ['1'], language: 'fr' }).expect(400);
    await refused({ rowIds: ['1'] }, V3).expect(404);
    await refused({ rowIds: ['1'], subjects: ['a'] }).expect(400);
    await refused({ contributions: [{ duration: 1 }], subjects: [] }).expect(
      400,
    );
    const infinite = await api('post', `${V2}/reason-codes`)
      .set('content-type', 'application/json')
      .send('{"contributions": [{"duration": 1}, {"duration": 1e999}]}')
      .expect(400);
    expect(infinite.body.error.message).toMatch(/contributions.1.*duration/);
    const unnamed = await refused({
      contributions: [{ duration: 1 }],
      keepValues: true,
    }).expect(400);
    expect(unnamed.body.error.message).toMatch(/subjects must name them/);
  });

  it('gives no reasons from a part of the contributions, or from such as do not add up', async () => {
    const refused = async (asked: object, path = V2) =>
      (await api('post', `${path}/reason-codes`).send(asked).expect(400)).body
        .error.message;
    const { housing_own: _own, ...without } = await whole({ duration: 2 });
    expect(
      await refused({ contributions: [await whole({}), without] }),
    ).toMatch(/^contributions.1: .*the explanation.*missing: housing_own\./);
    const misspelt = { ...without, housing_won: 0 };
    expect(await refused({ contributions: [misspelt] })).toMatch(
      /missing: housing_own; not known: housing_won/,
    );
    // A group in place of its parts, but not beside one of them.
    const {
      housing_free: _free,
      housing_rent: _rent,
      ...ungrouped
    } = without as Record<string, number>;
    const grouped = { ...ungrouped, housing: 0.5 };
    const body = await give({ contributions: [grouped] });
    expect(body.rows[0].reasons).toHaveLength(2);
    expect(body.method).toMatch(
      /of every feature of the explanation .*, not held against an output/,
    );
    expect(
      await refused({ contributions: [{ ...grouped, housing_free: 0 }] }),
    ).toMatch(/in their group: housing_free/);

    const { body: row } = await api('get', `${V2}/explanations/rows/1`).expect(
      200,
    );
    const { contributions, output, baseValue } = row;
    const added = await give({
      contributions: [contributions],
      outputs: [output],
    });
    expect(added.method).toMatch(/adding up to the outputs given/);
    expect(added.rows[0].reasons[0].code).toBe('G02');
    const asked = { contributions: [contributions, { ...contributions }] };
    expect(
      await refused({ ...asked, outputs: [output, output + 0.5] }),
    ).toMatch(/^contributions.1: .*do not add up .*off by 0.5/);
    expect(
      await refused({
        contributions: [contributions],
        outputs: [output],
        baseValue: baseValue + 1,
      }),
    ).toMatch(/do not add up/);
    expect(await refused({ ...asked, outputs: [output] })).toMatch(
      /outputs: expected 2/,
    );
    expect(await refused({ rowIds: ['1'], outputs: [output] })).toMatch(
      /outputs, baseValue: they are said of contributions/,
    );
    // With its output the cutoff decides.
    const approved = await give({
      contributions: [contributions],
      outputs: [output],
      cutoff: output + 1,
    });
    expect(approved.rows[0].withheld).toMatch(/not adverse/);
    const { body: dictionary } = await api('get', `${V2}/reason-codes`);
    expect(dictionary.withheld).toBe(0);
  });

  it('knows the outcomes and the rules of the dictionary, and no others', async () => {
    const { body } = await api('post', `${V2}/reason-codes`)
      .send({ rowIds: ['1'], outcome: 'outside-servcie-area' })
      .expect(400);
    expect(body.error.message).toMatch(
      /"outside-servcie-area" is not known.*"approved".*"declined".*dictionary "2026-11", which has none/,
    );
    const { rows } = await give({ rowIds: ['1'], outcome: 'denied' });
    expect(rows[0].reasons[0].code).toBe('G02');
  });

  it('runs a decision about an explained row again, from what the record pins', async () => {
    const { rows } = await give({ rowIds: ['5', '6'], top: 3 });
    const answer = await reproduce(rows[1].recordId);
    expect(answer).toMatchObject({
      same: true,
      message: 'It comes out the same.',
      recorded: { reasons: rows[1].reasons },
      reproduced: { reasons: rows[1].reasons },
    });
    expect(answer.pins.map((pin: { what: string }) => pin.what)).toEqual([
      'dictionary',
      'explanation',
      'model',
      'input',
    ]);
    expect(answer.pins.every((pin: { ok: boolean }) => pin.ok)).toBe(true);
    const chain = await knex('audit_entries').where({
      action: 'reasons.reproduced',
    });
    expect(chain).toHaveLength(1);
    portal.grant('modelport.explanations.read-rows');
    await api(
      'post',
      `${V2}/reason-codes/records/${rows[1].recordId}/reproduce`,
    )
      .send({})
      .expect(403);
  });

  it('computes a decision about values again from the model’s bytes, with values given or kept', async () => {
    const values = await valuesOf('9');
    const { rows } = await give({ rows: [values] });
    const [{ recordId }] = rows;
    const without = await reproduce(recordId);
    expect(without).toMatchObject({ same: null, reproduced: null });
    expect(without.message).toMatch(/does not keep the values/);
    expect(await reproduce(recordId, { values })).toMatchObject({ same: true });
    const other = await reproduce(recordId, {
      values: { ...values, duration: 60 },
    });
    expect(other.same).toBeNull();
    expect(other.message).toMatch(/not what the decision was made from/);
    expect(JSON.stringify(await knex('explanations_decisions'))).not.toContain(
      'checking_account":',
    );

    const kept = await give({
      rows: [values],
      keepValues: true,
      subjects: ['jane'],
    });
    const record = await recordOf(kept.rows[0].recordId);
    expect(record).toMatchObject({ values, input: { kept: 'yes' } });
    expect(await reproduce(record.recordId)).toMatchObject({ same: true });

    // The registry gives other bytes under the same name later.
    const [stored] = await knex('explanations_decisions').where({
      record_id: recordId,
    });
    await knex('explanations_decisions')
      .where({ record_id: recordId })
      .update({ model_digest: 'f'.repeat(64) });
    const changed = await reproduce(recordId, { values });
    expect(changed.same).toBeNull();
    expect(changed.message).toMatch(/model file is not the one/);
    expect(changed.pins).toContainEqual({
      what: 'model',
      recorded: 'f'.repeat(64),
      found: stored.model_digest,
      ok: false,
    });
  });

  it('says so where a decision comes out otherwise', async () => {
    const { rows } = await give({
      contributions: [await whole({ duration: 2, checking_account: 1 })],
      keepValues: true,
      subjects: ['otto'],
    });
    const [{ recordId, reasons }] = rows;
    expect(await reproduce(recordId)).toMatchObject({ same: true });
    await knex('explanations_decisions')
      .where({ record_id: recordId })
      .update({ reasons: JSON.stringify(reasons.slice(1)) });
    const answer = await reproduce(recordId);
    expect(answer.same).toBe(false);
    expect(answer.message).toMatch(/does not come out the same/);
    expect(answer.reproduced.reasons).toEqual(reasons);
  });

  it('keeps nothing readable of a person who is erased, with the keys of the evidence', async () => {
    const values = await valuesOf('11');
    const given = await give({
      rows: [values],
      keepValues: true,
      subjects: ['11'],
    });
    const byRow = await give({ rowIds: ['11'], keepValues: true });
    const [ofValues, ofRow] = [given, byRow].map(
      ({ rows }) => rows[0].recordId,
    );
    expect((await recordOf(ofRow)).contributions).not.toBeNull();
    await api('post', `${MODEL}/row-subjects/erase`)
      .send({ subject: '11' })
      .expect(200);
    for (const id of [ofValues, ofRow]) {
      expect(await recordOf(id)).toMatchObject({
        values: null,
        contributions: null,
        input: { kept: 'erased' },
      });
      const answer = await reproduce(id);
      expect(answer.same).toBeNull();
      expect(answer.message).toMatch(/erased/);
    }
    const records = await knex('explanations_decisions').whereIn('record_id', [
      ofValues,
      ofRow,
    ]);
    const [{ subject_id: subjectId }] = records;
    expect(records[1].subject_id).toBe(subjectId);
    expect(
      await knex('evidence_subjects').where({ id: subjectId }).first(),
    ).toMatchObject({ key: null, erased_by: 'user:default/ada' });
    const blocks: Array<{ subjects: Buffer; rows: Buffer }> = await knex(
      'evidence_row_blocks',
    );
    const kept = blocks.flatMap(({ subjects, rows }) => {
      const { lengths } = new RowBlock(rows);
      return unpackSubjects(subjects).map((id, at) => ({
        isHers: id === subjectId,
        isEmpty: lengths[at] === 0,
      }));
    });
    expect(kept.some(({ isHers }) => isHers)).toBe(true);
    // Hers are empty, and those of others are untouched.
    expect(kept.every(({ isHers, isEmpty }) => isHers === isEmpty)).toBe(true);
    // What comes later of the same person is not readable either.
    const later = await give({
      rows: [values],
      keepValues: true,
      subjects: ['11'],
    });
    expect((await recordOf(later.rows[0].recordId)).input.kept).toBe('erased');
  });

  it('comes out the same after the figures that gave the directions are gone', async () => {
    const { rows } = await give({ rowIds: ['30'] });
    const [{ recordId, reasons }] = rows;
    expect(
      reasons.some((one: { direction: string | null }) => one.direction),
    ).toBe(true);
    const documents: Array<{ id: number; body: string | object }> = await knex(
      'evidence_documents',
    ).where({ kind: 'explanation' });
    for (const { id, body } of documents) {
      const summary = typeof body === 'string' ? JSON.parse(body) : body;
      await knex('evidence_documents')
        .where({ id })
        .update({ body: JSON.stringify(withholdSummary(summary, 5_000)) });
    }
    expect((await reproduce(recordId)).same).toBe(true);
    for (const { id, body } of documents) {
      await knex('evidence_documents')
        .where({ id })
        .update({
          body: typeof body === 'string' ? body : JSON.stringify(body),
        });
    }
  });

  it('shows of kept values none that are masked, and to services none', async () => {
    const { body: page } = await api(
      'get',
      `${V1}/explanations/rows?limit=1`,
    ).expect(200);
    const [{ values, masked }] = page.items;
    expect(masked).toContain('age');
    const asked = { ...values, age: 42, sex: 1 };
    const { rows } = await give(
      {
        rows: [asked],
        keepValues: true,
        subjects: ['jill'],
        outcome: 'approved',
      },
      V1,
    );
    const path = `${V1}/reason-codes/records/${rows[0].recordId}`;
    const { body: record } = await api('get', path).expect(200);
    expect(record.values).toMatchObject({
      age: null,
      duration: asked.duration,
    });
    expect(record.contributions).not.toHaveProperty('age');
    expect(record.contributions).toHaveProperty(['masked features']);
    const byService = await api('get', path, SERVICE).expect(200);
    expect(new Set(Object.values(byService.body.values))).toEqual(
      new Set([null]),
    );
    expect(await reproduce(rows[0].recordId, {}, V1)).toMatchObject({
      same: true,
    });
  });

  it('does not tell of a record that is kept no longer, before it is deleted', async () => {
    const { rows } = await give({ rowIds: ['31'] });
    const [{ recordId }] = rows;
    await knex('explanations_decisions')
      .where({ record_id: recordId })
      .update({ kept_until: '2026-01-01T00:00:00.000Z' });
    const { status } = await api(
      'get',
      `${V2}/reason-codes/records/${recordId}`,
    );
    expect(status).toBe(404);
    await knex('explanations_decisions')
      .where({ record_id: recordId })
      .delete();
  });

  it('gives no reasons where a prohibited factor is among them, and raises a critical finding', async () => {
    const body = await give(
      {
        contributions: [await whole({ duration: 1, age: 0.5, sex: -1 }, V1)],
      },
      V1,
    );
    expect(body.rows[0].reasons).toEqual([]);
    expect(body.rows[0].withheld).toMatch(/prohibited factor, "age"/);
    expect(portal.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'prohibited-factor',
        severityLevel: 'critical',
      }),
    );
    const { body: dictionary } = await api('get', `${V1}/reason-codes`).expect(
      200,
    );
    expect(dictionary).toMatchObject({
      from: 'file',
      revision: null,
      finding: {
        severity: 'critical',
        decisions: 1,
        features: ['age'],
        closed: null,
      },
    });
    expect(dictionary.withheld).toBeGreaterThan(0);
    expect(dictionary.problems).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: expect.stringContaining('"age" is prohibited'),
      }),
    );
    const close = `${V1}/reason-codes/findings/close`;
    await api('post', close, SERVICE).send({ why: 'x' }).expect(403);
    await api('post', `${V3}/reason-codes/findings/close`)
      .send({ why: 'x' })
      .expect(404);
    const closed = await api('post', close)
      .send({ why: 'A trial with made-up figures' })
      .expect(200);
    expect(closed.body.closed).toMatchObject({ by: 'user:default/ada' });
    await api('post', close).send({ why: 'again' }).expect(409);
    await api('post', `${V1}/reason-codes`)
      .send({ contributions: [await whole({ age: 0.5 }, V1)] })
      .expect(200);
    const own = await api('post', close).send({ why: 'mine' }).expect(403);
    expect(own.body.error.message).toMatch(/their own request raised/);
  });

  it('forgets decisions and rows once they were kept long enough', async () => {
    const { rows } = await give({ rowIds: ['20'] });
    const [{ recordId }] = rows;
    const sealed = new SealedRows({
      knex,
      keys: new SubjectKeys({ knex, secret: undefined }),
    });
    const retention = new ExplanationsRetention({
      records: new ReasonRecordsStore(knex),
      rows: sealed,
      config: { keepRows: { months: 25 } },
    });
    const inMonths = (months: number) => {
      const at = new Date();
      at.setUTCMonth(at.getUTCMonth() + months);
      return at;
    };
    expect(await retention.run(inMonths(24))).toEqual({
      decisions: 0,
      rows: 0,
    });
    await recordOf(recordId);
    const forgotten = await retention.run(inMonths(26));
    expect(forgotten.decisions).toBeGreaterThan(0);
    // Of two versions, less the one person who was erased in both.
    expect(forgotten.rows).toBe(1998);
    await api('get', `${V2}/reason-codes/records/${recordId}`).expect(404);
    await api('get', `${V2}/explanations/rows/20`).expect(404);
    expect(await knex('explanations_decisions')).toEqual([]);
    expect(await retention.run(inMonths(26))).toEqual({
      decisions: 0,
      rows: 0,
    });
    const { body } = await api('get', `${V2}/explanations`).expect(200);
    expect(body.rows).toBe(1000);
  });
});
