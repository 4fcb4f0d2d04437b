import { strongestInteraction } from './strongestInteraction';

const ROWS = Array.from({ length: 200 }, (_, place) => place);
/** Values that go along with nothing: steps through the rows that have no common measure. */
const scattered = (step: number) => ROWS.map(place => (place * step) % 199);

const AGE = scattered(37);
const INCOME = scattered(83);
const NOISE = scattered(121);

function columnsOf(contribution: (place: number) => number) {
  const of = (feature: string, values: Array<number | null>) => ({
    feature,
    values,
    contributions: ROWS.map(contribution),
    categories: [],
  });
  return [of('age', AGE), of('noise', NOISE), of('income', INCOME)];
}

describe('the strongest interaction', () => {
  it('is that with the feature which moves the contribution where the own value is alike', () => {
    const columns = columnsOf(place => AGE[place] + 3 * INCOME[place]);
    expect(strongestInteraction(columns, 'age')).toBe('income');
  });

  it('is none where the contribution follows the own value alone in every window', () => {
    const columns = columnsOf(place => Math.floor(AGE[place] / 1000));
    expect(strongestInteraction(columns, 'age')).toBeUndefined();
  });

  it('leaves out what has no value, and features that are not there', () => {
    const [age, noise, income] = columnsOf(place => INCOME[place]);
    const masked = { ...income, values: ROWS.map(() => null) };
    expect(strongestInteraction([age, noise, masked], 'age')).toBe('noise');
    expect(strongestInteraction([age, masked], 'age')).toBeUndefined();
    expect(strongestInteraction([age, noise], 'height')).toBeUndefined();
  });
});
