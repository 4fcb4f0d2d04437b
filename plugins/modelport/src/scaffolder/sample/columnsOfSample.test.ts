import { columnsOfSample } from './columnsOfSample';
import { ColumnProfile, SampleProfile } from './profileSample';
import { Role } from './proposeRoles';

const column = (
  name: string,
  part: Partial<ColumnProfile> = {},
): ColumnProfile => ({
  ...{ name, type: 'number', missing: 0, distinct: 40, isUnique: false },
  ...{ hasMoreDistinct: false, personal: null, categories: [] },
  ...{ range: { low: 0, high: 100 }, isOncePerTime: false },
  ...part,
});
const text = (name: string, ...categories: string[]) =>
  column(name, {
    ...{ type: 'text', range: null, categories },
    distinct: categories.length,
  });

const ROLES = new Map<string, Role>([
  ['row', 'id'],
  ['outcome', 'label'],
  ['day', 'time'],
  ['asked', 'query'],
]);
const day = column('day', { type: 'time', range: null });
const asked = text('asked', 'a', 'b');

const find = (label: ColumnProfile, task: string, ...others: ColumnProfile[]) =>
  columnsOfSample(profileOf(text('row'), label, ...others), ROLES, task, [
    'score',
  ]);

function profileOf(...columns: ColumnProfile[]): SampleProfile {
  return { rows: 40, isWhole: true, nested: [], notes: [], columns };
}

describe('columnsOfSample', () => {
  it('takes numbers and categories, and tells what it left out', () => {
    expect(
      find(
        column('outcome', { type: 'boolean', range: { low: 0, high: 1 } }),
        'binary',
        column('income'),
        text('region', 'north', 'south'),
        text('remark'),
        column('seen', { type: 'time', range: null }),
        column('Score'),
        column('the rate'),
        column('phone', { personal: 'phone' }),
      ),
    ).toEqual({
      columns: {
        numeric: [{ name: 'income', low: 0, high: 100 }],
        categorical: [{ name: 'region', categories: ['north', 'south'] }],
      },
      left: ['remark', 'seen', 'Score', 'the rate'],
    });
  });

  it.each<[string, ColumnProfile, string, unknown]>([
    [
      '0 and 1',
      column('outcome', { distinct: 2, range: { low: 0, high: 1 } }),
      'binary',
      {},
    ],
    [
      'two words',
      text('outcome', 'no', 'yes'),
      'matching',
      { classes: ['no', 'yes'] },
    ],
    [
      'yes first',
      text('outcome', 'bad', 'good'),
      'binary',
      { classes: ['good', 'bad'] },
    ],
    [
      'classes',
      text('outcome', 'a', 'b', 'c'),
      'multiclass',
      { classes: ['a', 'b', 'c'] },
    ],
    [
      'a number',
      column('outcome'),
      'regression',
      { label: { low: 0, high: 100 } },
    ],
    [
      'a number ahead',
      column('outcome'),
      'forecasting',
      { label: { low: 0, high: 100 } },
    ],
    [
      'grades',
      column('outcome', { type: 'integer', categories: ['0', '1', '3'] }),
      'ranking',
      { label: { low: 0, high: 3 } },
    ],
    [
      'clicks',
      column('outcome', { type: 'boolean' }),
      'ranking',
      { label: { low: 0, high: 1 } },
    ],
  ])('tells the label: %s', (_what, label, task, expected) => {
    expect(find(label, task, column('income'), day, asked).columns).toEqual({
      numeric: [{ name: 'income', low: 0, high: 100 }],
      categorical: [],
      ...Object(expected),
    });
  });

  it.each<[ColumnProfile, string, ColumnProfile[], string]>([
    [text('outcome', 'a', 'b'), 'binary', [text('region', 'x')], 'number'],
    [text('outcome', 'a', 'b'), 'regression', [column('x')], 'number'],
    [text('outcome', 'a', 'b', 'c'), 'binary', [column('x')], 'classes'],
    [text('outcome'), 'multiclass', [column('x')], 'classes'],
    [text('other'), 'binary', [column('x')], 'label'],
    [column('outcome'), 'forecasting', [column('x')], 'time'],
    [text('outcome', 'a'), 'forecasting', [day], 'number'],
    [column('outcome'), 'ranking', [column('x')], 'query'],
    [text('outcome', 'a', 'b'), 'ranking', [column('x'), asked], 'grades'],
    [text('outcome', '0', '99'), 'ranking', [column('x'), asked], 'grades'],
    [text('outcome', '-1', '1'), 'ranking', [column('x'), asked], 'grades'],
    [text('outcome'), 'ranking', [column('x'), asked], 'grades'],
  ])('tells what is missing: %#', (label, task, others, lacks) => {
    const found = find(label, task, ...others);
    expect(found).toMatchObject({ lacks });
    expect(found.columns).toBeUndefined();
  });

  it('needs no feature beside the history of a series, and no id', () => {
    expect(
      columnsOfSample(
        profileOf(day, column('outcome')),
        new Map([...ROLES].filter(([, role]) => role !== 'id')),
        ...(['forecasting', []] as const),
      ).columns,
    ).toEqual({ numeric: [], categorical: [], label: { low: 0, high: 100 } });
  });
});
