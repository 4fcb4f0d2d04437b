import {
  ColumnCounts,
  DataFinding,
  DriftFigure,
  driftOfProfiles,
  findingsOfProfiles,
  MonitorDefinition,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import {
  correlatedColumns,
  correlationFigures,
  Correlations,
} from './correlations';
import { DuckDbEngine } from './DuckDbEngine';
import { Asking, profileWindows } from './profileColumns';
import { ReferenceColumn, ReferenceProfile } from './ReferenceProfile';
import { exactStatement, Rows, valuesStatement } from './statements';
import { TimeWindow } from './windowsOf';

/** Windows that one statement tells apart. */
const WINDOWS_A_STATEMENT = 24;

/** What is said of a window. */
export interface ComputedWindow extends TimeWindow {
  columns: ColumnCounts[];
  figures: DriftFigure[];
  findings: DataFinding[];
}

/** Profiles windows, and compares each with the reference; windows without a row are left out. */
export async function computeWindows(
  asking: Asking,
  options: {
    reference: ReferenceProfile;
    referenceRows: Rows;
    rows: Rows;
    windows: TimeWindow[];
    thresholds: MonitorDefinition['thresholds'];
    /** Whether all values may be compared, which engines that send no values do themselves. */
    exact: boolean;
  },
): Promise<ComputedWindow[]> {
  const { reference, windows, thresholds } = options;
  const all = windows.map<ComputedWindow>(window => ({
    ...window,
    columns: [],
    figures: [],
    findings: [],
  }));
  const names = correlatedColumns(reference.columns);
  const correlations: Array<Correlations | undefined> = [];
  for (let at = 0; at < all.length; at += WINDOWS_A_STATEMENT) {
    const some = all.slice(at, at + WINDOWS_A_STATEMENT);
    const profiled = await profileWindows(
      asking,
      { ...options.rows, windows: some.map(spanOf) },
      reference.columns,
    );
    for (const [place, window] of some.entries()) {
      window.columns = profiled.counts.map(counts => counts[place]);
    }
    correlations.push(...profiled.correlations);
  }
  for (const [at, column] of reference.columns.entries()) {
    for (const window of all) {
      const counts = window.columns[at];
      const exact =
        options.exact && counts.n > 0 && column.type === 'numeric'
          ? await exactFigures(asking, column, {
              reference: options.referenceRows,
              current: { ...options.rows, windows: [spanOf(window)] },
            })
          : undefined;
      window.figures.push(
        ...driftOfProfiles(column.counts, counts, thresholds, exact),
      );
      window.findings.push(
        ...findingsOfProfiles(column.counts, counts, thresholds),
      );
    }
  }
  for (const [at, window] of all.entries()) {
    const current = correlations[at];
    if (reference.correlations && current) {
      window.figures.push(
        ...correlationFigures(
          names,
          reference.correlations,
          current,
          thresholds.correlationShift,
        ),
      );
    }
  }
  return all.filter(({ columns }) =>
    columns.some(
      ({ n, missing, wrongType }) => n + missing + (wrongType ?? 0) > 0,
    ),
  );
}

function spanOf({ start, end }: TimeWindow): TimeWindow {
  return { start, end };
}

const exactRow = z.object({
  n: z.coerce.number(),
  m: z.coerce.number(),
  ks: z.coerce.number(),
  wasserstein: z.coerce.number(),
  spread: z.coerce.number(),
});

async function exactFigures(
  asking: Asking,
  column: ReferenceColumn,
  rows: { reference: Rows; current: Rows },
) {
  if (column.personal || column.counts.n === 0) {
    return undefined;
  }
  const { engine } = asking;
  if (engine instanceof DuckDbEngine) {
    const figures = await engine.compare(
      {
        reference: valuesStatement(rows.reference, column.name),
        current: valuesStatement(rows.current, column.name),
      },
      asking,
    );
    return figures ?? undefined;
  }
  const [row] = await engine.query(
    exactStatement(rows.reference, rows.current, column.name),
    asking,
  );
  return exactRow.parse(row);
}
