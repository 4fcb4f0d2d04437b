import { InputError } from '@backstage/errors';
import { SourceMetricPoint } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { figure, text } from '../schema/scalars';

const COLUMNS = ['metric', 'step', 'time', 'value'];

const TIME_ERROR = 'expected a time such as 2026-11-21T08:49:08Z, or nothing';

const rowSchema = z.object({
  metric: text,
  step: z
    .string()
    .regex(/^-?\d{1,15}$/, 'expected a whole number')
    .transform(Number),
  time: z
    .union(
      [z.literal(''), z.iso.datetime({ offset: true, error: TIME_ERROR })],
      {
        error: TIME_ERROR,
      },
    )
    .transform(written => (written === '' ? null : Date.parse(written))),
  value: figure,
});

/**
 * Reads the CSV of a version's metric history: columns `metric`, `step`, `time` and `value` in any order, of which
 * `time` may be absent or empty.
 *
 * @returns The points by metric, in the order of steps and times.
 * @throws `InputError` with the line where something else is found.
 */
export function readMetricHistory(
  csv: string,
): Map<string, SourceMetricPoint[]> {
  const [header, ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = splitLine(header);
  for (const column of COLUMNS) {
    const times = columns.filter(name => name === column).length;
    if (times > 1 || (times === 0 && column !== 'time')) {
      throw new InputError(
        `expected one column ${column}, found the columns ${columns.join(
          ', ',
        )} (line 1)`,
      );
    }
  }
  const points = new Map<string, SourceMetricPoint[]>();
  for (const [index, line] of lines.entries()) {
    if (line !== '') {
      const { metric, step, time, value } = readRow(line, columns, index + 2);
      const series = points.get(metric) ?? [];
      points.set(metric, series);
      series.push({ step, time, value });
    }
  }
  for (const series of points.values()) {
    series.sort((a, b) => a.step - b.step || (a.time ?? 0) - (b.time ?? 0));
  }
  return points;
}

function readRow(line: string, columns: string[], lineNumber: number) {
  const fields = splitLine(line);
  if (fields.length !== columns.length) {
    throw new InputError(
      `expected ${columns.length} fields, found ${fields.length} (line ${lineNumber})`,
    );
  }
  const row = rowSchema.safeParse({
    time: '',
    ...Object.fromEntries(columns.map((name, i) => [name, fields[i]])),
  });
  if (!row.success) {
    const [issue] = row.error.issues;
    throw new InputError(
      `${issue.path.join('.')}: ${issue.message} (line ${lineNumber})`,
    );
  }
  return row.data;
}

/** Splits one line of CSV; a field may stand in double quotes, doubled where it holds one, and can't hold a line break. */
function splitLine(line: string): string[] {
  return Array.from(
    line.matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/g),
    ([, quoted, plain]) =>
      quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'),
  );
}
