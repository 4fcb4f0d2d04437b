import { InputError } from '@backstage/errors';
import { MonitorDefinition } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { DuckDbEngine } from './DuckDbEngine';
import { naiveErrorStatement } from './performanceStatements';
import { Asking } from './profileColumns';
import { readTime, TimeSpan } from './readTime';
import { columnsStatement, Rows, timeStatement } from './statements';

/** The columns of files, where one that was there before may be gone; undefined where an engine knows better. */
export async function knownColumns(
  asking: Asking,
  relation: string,
): Promise<Set<string> | undefined> {
  if (!(asking.engine instanceof DuckDbEngine)) {
    return undefined;
  }
  const answer = await asking.engine.query(columnsStatement(relation), asking);
  return new Set(answer.map(({ name }) => String(name).toLowerCase()));
}

/** The time that rows are from; undefined where none says one. */
export async function timeOf(
  asking: Asking,
  rows: Rows,
  { time }: MonitorDefinition,
): Promise<TimeSpan | undefined> {
  if (!time) {
    throw new InputError('The monitor names no column of time');
  }
  const [answer] = await asking.engine.query(
    timeStatement(rows, time.column),
    asking,
  );
  return readTime(answer, time);
}

/** Mean absolute step of the label from row to row, in the order of time; null where rows say no label or no time. */
export async function naiveErrorOf(
  asking: Asking,
  rows: Rows,
  definition: MonitorDefinition,
): Promise<number | null> {
  const { label } = definition;
  try {
    // The steps of a reference without times are in no order.
    const time =
      rows.time ?? (await timeOf(asking, rows, definition))?.time ?? null;
    if (!label || !time) {
      return null;
    }
    const [answer] = await asking.engine.query(
      naiveErrorStatement({ ...rows, time }, label),
      asking,
    );
    return z.object({ naive: z.coerce.number().nullable() }).parse(answer)
      .naive;
  } catch (error) {
    // A reference without labels or times scales nothing.
    if (error instanceof InputError) {
      return null;
    }
    throw error;
  }
}
