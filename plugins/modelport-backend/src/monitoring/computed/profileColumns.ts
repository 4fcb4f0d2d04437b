import { ColumnCounts } from '@modelport/plugin-modelport-common';
import { MonitoringEngine } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { MonitoredColumn } from './columnsOf';
import { DuckDbEngine } from './DuckDbEngine';
import { readBins } from './readBins';
import { ReferenceColumn } from './ReferenceProfile';
import {
  binsStatement,
  categoriesStatement,
  distinctStatement,
  knownCategoriesStatement,
  MOST_CATEGORIES,
  MOST_DISTINCT,
  presenceStatement,
  quantilesStatement,
  Rows,
  summaryStatement,
  valuesStatement,
} from './statements';

const DECILES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** What counts all categories that a reference does not name. */
export const OTHER = '(other)';

const count = z.coerce.number();
const presence = z.array(z.object({ w: count, n: count, present: count }));
const categoryRows = z.array(
  z.object({ category: z.string().nullable(), n: count }),
);
const knownRows = z.array(
  z.object({ w: count, category: z.string(), n: count }),
);

/** An engine, and the deadline of what it is asked. */
export interface Asking {
  engine: MonitoringEngine;
  signal: AbortSignal;
}

/** Profiles one column of a reference, and fixes the bins that windows are counted in. */
export async function profileReference(
  asking: Asking,
  rows: Rows,
  column: MonitoredColumn,
): Promise<ReferenceColumn> {
  if (column.personal) {
    const [counts] = await presenceOf(asking, rows, column.name);
    return { ...column, counts: counts ?? emptyCounts(column.name) };
  }
  if (column.type === 'categorical') {
    return { ...column, counts: await firstCategories(asking, rows, column) };
  }
  const edges = column.edges ?? (await edgesOf(asking, rows, column.name));
  const answer = await asking.engine.query(
    edges.length > 0
      ? binsStatement(rows, column.name, edges)
      : summaryStatement(rows, column.name),
    asking,
  );
  const [counts] = readBins(answer, {
    feature: column.name,
    edges,
    windows: 1,
  });
  return { ...column, edges, counts };
}

/** Profiles one column of windows in the bins of the reference. */
export async function profileWindows(
  asking: Asking,
  rows: Rows,
  reference: ReferenceColumn,
): Promise<ColumnCounts[]> {
  const { name, type, personal, edges } = reference;
  const windows = rows.windows?.length ?? 1;
  if (personal) {
    return presenceOf(asking, rows, name);
  }
  if (type === 'numeric') {
    const isBinned = edges !== null && edges.length > 0;
    return readBins(
      await asking.engine.query(
        isBinned
          ? binsStatement(rows, name, edges)
          : summaryStatement(rows, name),
        asking,
      ),
      { feature: name, edges: edges ?? [], windows },
    );
  }
  const known = (reference.counts.categories ?? []).slice(0, -1);
  const answer = knownRows.parse(
    await asking.engine.query(
      knownCategoriesStatement(rows, name, known),
      asking,
    ),
  );
  return Array.from({ length: windows }, (_, window) => {
    const of = new Map(
      answer.filter(({ w }) => w === window).map(one => [one.category, one.n]),
    );
    const other = of.get('other') ?? 0;
    const counts = [...known.map(one => of.get(`=${one}`) ?? 0), other];
    return {
      feature: name,
      n: counts.reduce((sum, one) => sum + one, 0),
      missing: of.get('missing') ?? 0,
      // Where the reference has more categories than are kept, none can be said to be new.
      unseen: reference.counts.unseen === null ? null : other,
      wrongType: 0,
      categories: [...known, OTHER],
      counts,
    };
  });
}

/** A column of which there is nothing. */
export function emptyCounts(feature: string): ColumnCounts {
  return { feature, n: 0, missing: 0, wrongType: 0 };
}

async function presenceOf(
  asking: Asking,
  rows: Rows,
  feature: string,
): Promise<ColumnCounts[]> {
  const answer = presence.parse(
    await asking.engine.query(presenceStatement(rows, feature), asking),
  );
  return Array.from({ length: rows.windows?.length ?? 1 }, (_, window) => {
    const of = answer.find(({ w }) => w === window);
    return of
      ? { feature, n: of.present, missing: of.n - of.present, wrongType: 0 }
      : emptyCounts(feature);
  });
}

async function firstCategories(
  asking: Asking,
  rows: Rows,
  { name }: MonitoredColumn,
): Promise<ColumnCounts> {
  const answer = categoryRows.parse(
    await asking.engine.query(categoriesStatement(rows, name), asking),
  );
  const present = answer.filter(one => one.category !== null);
  const kept = present.slice(0, MOST_CATEGORIES);
  const isWhole = kept.length === present.length;
  const categories = kept.map(one => one.category ?? '');
  let missing = answer.find(one => one.category === null)?.n ?? 0;
  let other = 0;
  if (!isWhole) {
    const [all] = await presenceOf(asking, rows, name);
    missing = all.missing;
    other = all.n - kept.reduce((sum, one) => sum + one.n, 0);
  }
  const counts = [...kept.map(one => one.n), other];
  return {
    feature: name,
    n: counts.reduce((sum, one) => sum + one, 0),
    missing,
    unseen: isWhole ? 0 : null,
    wrongType: 0,
    categories: [...categories, OTHER],
    counts,
  };
}

/** Edges at the deciles; at each of the numbers where they are few. None where there is no number. */
async function edgesOf(
  asking: Asking,
  rows: Rows,
  column: string,
): Promise<number[]> {
  const { engine } = asking;
  if (engine instanceof DuckDbEngine) {
    const shape = await engine.shape(valuesStatement(rows, column), asking);
    return shape.distinct ? edgesOfDistinct(shape.distinct) : shape.deciles;
  }
  const distinct = z
    .array(z.object({ number: count }))
    .parse(await engine.query(distinctStatement(rows, column), asking));
  if (distinct.length <= MOST_DISTINCT) {
    return edgesOfDistinct(distinct.map(({ number }) => number));
  }
  const [quantiles] = z
    .array(z.record(z.string(), count))
    .parse(
      await engine.query(quantilesStatement(rows, column, DECILES), asking),
    );
  return [...new Set(DECILES.map((_, at) => quantiles[`q${at}`]))];
}

/** A bin from each number to the next; of one number, what is below it and what is above it have bins as well. */
export function edgesOfDistinct(distinct: number[]): number[] {
  const last = distinct[distinct.length - 1];
  if (last === undefined) {
    return [];
  }
  const step = Math.max(Math.abs(last) * 2 ** -40, Number.MIN_VALUE * 2 ** 60);
  return distinct.length === 1
    ? [last - step, last, last + step, last + 2 * step]
    : [...distinct, last + step];
}
