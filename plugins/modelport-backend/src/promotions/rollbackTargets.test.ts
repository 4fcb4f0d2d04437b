import { EnvironmentPeriod } from '@modelport/plugin-modelport-common';
import { rollbackTargets } from './rollbackTargets';

/** Periods from the first to the last, by version and the promotion that brought it. */
function targets(
  periods: Array<
    Pick<EnvironmentPeriod, 'version'> & Partial<EnvironmentPeriod>
  >,
  promotions: Record<
    string,
    { kind: 'promotion' | 'rollback'; version: string }
  > = {},
  isComplete = true,
) {
  const all = periods.map(period => ({
    environment: 'production',
    from: null,
    until: null,
    knownFrom: '2030-01-01T00:00:00Z',
    knownUntil: null,
    by: null,
    promotion: null,
    behindPortal: false,
    shares: [],
    ...period,
  }));
  return [
    ...rollbackTargets(all.reverse(), {
      isComplete,
      promotions: new Map(Object.entries(promotions)),
    }).keys(),
  ];
}

describe('what may be gone back to', () => {
  const brought = (version: string) => ({
    kind: 'promotion' as const,
    version,
  });
  const back = (version: string) => ({ kind: 'rollback' as const, version });

  it('is what was live first, and what promotions brought', () => {
    expect(
      targets(
        [
          { version: '1' },
          { version: '2', promotion: '7' },
          { version: '3', behindPortal: true },
          { version: null, behindPortal: true },
        ],
        { 7: brought('2') },
      ),
    ).toEqual(['2', '1']);
    // Who looks at the last periods only can't tell what the first one was.
    expect(targets([{ version: '1' }], {}, false)).toEqual([]);
    expect(targets([{ version: '1', behindPortal: true }])).toEqual([]);
  });

  it('is nothing that came after what was gone back to', () => {
    const periods = [
      { version: '1' },
      { version: '2', promotion: '1' },
      { version: '3', promotion: '2' },
      { version: '1', promotion: '3' },
    ];
    const two = { 1: brought('2'), 2: brought('3') };
    expect(targets(periods, { ...two, 3: back('1') })).toEqual(['1']);
    // Asked for anew and decided on, it is a step on.
    expect(targets(periods, { ...two, 3: brought('1') })).toEqual([
      '1',
      '3',
      '2',
    ]);
  });

  it('is nothing of which only a part came, or that an abort gave back', () => {
    expect(
      targets(
        [
          { version: '1' },
          { version: '4', behindPortal: true },
          {
            version: '4',
            promotion: '1',
            shares: [
              { version: '2', percent: 10, mode: 'live' },
              { version: '4', percent: 90, mode: 'live' },
            ],
          },
          { version: '4', promotion: '1' },
        ],
        { 1: brought('2') },
      ),
    ).toEqual(['1']);
  });
});
