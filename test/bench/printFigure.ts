/** One measured comparison, as it is printed. */
interface Figure {
  figure: string;
  ours: number;
  /** What ours is held against, and its value measured in the same run. */
  theirs: { what: string; value: number };
  unit: string;
  /** Ours divided by theirs. */
  ratio: number;
  goal: string;
  ok: boolean;
}

/** What is wanted of a figure. */
export type Goal =
  | { ratioAtMost: number }
  | { ratioAtLeast: number }
  /** In the figure's unit. */
  | { aboveTheirsAtMost: number };

let failed = 0;

/** Prints a figure as one line of JSON on the standard output, which holds nothing else. */
export function printFigure(options: {
  figure: string;
  ours: number;
  theirs: { what: string; value: number };
  unit: string;
  goal: Goal;
}): void {
  const { figure, ours, theirs, unit, goal } = options;
  const { text, ok } = judge(ours, theirs.value, unit, goal);
  const line: Figure = {
    figure,
    ours: round(ours),
    theirs: { what: theirs.what, value: round(theirs.value) },
    unit,
    ratio: round(ours / theirs.value),
    goal: text,
    ok,
  };
  failed += ok ? 0 : 1;
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** How many figures missed their goal so far. */
export function failedFigures(): number {
  return failed;
}

/** Says what is going on, on the standard error. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function judge(
  ours: number,
  theirs: number,
  unit: string,
  goal: Goal,
): { text: string; ok: boolean } {
  if ('ratioAtMost' in goal) {
    return {
      text: `ratio <= ${goal.ratioAtMost}`,
      ok: ours / theirs <= goal.ratioAtMost,
    };
  }
  if ('ratioAtLeast' in goal) {
    return {
      text: `ratio >= ${goal.ratioAtLeast}`,
      ok: ours / theirs >= goal.ratioAtLeast,
    };
  }
  return {
    text: `ours <= theirs + ${goal.aboveTheirsAtMost} ${unit}`,
    ok: ours <= theirs + goal.aboveTheirsAtMost,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
