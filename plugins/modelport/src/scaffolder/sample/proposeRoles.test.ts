/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersOfRoles } from './answersOfRoles';
import { profileSample, SampleProfile } from './profileSample';
import { proposeRoles, withRole } from './proposeRoles';
import { readSample } from './readSample';

async function profileOf(content: string | Buffer): Promise<SampleProfile> {
  return profileSample(await readSample(new Blob([content])));
}

/** Rows of a CSV, each cell made of the number of its row. */
function csv(columns: Record<string, (at: number) => unknown>): string {
  const lines = Array.from({ length: 50 }, (_, at) =>
    Object.values(columns)
      .map(make => make(at))
      .join(','),
  );
  return [Object.keys(columns).join(','), ...lines].join('\n');
}

describe('profileSample', () => {
  it('tells types, what is missing, and how many values there are', async () => {
    const { columns } = await profileOf(
      csv({
        whole: at => at,
        part: at => (at === 3 ? 'NaN' : at / 8),
        flag: at => (at % 2 ? 'true' : 'False'),
        day: at => `2026-01-${String((at % 28) + 1).padStart(2, '0')}`,
        moment: () => '2026-01-01T10:00:00Z',
        word: at => `w${at % 3}`,
        none: () => '',
      }),
    );
    expect(
      columns.map(({ name, type, missing, distinct }) => [
        ...[name, type, missing, distinct],
      ]),
    ).toEqual([
      ['whole', 'integer', 0, 50],
      ['part', 'number', 1, 49],
      ['flag', 'boolean', 0, 2],
      ['day', 'time', 0, 28],
      ['moment', 'time', 0, 1],
      ['word', 'text', 0, 3],
      ['none', 'empty', 50, 0],
    ]);
  });

  it('holds no value of the sample that fewer than five rows have, or that is of people', async () => {
    const text = JSON.stringify(
      await profileOf(
        csv({
          a: at => `secret-${at}`,
          b: at => (at < 4 ? 'secret' : 'shared'),
          c: at => 70_123 + at,
          email: at => `secret${at % 2}@example.org`,
          d: at => (at % 2 ? `secret${'x'.repeat(60)}` : ' secret'),
        }),
      ),
    );
    expect(text).not.toContain('secret');
    expect(text).not.toContain('701');
    expect(text).toContain('shared');
  });

  it('tells orders of magnitude, and the categories that several rows share', async () => {
    const { columns } = await profileOf(
      csv({
        count: at => at,
        share: at => at / 100,
        loss: at => -3 * at - 1,
        zero: () => 0,
        both: at => (at % 2 ? 1000 : -1),
        comma: at => (at % 2 ? '"0,5"' : '"12,5"'),
        flag: at => at % 2 === 0,
        region: at => ['south', 'north'][at % 2],
        grade: at => (at % 3) + 1,
        many: at => `m${at % 25}`,
      }),
    );
    expect(
      columns.map(({ name, range, categories }) => [
        ...[name, range && [range.low, range.high], categories],
      ]),
    ).toEqual([
      ['count', [0, 100], []],
      ['share', [0, 1], []],
      ['loss', [-1000, 0], []],
      ['zero', [0, 1], ['0']],
      ['both', [-1, 1000], ['-1', '1000']],
      ['comma', [0, 100], []],
      ['flag', [0, 1], []],
      ['region', null, ['north', 'south']],
      ['grade', [0, 10], ['1', '2', '3']],
      ['many', null, []],
    ]);
  });

  it('tells what looks like people, by name and by value', async () => {
    const { columns } = await profileOf(
      csv({
        contact: at => `person${at}@example.org`,
        c1: at => `+49 170 1234${at}`,
        c2: at => `DE89 3704 0044 0532 01${String(at).padStart(2, '0')} 00`,
        c3: at => `192.168.0.${at}`,
        c4: at =>
          `Erika Muster${String.fromCharCode(97 + (at % 26), 97 + (at >> 3))}`,
        lastName: () => 'x',
        date_of_birth: () => '1980-01-01',
        'Customer ID': at => at % 7,
        city: at => ['New York', 'Los Angeles'][at % 2],
        amount: at => at,
        code: at => `A-${at}`,
      }),
    );
    expect(columns.map(({ personal }) => personal)).toEqual([
      ...['e-mail', 'phone', 'number', 'internet', 'name', 'name', 'birth'],
      ...['person', null, null, null],
    ]);
  });
});

describe('proposeRoles', () => {
  it('proposes label, id, time, protected and personal columns of a Parquet', async () => {
    const profile = await profileOf(
      readFileSync(join(__dirname, '__fixtures__/people.parquet')),
    );
    const { roles, task } = proposeRoles(profile, 'binary');
    expect(task).toBe('binary');
    expect(answersOfRoles(roles)).toEqual({
      label: 'defaulted',
      id: 'customer_id',
      time: 'opened_at',
      protected: ['gender'],
      personal: ['email'],
    });
  });

  it.each<[string, Record<string, (at: number) => unknown>, unknown]>([
    [
      'some classes',
      {
        ticket_no: at => `T${at}`,
        length: at => at % 40,
        class: at => 'abc'[at % 3],
      },
      [{ id: 'ticket_no', label: 'class' }, 'multiclass'],
    ],
    [
      'a number',
      { id: at => at, rooms: at => at % 5, price: at => at * 1.5 },
      [{ id: 'id', label: 'price' }, 'regression'],
    ],
    [
      'the last of two values, where no name tells',
      { a: at => at, b: at => at % 2, c: at => at % 9 },
      [{ id: 'a', label: 'b' }, 'binary'],
    ],
    [
      'no name that the form takes',
      { 'the id': at => at, 'ja/nein': at => at % 2 },
      [{}, null],
    ],
    [
      'names of objects',
      { __proto__x: at => at, valueOf: (at: number) => at % 2 },
      [{ id: '__proto__x', label: 'valueOf' }, 'binary'],
    ],
  ])('of %s', async (_what, columns, expected) => {
    const profile = await profileOf(csv(columns));
    const { roles, task } = proposeRoles(profile, 'binary');
    expect([answersOfRoles(roles), task]).toEqual(expected);
  });

  const shops = (name: string) => ({
    day: (at: number) => `2026-01-${String(10 + Math.floor(at / 5))}`,
    promotion: (at: number) => (at < 20 ? 0 : 1),
    [name]: (at: number) => `s${at % 5}`,
    visitors: (at: number) => at % 19,
    temperature: (at: number) => at / 8,
    sales: (at: number) => 100 + (at % 17),
    rate: (at: number) => at / 2,
  });

  it.each<[string, string, Record<string, (at: number) => unknown>, unknown]>([
    [
      'series by its name',
      'forecasting',
      { ...shops('store_no') },
      { label: 'sales', time: 'day', series: 'store_no' },
    ],
    [
      'series by its rows',
      'forecasting',
      { ...shops('where') },
      { label: 'sales', time: 'day', series: 'where' },
    ],
    [
      'one series, whose times are there once each',
      'forecasting',
      {
        day: at => `20${10 + at}-01-01`,
        shop: at => 'ab'[at % 2],
        load: at => at / 4,
      },
      { label: 'load', time: 'day' },
    ],
    [
      'query by its name, before the item and who asked',
      'ranking',
      {
        item_id: at => `i${at % 7}`,
        user_id: at => `u${at % 2}`,
        query: at => `q${at % 9}`,
        match: at => at / 50,
        clicked: at => at % 2,
      },
      { label: 'clicked', query: 'query', personal: ['user_id'] },
    ],
    [
      'who is shown the items',
      'ranking',
      {
        item_id: at => `i${at % 7}`,
        user_id: at => `u${at % 4}`,
        match: at => at / 50,
        relevance: at => at % 3,
      },
      { label: 'relevance', query: 'user_id' },
    ],
    [
      'neither elsewhere',
      'regression',
      { ...shops('store_no') },
      { label: 'sales', time: 'day' },
    ],
  ])('of %s', async (_what, task, columns, expected) => {
    const profile = await profileOf(csv(columns));
    const { id: _, ...answers } = answersOfRoles(
      proposeRoles(profile, task).roles,
    );
    expect(answers).toEqual(expected);
  });

  it('takes what there is only one of from the column that had it', () => {
    const before = new Map([
      ['a', 'label'],
      ['b', 'protected'],
    ] as const);
    const after = withRole(withRole(before, 'c', 'label'), 'd', 'protected');
    expect([...after]).toEqual([
      ['b', 'protected'],
      ['c', 'label'],
      ['d', 'protected'],
    ]);
    expect([...withRole(after, 'c', undefined).keys()]).toEqual(['b', 'd']);
  });
});
