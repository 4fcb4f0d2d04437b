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
  readCorrelations,
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
  for (const column of reference.columns) {
    for (let at = 0; at < all.length; at += WINDOWS_A_STATEMENT) {
      const some = all.slice(at, at + WINDOWS_A_STATEMENT);
      const rows = { ...options.rows, windows: some.map(spanOf) };
      const profiles = await profileWindows(asking, rows, column);
      for (const [place, window] of some.entries()) {
        const counts = profiles[place];
        const exact =
          options.exact && counts.n > 0 && column.type === 'numeric'
            ? await exactFigures(asking, column, {
                reference: options.referenceRows,
                current: { ...rows, windows: [spanOf(window)] },
              })
            : undefined;
        window.columns.push(counts);
        window.figures.push(
          ...driftOfProfiles(column.counts, counts, thresholds, exact),
        );
        window.findings.push(
          ...findingsOfProfiles(column.counts, counts, thresholds),
        );
      }
    }
  }
  await addCorrelations(asking, options, all);
  return all.filter(({ columns }) =>
    columns.some(
      ({ n, missing, wrongType }) => n + missing + (wrongType ?? 0) > 0,
    ),
  );
}

async function addCorrelations(
  asking: Asking,
  options: Parameters<typeof computeWindows>[1],
  all: ComputedWindow[],
): Promise<void> {
  const names = correlatedColumns(options.reference.columns);
  const [before] = await readCorrelations(asking, options.referenceRows, names);
  for (let at = 0; before && at < all.length; at += WINDOWS_A_STATEMENT) {
    const some = all.slice(at, at + WINDOWS_A_STATEMENT);
    const after = await readCorrelations(
      asking,
      { ...options.rows, windows: some.map(spanOf) },
      names,
    );
    for (const [place, window] of some.entries()) {
      const current = after[place];
      if (current) {
        window.figures.push(
          ...correlationFigures(
            names,
            before,
            current,
            options.thresholds.correlationShift,
          ),
        );
      }
    }
  }
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
