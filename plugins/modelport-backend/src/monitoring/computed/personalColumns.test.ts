import { writeFile } from 'node:fs/promises';
import { monitorFolder } from './__testUtils__/monitorFolder';

jest.setTimeout(60_000);

const { pathOf, run, write } = monitorFolder();
const time = { column: 'at', zone: 'Europe/Zurich' };

describe('a monitor', () => {
  it('keeps nothing of the values of a personal column', async () => {
    const path = await write('rows.csv', [
      { at: '2026-10-05', name: 'Ada Lovelace' },
      { at: '2026-10-06', name: null },
    ]);
    const { profiles, drift } = await run({
      reference: { data: { path } },
      current: { path },
      time,
      window: 'month',
      columns: { name: { type: 'categorical', personal: true } },
    });
    expect(JSON.stringify([profiles, drift])).not.toContain('Ada');
    expect(profiles[1].columns).toEqual([
      { feature: 'name', n: 1, missing: 1, wrongType: 0 },
    ]);
  });

  it('repeats nothing of the rows where it says what is wrong', async () => {
    const reference = await write('reference.csv', [
      { at: '2026-10-05T12:00:00Z', age: 1, email: 'ada@example.com' },
    ]);
    const definition = {
      reference: { data: { path: reference } },
      current: { path: pathOf('current.csv') },
      time: { column: 'at' },
      columns: {
        age: { type: 'numeric' },
        email: { type: 'categorical', personal: true },
      },
    };
    const messageOf = async (raw: object) =>
      run(raw).then(
        () => 'none',
        error => String(error),
      );
    await writeFile(
      pathOf('current.csv'),
      `at,age,email\n${'2026-10-05T12:00:00Z,2,bob@example.com\n'.repeat(
        5_000,
      )}2026-10-05T12:00:00Z,3,eve@example.com,4,5,6\n"2026,eve@example.com`,
    );
    const broken = await messageOf(definition);
    expect(broken).toContain('sniffing file');
    expect(broken).not.toContain('@example.com');
    expect(
      await messageOf({
        ...definition,
        current: { path: reference },
        time: { column: 'email' },
      }),
    ).toMatch(/^InputError: The column email is VARCHAR and holds other/);
  });

  it('keeps no value of a column that has a value of its own in every row', async () => {
    const at = '2026-10-05T12:00:00Z';
    const rows = Array.from({ length: 400 }, (_, n) => ({
      at,
      account: n < 100 ? 'shared' : `account-${n}`,
    }));
    const path = await write('rows.csv', rows);
    const { profiles } = await run({
      reference: { data: { path } },
      current: { path },
      time: { column: 'at' },
      columns: { account: { type: 'categorical' } },
    });
    expect(profiles.map(({ columns }) => columns[0].categories)).toEqual([
      ['shared', '(other)'],
      ['shared', '(other)'],
    ]);
    expect(profiles[1].columns[0].counts).toEqual([100, 300]);
  });

  it('takes no personal column for segments or classes', async () => {
    const path = await write('rows.csv', [{ at: '2026-10-05', name: 'Ada' }]);
    const raw = {
      reference: { data: { path } },
      current: { path },
      time: { column: 'at' },
      columns: { name: { type: 'categorical', personal: true } },
    };
    const label = { column: 'y', prediction: 'p', task: 'class' };
    for (const part of [{ segments: ['name'] }, { column: 'name' }]) {
      await expect(
        run({ ...raw, label: { ...label, ...part } }),
      ).rejects.toThrow('expected a column that is not personal');
    }
  });
});
