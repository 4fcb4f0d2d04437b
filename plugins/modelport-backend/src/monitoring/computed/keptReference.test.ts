import { monitorFolder } from './__testUtils__/monitorFolder';
import { ReferenceProfile } from './ReferenceProfile';

jest.setTimeout(60_000);

const { pathOf, run, write } = monitorFolder();
const time = { column: 'at', zone: 'Europe/Zurich' };

describe('a monitor that ran before', () => {
  const at = '2026-10-05';
  const definition = async (names: object = { age: { type: 'numeric' } }) => ({
    reference: { data: { path: pathOf('reference.csv') } },
    current: { path: pathOf('current.csv') },
    time,
    columns: names,
  });

  beforeEach(async () => {
    const rows = Array.from({ length: 30 }, (_, age) => ({
      at,
      age,
      income: (age * 7) % 11,
    }));
    await write('reference.csv', rows);
    await write('current.csv', rows.slice(5));
  });

  /** A profile that nobody would make of the data: where it shows, it was kept. */
  const marked = (profile: ReferenceProfile): ReferenceProfile => ({
    ...profile,
    columns: profile.columns.map(column => ({
      ...column,
      counts: { ...column.counts, mean: 12_345 },
    })),
  });
  const meanOf = ({ columns: [{ counts }] }: ReferenceProfile) => counts.mean;

  it('keeps its reference as long as neither its data nor what is asked of them change', async () => {
    const first = await run(await definition());
    const kept = marked(first.result.reference);
    const again = await run(await definition(), { kept });
    expect(meanOf(again.result.reference)).toBe(12_345);
    await write('current.csv', [{ at, age: 3, income: 1 }]);
    const newData = await run(await definition(), { kept });
    expect(meanOf(newData.result.reference)).toBe(12_345);
  });

  it('gives the same figures by a reference that was kept', async () => {
    const both = await definition({
      age: { type: 'numeric' },
      income: { type: 'numeric' },
    });
    const first = await run(both);
    const again = await run(both, {
      // As the database gives it back.
      kept: JSON.parse(JSON.stringify(first.result.reference)),
    });
    expect(again.drift).toEqual(first.drift);
    expect(again.profiles).toEqual(first.profiles);
    expect(again.result.referenceState).toBe(first.result.referenceState);
  });

  it('profiles its reference again where the data or the definition changed', async () => {
    const first = await run(await definition());
    const kept = marked(first.result.reference);
    const edges = await run(
      await definition({ age: { type: 'numeric', edges: [0, 10, 30] } }),
      { kept },
    );
    expect(meanOf(edges.result.reference)).toBeCloseTo(14.5, 12);
    const window = await run(
      {
        ...(await definition()),
        reference: {
          data: { path: pathOf('reference.csv') },
          window: {
            start: '2026-10-01T00:00:00Z',
            end: '2026-11-01T00:00:00Z',
          },
        },
      },
      { kept },
    );
    expect(meanOf(window.result.reference)).toBeCloseTo(14.5, 12);
    await write('reference.csv', [{ at, age: 4, income: 1 }]);
    const data = await run(await definition(), { kept });
    expect(meanOf(data.result.reference)).toBe(4);
  });
});
