import { Figure, toFigure } from '@modelport/plugin-modelport-common';
import {
  SourceVersion,
  SourceVersionDetails,
  SourceVersionDocuments,
} from '@modelport/plugin-modelport-node';
import { isoTime } from './isoTime';
import { fromJson } from './modelRow';
import { nullable } from './storable';
import { versionPosition } from './versionPosition';
import { headOf, StoredDetails, VersionRow } from './versionRow';

/** A version to write. */
export interface VersionToWrite {
  modelId: number;
  /** Id of its row, where there is one. */
  knownId: number | undefined;
  head: SourceVersion;
  fingerprint: string;
  details: SourceVersionDetails;
}

/** What a write of a version makes of what was read of it before. */
export interface VersionChange {
  columns: ReturnType<typeof versionColumns>;
  /** Id of its row, where there is one. */
  id: number | undefined;
  /** Another version now has this name: nothing that was read of the old one holds. */
  recreated: boolean;
  /** Its files may be others. */
  artefactsOutdated: boolean;
  /** Its metrics may have other points. */
  historiesOutdated: boolean;
  /** Its documents or the histories read with them are to be read again. */
  documentsDue: boolean;
}

/** Compares a version with its row; undefined where it is as it was. */
export function versionChange(
  version: VersionToWrite,
  old: VersionRow | undefined,
): VersionChange | undefined {
  if (!old) {
    return {
      columns: versionColumns(version),
      id: undefined,
      recreated: false,
      artefactsOutdated: false,
      historiesOutdated: false,
      documentsDue: true,
    };
  }
  const { head, details } = version;
  const before = headOf(old);
  const recreated =
    before.createdAt !== head.createdAt ||
    before.runId !== head.runId ||
    before.origin !== head.origin;
  const columns = {
    ...versionColumns(version),
    ...(recreated ? {} : keptColumns(old, details)),
  };
  const detailsSame =
    old.details === columns.details && old.metrics === columns.metrics;
  if (
    detailsSame &&
    old.retired_at === null &&
    Boolean(old.settled) === columns.settled &&
    old.fingerprint === columns.fingerprint &&
    old.details_problems === columns.details_problems
  ) {
    return undefined;
  }
  const revised = (before.revision ?? null) !== (head.revision ?? null);
  const documents =
    recreated || old.documents === null
      ? null
      : fromJson<SourceVersionDocuments>(old.documents);
  return {
    columns: {
      ...columns,
      framework: nullable(
        documents?.framework ??
          fromJson<StoredDetails>(columns.details).framework,
      ),
    },
    id: old.id,
    recreated,
    artefactsOutdated: recreated || revised,
    historiesOutdated: recreated || revised || !detailsSame,
    documentsDue:
      recreated ||
      revised ||
      // Files may come with the end of a run or of a registration, histories grow with it.
      (documents?.signature === null && before.status !== head.status) ||
      (!detailsSame &&
        details.settled &&
        (details.metricsWithHistory.length > 0 ||
          documents?.signature === null)),
  };
}

/** What was read before and stays, since the source can't say it now or any more. */
function keptColumns(
  old: VersionRow,
  details: SourceVersionDetails,
): Partial<ReturnType<typeof versionColumns>> {
  const { metrics, author } = old;
  if (!details.settled && details.problems?.length) {
    // The next answer may be whole.
    return { details: old.details, metrics, author };
  }
  if (details.runStatus === 'MISSING') {
    // Its run was purged: what it said when it was there is the only record.
    const stored = fromJson<StoredDetails>(old.details);
    return {
      details: JSON.stringify({ ...stored, runStatus: 'MISSING' }),
      metrics,
      author,
      framework: nullable(stored.framework),
    };
  }
  return {};
}

function versionColumns(version: VersionToWrite) {
  const { metrics, problems = [], ...stored } = version.details;
  const details: StoredDetails = stored;
  const figures: Record<string, Figure> = Object.fromEntries(
    Object.entries(metrics).map(([key, value]) => [key, toFigure(value)]),
  );
  return {
    model_id: version.modelId,
    version: version.head.version,
    position: versionPosition(version.head.version, version.head.createdAt),
    fingerprint: version.fingerprint,
    stage: nullable(version.head.stage),
    author: nullable(version.head.author ?? details.author),
    framework: nullable(details.framework),
    created_at: isoTime(version.head.createdAt),
    head: JSON.stringify(version.head),
    details: JSON.stringify(details),
    metrics: JSON.stringify(figures),
    details_problems: problems.length > 0 ? JSON.stringify(problems) : null,
    settled: details.settled,
    retired_at: null,
  };
}
