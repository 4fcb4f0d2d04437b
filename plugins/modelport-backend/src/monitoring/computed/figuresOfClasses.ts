import {
  Estimate,
  normalQuantile,
  wilsonInterval,
} from '@modelport/plugin-modelport-common';

/** How often a label came with a prediction. */
export interface ClassPair {
  label: string;
  prediction: string;
  n: number;
}

const LEVEL = 0.95;

/** What is counted of a class. */
interface ClassCounts {
  hits: number;
  labelled: number;
  predicted: number;
}

/**
 * How good predicted classes are: accuracy with Wilson's interval, and recall, precision and F1 as means over the classes
 * that labels name, with normal intervals by the delta method.
 *
 * Source of the intervals: K. Takahashi et al., Applied Intelligence 52 (2022), for F1; the others follow the same way.
 */
export function figuresOfClasses(
  pairs: ClassPair[],
): Record<string, Estimate | null> {
  const classes = new Map<string, ClassCounts>();
  for (const { label, n } of pairs) {
    const known = classes.get(label);
    classes.set(label, {
      hits: 0,
      labelled: (known?.labelled ?? 0) + n,
      predicted: 0,
    });
  }
  let all = 0;
  let right = 0;
  for (const { label, prediction, n } of pairs) {
    all += n;
    const known = classes.get(prediction);
    if (known) {
      known.predicted += n;
      known.hits += label === prediction ? n : 0;
    }
    right += label === prediction ? n : 0;
  }
  if (all === 0) {
    return {};
  }
  const recall = ({ hits, labelled }: ClassCounts) => hits / labelled;
  const precision = ({ hits, predicted }: ClassCounts) =>
    predicted > 0 ? hits / predicted : 0;
  const f1 = ({ hits, labelled, predicted }: ClassCounts) =>
    (2 * hits) / (labelled + predicted);
  const mean = (
    of: (one: ClassCounts) => number,
    /** How much one more row of a pair moves the sum over classes. */
    moves: (isHit: boolean, of: Ends) => number,
  ): Estimate => {
    const value =
      [...classes.values()].reduce((sum, one) => sum + of(one), 0) /
      classes.size;
    const squares = pairs.reduce((sum, { label, prediction, n }) => {
      const move = moves(label === prediction, {
        label: classes.get(label),
        prediction: classes.get(prediction),
      });
      return sum + n * (move / classes.size) ** 2;
    }, 0);
    const reach = normalQuantile((1 + LEVEL) / 2) * Math.sqrt(squares);
    return {
      value,
      interval:
        reach > 0
          ? {
              lower: Math.max(0, value - reach),
              upper: Math.min(1, value + reach),
            }
          : null,
    };
  };
  return {
    accuracy: { value: right / all, interval: wilsonInterval(right, all) },
    macro_recall: mean(recall, (isHit, { label }) =>
      label ? (Number(isHit) - recall(label)) / label.labelled : 0,
    ),
    macro_precision: mean(precision, (isHit, { prediction }) =>
      prediction
        ? (Number(isHit) - precision(prediction)) / prediction.predicted
        : 0,
    ),
    macro_f1: mean(f1, (isHit, { label, prediction }) =>
      [label, prediction].reduce(
        (sum, one) =>
          one
            ? sum + (Number(isHit) - f1(one)) / (one.labelled + one.predicted)
            : sum,
        0,
      ),
    ),
  };
}

/** The counts of both classes of a pair; undefined where no label names one. */
interface Ends {
  label: ClassCounts | undefined;
  prediction: ClassCounts | undefined;
}
