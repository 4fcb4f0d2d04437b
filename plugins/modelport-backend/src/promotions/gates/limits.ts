import { GateOutcome, Interval } from '@modelport/plugin-modelport-common';

/** What a figure may be. */
export interface Limits {
  min?: number;
  max?: number;
}

/** Whether a figure keeps within its limits. */
export function within(value: number, { min, max }: Limits): boolean {
  return value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}

/** An interval wholly within the limits passes, one wholly outside fails, and of one that straddles them nothing is known. */
export function judgeInterval(
  { lower, upper }: Interval,
  limits: Limits,
): GateOutcome {
  if (within(lower, limits) && within(upper, limits)) {
    return 'pass';
  }
  const { min = -Infinity, max = Infinity } = limits;
  return upper < min || lower > max ? 'fail' : 'unknown';
}

/** Limits in words. */
export function limitsText({ min, max }: Limits): string {
  if (min !== undefined && max !== undefined) {
    return `${min} to ${max}`;
  }
  return min === undefined ? `at most ${max}` : `at least ${min}`;
}

/** A figure as messages write it: six significant digits. */
export function figureText(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** An interval as messages write it. */
export function intervalText({ lower, upper }: Interval): string {
  return `${figureText(lower)} to ${figureText(upper)}`;
}

const ORDER: GateOutcome[] = ['fail', 'unknown', 'pass'];

/** The worst of several judgements: a failure before what is not known, and that before a pass. */
export function worstOf<T extends { outcome: GateOutcome }>(
  judged: readonly T[],
): T | undefined {
  return [...judged].sort(
    (a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome),
  )[0];
}
