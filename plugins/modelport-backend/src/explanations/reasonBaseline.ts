import { InputError } from '@backstage/errors';
import {
  groupContributions,
  ReasonCodes,
} from '@modelport/plugin-modelport-common';
import { OpenedRow } from './explainedRow';

/**
 * Against what the contributions of a decision are measured: nothing for the base value; the mean contributions of the
 * rows near the cutoff, or of the approved; or the least adverse that there are (PMML's points below maximum).
 *
 * @throws `InputError` where the dictionary's baseline needs a cutoff and there is none, or too few rows count.
 */
export async function reasonBaseline(
  dictionary: ReasonCodes,
  options: {
    rows: AsyncIterable<OpenedRow | null>;
    features: string[];
    cutoff: number | undefined;
    smallestGroup: number;
  },
): Promise<Record<string, number>> {
  const { baseline, adverse } = dictionary;
  if (baseline === 'base value') {
    return {};
  }
  const sign = adverse === 'increase' ? 1 : -1;
  const counts = filterOf(dictionary, options.cutoff);
  const sums = new Map<string, number>();
  let n = 0;
  for await (const row of options.rows) {
    if (row && counts(row.output)) {
      n++;
      const contributions = groupContributions(
        dictionary,
        Object.fromEntries(
          options.features.map((name, i) => [name, row.contributions[i]]),
        ),
      );
      for (const [name, value] of Object.entries(contributions)) {
        const before = sums.get(name);
        sums.set(
          name,
          baseline === 'points below maximum'
            ? sign * Math.min(sign * value, sign * (before ?? value))
            : (before ?? 0) + value,
        );
      }
    }
  }
  if (n < options.smallestGroup) {
    throw new InputError(
      `The baseline "${baseline}" rests on ${n} explained rows; at least ${options.smallestGroup} are needed`,
    );
  }
  return Object.fromEntries(
    [...sums].map(([name, sum]) => [
      name,
      baseline === 'points below maximum' ? sum : sum / n,
    ]),
  );
}

function filterOf(
  dictionary: ReasonCodes,
  cutoff: number | undefined,
): (output: number | null) => boolean {
  const { baseline, adverse, band } = dictionary;
  if (baseline === 'points below maximum') {
    return () => true;
  }
  if (cutoff === undefined) {
    throw new InputError(
      `The dictionary's baseline "${baseline}" needs a cutoff; give one, or put it into the dictionary`,
    );
  }
  if (baseline === 'near the cutoff') {
    if (!band) {
      throw new InputError(
        'The dictionary does not say how near "near the cutoff" is: it needs a band',
      );
    }
    return output => output !== null && Math.abs(output - cutoff) <= band;
  }
  return output =>
    output !== null &&
    (adverse === 'increase' ? output < cutoff : output > cutoff);
}
