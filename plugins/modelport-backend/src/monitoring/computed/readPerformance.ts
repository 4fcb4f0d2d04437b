import { InputError } from '@backstage/errors';
import { MonitorDefinition } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { PerformanceCounts } from './performanceCounts';
import {
  errorsStatement,
  groupsStatement,
  MOST_GROUPS,
  MOST_GROUPS_A_WINDOW,
  MOST_SEGMENTS,
  segmentsStatement,
} from './performanceStatements';
import { Asking } from './profileColumns';
import { Rows } from './statements';

const count = z.coerce.number();
const text = z
  .union([z.string(), z.number(), z.boolean()])
  .nullable()
  .transform(value => (value === null ? null : String(value)));
const groups = z.array(
  z.object({
    w: count,
    segment: text,
    prediction: text,
    label: text,
    n: count,
  }),
);
const segments = z.array(z.object({ segment: text }));
const sums = z.array(
  z.object({
    w: count,
    segment: text,
    n: count,
    labelled: count,
    absolute: count.nullable(),
    squared: count.nullable(),
    fourth: count.nullable(),
    actual: count.nullable(),
  }),
);

/** Counts of predictions and labels by windows, of all rows and of each segment that is asked for. */
export async function readPerformance(
  asking: Asking,
  rows: Rows,
  label: NonNullable<MonitorDefinition['label']>,
): Promise<PerformanceCounts[][]> {
  const windows = Array.from(
    { length: rows.windows?.length ?? 1 },
    (): PerformanceCounts[] => [],
  );
  for (const segment of [null, ...label.segments]) {
    const read =
      label.task === 'value'
        ? await ofValues(asking, rows, label, segment)
        : await ofGroups(asking, rows, label, segment);
    for (const [place, window] of windows.entries()) {
      window.push(
        ...read
          .filter(({ w }) => w === place)
          .sort((a, b) => b.counts.n - a.counts.n)
          .slice(0, MOST_SEGMENTS)
          .map(({ counts }) => counts),
      );
    }
  }
  return windows;
}

interface Read {
  w: number;
  counts: PerformanceCounts;
}

async function ofGroups(
  asking: Asking,
  rows: Rows,
  label: NonNullable<MonitorDefinition['label']>,
  segment: string | null,
): Promise<Read[]> {
  const isScore = label.task === 'probability';
  const { answer, banded } = await groupsOf(asking, rows, label, segment);
  const all = new Map<string, Read>();
  for (const { w, segment: name, prediction, label: actual, n } of answer) {
    const key = JSON.stringify([w, name]);
    const one = all.get(key) ?? {
      w,
      counts: {
        segment: segment === null ? null : `${segment} = ${name ?? 'missing'}`,
        n: 0,
        labelled: 0,
        scores: isScore ? [] : null,
        banded,
        confusion: isScore ? null : [],
        errors: null,
      },
    };
    all.set(key, one);
    one.counts.n += n;
    if (actual !== null) {
      one.counts.labelled += n;
      one.counts.scores?.push({
        score: Number(prediction),
        negative: actual === '1' ? 0 : n,
        positive: actual === '1' ? n : 0,
      });
      one.counts.confusion?.push({
        label: actual,
        prediction: prediction ?? '',
        n,
      });
    }
  }
  return [...all.values()].map(({ w, counts }) => ({
    w,
    counts: {
      ...counts,
      scores: counts.scores && joinScores(counts.scores),
    },
  }));
}

/** Rows by window, segment, prediction and label: all of them, in bands where they are many. */
async function groupsOf(
  asking: Asking,
  rows: Rows,
  label: NonNullable<MonitorDefinition['label']>,
  segment: string | null,
): Promise<{ answer: z.output<typeof groups>; banded: boolean }> {
  const ask = async (
    of: Rows,
    options: { banded: boolean; most: number; only?: Array<string | null> },
  ) =>
    groups.parse(
      await asking.engine.query(
        groupsStatement(of, label, { segment, ...options }),
        asking,
      ),
    );
  const exact = await ask(rows, { banded: false, most: MOST_GROUPS });
  if (exact.length <= MOST_GROUPS) {
    return { answer: exact, banded: false };
  }
  const banded = label.task === 'probability';
  const inParts = async (of: Rows): Promise<z.output<typeof groups>> => {
    const windows = of.windows ?? [];
    const read = await ask(of, { banded, most: MOST_GROUPS });
    if (read.length <= MOST_GROUPS) {
      return read;
    }
    if (windows.length > 1) {
      const middle = Math.ceil(windows.length / 2);
      const [first, second] = [
        await inParts({ ...of, windows: windows.slice(0, middle) }),
        await inParts({ ...of, windows: windows.slice(middle) }),
      ];
      return [...first, ...second.map(one => ({ ...one, w: one.w + middle }))];
    }
    const all = await ask(of, {
      banded,
      most: MOST_GROUPS_A_WINDOW,
      only:
        segment === null
          ? undefined
          : segments
              .parse(
                await asking.engine.query(
                  segmentsStatement(of, label, segment),
                  asking,
                ),
              )
              .map(one => one.segment),
    });
    if (all.length > MOST_GROUPS_A_WINDOW) {
      throw new InputError(
        `${label.column} and ${label.prediction} go together in more than ${MOST_GROUPS_A_WINDOW} ways in one window; expected classes`,
      );
    }
    return all;
  };
  return { answer: await inParts(rows), banded };
}

/** A score once, with both classes. */
function joinScores(
  scores: NonNullable<PerformanceCounts['scores']>,
): NonNullable<PerformanceCounts['scores']> {
  const all = new Map<
    number,
    { score: number; negative: number; positive: number }
  >();
  for (const one of scores) {
    const known = all.get(one.score) ?? {
      score: one.score,
      negative: 0,
      positive: 0,
    };
    known.negative += one.negative;
    known.positive += one.positive;
    all.set(one.score, known);
  }
  return [...all.values()];
}

async function ofValues(
  asking: Asking,
  rows: Rows,
  label: NonNullable<MonitorDefinition['label']>,
  segment: string | null,
): Promise<Read[]> {
  const answer = sums.parse(
    await asking.engine.query(
      errorsStatement(rows, label, { segment }),
      asking,
    ),
  );
  return answer.map(one => ({
    w: one.w,
    counts: {
      segment:
        segment === null ? null : `${segment} = ${one.segment ?? 'missing'}`,
      n: one.n,
      labelled: one.labelled,
      scores: null,
      banded: false,
      confusion: null,
      errors: {
        absolute: one.absolute ?? 0,
        squared: one.squared ?? 0,
        fourth: one.fourth ?? 0,
        actual: one.actual ?? 0,
      },
    },
  }));
}
