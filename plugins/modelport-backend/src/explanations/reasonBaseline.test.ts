import {
  principalReasons,
  ReasonCodes,
} from '@modelport/plugin-modelport-common';
import { OpenedRow } from './explainedRow';
import { reasonBaseline } from './reasonBaseline';

const DICTIONARY: ReasonCodes = {
  version: '1',
  adverse: 'increase',
  baseline: 'mean of the approved',
  band: 1,
  groups: { g: ['b', 'c'] },
  codes: ['a', 'g'].map(feature => ({
    feature,
    code: feature,
    internal: feature,
    consumer: { en: feature },
  })),
};

/** Outputs from -2 to 1; `a` rises with them, `b` and `c` are parts of one. */
const ROWS: Array<OpenedRow | null> = [
  { output: -2, contributions: [-1, -2, 1] },
  { output: -1, contributions: [0, 0, -1] },
  null,
  { output: 0.5, contributions: [1, 1, 1] },
  { output: 1, contributions: [2, -3, 1] },
].map(
  (row, place) =>
    row && { ...row, id: String(place), values: null, baseValue: 0 },
);

async function* rows() {
  yield* ROWS;
}

function of(
  part: Partial<ReasonCodes>,
  options: { cutoff?: number; smallestGroup?: number } = {},
) {
  return reasonBaseline(
    { ...DICTIONARY, ...part },
    {
      rows: rows(),
      features: ['a', 'b', 'c'],
      cutoff: options.cutoff,
      smallestGroup: options.smallestGroup ?? 1,
    },
  );
}

describe('the baseline of reasons, worked by hand', () => {
  it('is the mean of the approved', async () => {
    // Below 0 there are the first two rows; the group is b plus c.
    expect(await of({}, { cutoff: 0 })).toEqual({ a: -0.5, g: -1 });
    expect(await of({ adverse: 'decrease' }, { cutoff: 0 })).toEqual({
      a: 1.5,
      g: 0,
    });
  });

  it('is the mean near the cutoff', async () => {
    expect(await of({ baseline: 'near the cutoff' }, { cutoff: 0 })).toEqual({
      a: 1,
      g: -1 / 3,
    });
  });

  it('is the best that there is, as the points below the maximum of a scorecard', async () => {
    const baseline = await of({ baseline: 'points below maximum' });
    expect(baseline).toEqual({ a: -1, g: -2 });
    // The last row is 3 above the best a, and at the best of the group: one reason.
    expect(
      principalReasons({
        dictionary: { ...DICTIONARY, baseline: 'points below maximum' },
        contributions: { a: 2, b: -3, c: 1 },
        baseline,
        directions: new Map(),
        top: 4,
        language: 'en',
      }).reasons.map(({ code, contribution }) => [code, contribution]),
    ).toEqual([['a', 3]]);
    expect(
      await of({ baseline: 'points below maximum', adverse: 'decrease' }),
    ).toEqual({ a: 2, g: 2 });
  });

  it('is nothing for the base value, and refused where too little is known', async () => {
    expect(await of({ baseline: 'base value' })).toEqual({});
    await expect(of({})).rejects.toThrow(/needs a cutoff/);
    await expect(
      of({ baseline: 'near the cutoff', band: null }, { cutoff: 0 }),
    ).rejects.toThrow(/needs a band/);
    await expect(of({}, { cutoff: 0, smallestGroup: 3 })).rejects.toThrow(
      /rests on 2 explained rows; at least 3/,
    );
  });
});
