import { ColumnCounts } from '@modelport/plugin-modelport-common';
import { MonitoringEngine } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { MonitoredColumn } from './columnsOf';
import { edgesOf, profileNumbers } from './profileNumbers';
import { ReferenceColumn, ReferenceProfile } from './ReferenceProfile';
import {
  categoriesStatement,
  knownCategoriesStatement,
  MOST_CATEGORIES,
  presenceStatement,
  Rows,
} from './statements';
import { NumericColumn, TalliedNumbers } from './tallyNumbers';

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

/** Where there are more categories than are kept, those that are seldom are not kept by name. */
const LEAST_FREQUENT = 5;

/** An engine, and the deadline of what it is asked. */
export interface Asking {
  engine: MonitoringEngine;
  signal: AbortSignal;
}

/** Profiles the columns of a reference, and fixes the bins that windows are counted in. */
export async function profileReference(
  asking: Asking,
  rows: Rows,
  columns: MonitoredColumn[],
): Promise<ReferenceProfile> {
  const unbinned = columns.filter(one => isOfNumbers(one) && !one.edges);
  const edges = await edgesOf(
    asking,
    rows,
    unbinned.map(({ name }) => name),
  );
  const fixed: ReferenceColumn[] = [];
  for (const column of columns) {
    fixed.push(
      isOfNumbers(column)
        ? {
            ...column,
            edges: column.edges ?? edges[unbinned.indexOf(column)],
            counts: emptyCounts(column.name),
          }
        : await fixOthers(asking, rows, column),
    );
  }
  const { counts, correlations } = await profileNumbers(
    asking,
    rows,
    numbersOf(fixed),
  );
  const counted = new Map(counts.map(([one]) => [one.feature, one]));
  const profiled = fixed.map(column => ({
    ...column,
    counts: counted.get(column.name) ?? column.counts,
  }));
  return {
    columns: profiled,
    rows: Math.max(...profiled.map(rowsOf)),
    correlations: correlations[0] ?? null,
  };
}

/** Profiles windows in the bins of the reference: the columns in its order, and how they go together. */
export async function profileWindows(
  asking: Asking,
  rows: Rows,
  reference: ReferenceColumn[],
): Promise<TalliedNumbers> {
  const { counts, correlations } = await profileNumbers(
    asking,
    rows,
    numbersOf(reference),
  );
  const numbers = counts.values();
  const columns: ColumnCounts[][] = [];
  for (const column of reference) {
    columns.push(
      isOfNumbers(column)
        ? numbers.next().value ?? []
        : await profileOthers(asking, rows, column),
    );
  }
  return { counts: columns, correlations };
}

/** A column that is not of numbers, which are counted later, all columns at once. */
async function fixOthers(
  asking: Asking,
  rows: Rows,
  column: MonitoredColumn,
): Promise<ReferenceColumn> {
  if (column.personal) {
    const [counts] = await presenceOf(asking, rows, column.name);
    return { ...column, counts: counts ?? emptyCounts(column.name) };
  }
  return { ...column, counts: await firstCategories(asking, rows, column) };
}

function isOfNumbers({ type, personal }: MonitoredColumn): boolean {
  return type === 'numeric' && !personal;
}

function numbersOf(columns: ReferenceColumn[]): NumericColumn[] {
  return columns
    .filter(isOfNumbers)
    .map(({ name, edges }) => ({ name, edges: edges ?? [] }));
}

/** Profiles a column that is not of numbers. */
async function profileOthers(
  asking: Asking,
  rows: Rows,
  reference: ReferenceColumn,
): Promise<ColumnCounts[]> {
  const { name, personal } = reference;
  const windows = rows.windows?.length ?? 1;
  if (personal) {
    return presenceOf(asking, rows, name);
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
function emptyCounts(feature: string): ColumnCounts {
  return { feature, n: 0, missing: 0, wrongType: 0 };
}

function rowsOf({ counts }: ReferenceColumn): number {
  return counts.n + counts.missing + (counts.wrongType ?? 0);
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
  const isWhole = present.length <= MOST_CATEGORIES;
  // Of a column of names or numbers of people, what stands there once or twice is no category but a value.
  const kept = isWhole
    ? present
    : present.slice(0, MOST_CATEGORIES).filter(one => one.n >= LEAST_FREQUENT);
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
