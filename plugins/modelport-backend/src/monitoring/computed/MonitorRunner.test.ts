import { monitorFolder } from './__testUtils__/monitorFolder';

jest.setTimeout(60_000);

const { run, write } = monitorFolder();
const time = { column: 'at', zone: 'Europe/Zurich' };

describe('a monitor', () => {
  it('puts rows in windows of its zone, over a change of clocks', async () => {
    const rows = [
      '2026-10-24T21:59:00Z',
      '2026-10-24T22:00:00Z',
      '2026-10-25T22:59:00Z',
      '2026-10-25T23:00:00Z',
    ].map((at, age) => ({ at, age }));
    const path = await write('rows.csv', rows);
    const { drift } = await run({
      reference: { data: { path } },
      current: { path },
      time,
      columns: { age: { type: 'numeric' } },
    });
    expect(
      drift.map(({ window, figures }) => [
        window?.start,
        window?.end,
        figures[0].nCurrent,
      ]),
    ).toEqual([
      ['2026-10-23T22:00:00.000Z', '2026-10-24T22:00:00.000Z', 1],
      ['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z', 2],
      ['2026-10-25T23:00:00.000Z', '2026-10-26T23:00:00.000Z', 1],
    ]);
  });

  it('takes times without a zone as those of its zone', async () => {
    const path = await write('rows.csv', [
      { at: '2026-07-01 23:30:00', age: 1 },
      { at: '2026-07-02 00:30:00', age: 2 },
    ]);
    const { drift } = await run({
      reference: { data: { path } },
      current: { path },
      time,
      columns: { age: { type: 'numeric' } },
    });
    expect(drift.map(({ window }) => window?.start)).toEqual([
      '2026-06-30T22:00:00.000Z',
      '2026-07-01T22:00:00.000Z',
    ]);
  });

  it('says what is wrong with data, and starts nothing by it', async () => {
    const at = '2026-10-05T12:00:00Z';
    const reference = Array.from({ length: 50 }, (_, age) => ({
      at,
      age,
      kind: age % 2 ? 'a' : 'b',
    }));
    const current = [
      { at, age: 'old', kind: 'c' },
      { at, age: null, kind: 'a' },
      { at, age: 'Infinity', kind: 'a' },
      { at, age: 400, kind: 'a' },
    ];
    const { drift } = await run({
      reference: { data: { path: await write('reference.csv', reference) } },
      current: { path: await write('current.csv', current) },
      time,
      columns: { age: { type: 'numeric' }, kind: { type: 'categorical' } },
    });
    expect(
      drift[0].findings?.map(({ feature, check }) => [feature, check]),
    ).toEqual([
      ['age', 'missing values'],
      ['age', 'outside of the range'],
      ['age', 'type'],
      ['kind', 'unseen categories'],
    ]);
    expect(
      drift[0].figures
        .filter(({ statistic }) => statistic.endsWith('Share'))
        .every(({ threshold }) => threshold === undefined),
    ).toBe(true);
  });

  it('is not led astray by a time that is still to come', async () => {
    const day = (n: number) => new Date(Date.UTC(2026, 9, n)).toISOString();
    const path = await write('rows.csv', [
      ...[1, 2, 3].map(n => ({ at: day(n), age: n })),
      { at: '2099-01-01T00:00:00Z', age: 4 },
    ]);
    const { drift } = await run({
      reference: { data: { path } },
      current: { path },
      time: { column: 'at' },
      columns: { age: { type: 'numeric' } },
    });
    expect(drift.map(({ window }) => window?.start)).toEqual([
      day(1),
      day(2),
      day(3),
    ]);
  });

  it('looks at the prediction that labels are for, where the reference has it', async () => {
    const at = '2026-10-05T12:00:00Z';
    const rows = (more: object) =>
      Array.from({ length: 20 }, (_, n) => ({ at, age: n, y: n % 2, ...more }));
    const definition = {
      current: { path: await write('current.csv', rows({ p: 0.5 })) },
      time: { column: 'at' },
      columns: { age: { type: 'numeric' } },
      label: { column: 'y', prediction: 'p', task: 'probability' },
    };
    const featuresOf = async (more: object) => {
      const path = await write('reference.csv', rows(more));
      const { drift } = await run({
        ...definition,
        reference: { data: { path } },
      });
      return [
        ...new Set(drift[0].figures.map(({ feature }) => feature)),
      ].sort();
    };
    expect(await featuresOf({ p: 0.4 })).toEqual(['age', 'p']);
    expect(await featuresOf({})).toEqual(['age']);
  });

  it('finds a column that is gone, and goes on with the others', async () => {
    const at = '2026-10-05T12:00:00Z';
    const reference = await write(
      'reference.csv',
      Array.from({ length: 20 }, (_, n) => ({ at, age: n, kind: 'a', y: 1 })),
    );
    const current = await write('current.csv', [{ at, Age: 3 }]);
    const { drift, profiles } = await run({
      reference: { data: { path: reference } },
      current: { path: current },
      time: { column: 'at' },
      columns: {
        age: { type: 'numeric' },
        income: { type: 'numeric', role: 'ignored' },
        kind: { type: 'categorical' },
      },
      label: { column: 'y', prediction: 'age', task: 'value' },
    });
    expect(profiles[1].columns).toMatchObject([
      { feature: 'age', n: 1, missing: 0 },
      { feature: 'kind', n: 0, missing: 1 },
    ]);
    expect(drift[0].findings).toMatchObject([
      { feature: 'kind', check: 'missing values' },
    ]);
  });

  it('reads no file outside of the folders that are allowed', async () => {
    const path = await write('rows.csv', [{ at: '2026-10-05', age: 1 }]);
    await expect(
      run(
        {
          reference: { data: { path } },
          current: { path },
          time,
          columns: { age: { type: 'numeric' } },
        },
        { folders: ['/srv'] },
      ),
    ).rejects.toThrow('in no folder that modelport.monitoring.folders allows');
  });
});
