import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { chunks } from '../models/chunks';
import {
  MonitoredVersion,
  PointToWrite,
  ProjectedRow,
  SeriesKey,
} from './PointToWrite';
import { versionKey } from './versionKey';

/** Points written in one statement. */
const POINTS_A_STATEMENT = 1_000;

const UPDATED = [
  'document_id',
  'value',
  'not_finite',
  'lower',
  'upper',
  'threshold',
  'lower_threshold',
  'n_reference',
  'n_current',
  'labelled',
  'breach',
  'noise_floor',
  'detail',
];

/**
 * Writes what a document says; of the same window the newer document counts.
 *
 * @param known - ids of series that are there, by their identity; those that are found join them.
 */
export async function writePoints(
  trx: Knex.Transaction,
  version: MonitoredVersion,
  document: ProjectedRow,
  points: PointToWrite[],
  known: Map<string, number>,
): Promise<void> {
  const identities = points.map(({ series }) => identityOf(version, series));
  const ids = await seriesIds(
    trx,
    version,
    new Map(points.map(({ series }, place) => [identities[place], series])),
    known,
  );
  const rows = lastOfEach(
    points.map((point, place) =>
      toRow(point, ids.get(identities[place]), document),
    ),
  );
  if (document.isWhole) {
    await replaceOthers(trx, version, document, points);
  }
  for (const chunk of chunks(rows, POINTS_A_STATEMENT)) {
    await trx('monitoring_points')
      .insert(withoutEmptyColumns(chunk))
      .onConflict(['series_id', 'start_at', 'end_at', 'is_reference'])
      .merge(UPDATED)
      .where(
        'monitoring_points.document_id',
        '<=',
        trx.ref('excluded.document_id'),
      );
  }
  await trx('monitoring_documents')
    .insert({
      document_id: document.documentId,
      ...versionKey(version),
      digest: document.digest,
      kind: document.kind,
      unplaced: document.unplaced,
      replaced_by: null,
    })
    .onConflict('document_id')
    .merge();
}

/** Kinds of series that a document of a kind is written to. */
const SERIES_OF: Record<string, Array<SeriesKey['kind']>> = {
  drift: ['drift', 'finding', 'check'],
  performance: ['performance'],
  profile: ['profile'],
};

/** What other documents of the tool said of the windows is no longer so, whether this one says it again or not. */
async function replaceOthers(
  trx: Knex.Transaction,
  version: MonitoredVersion,
  document: ProjectedRow,
  points: PointToWrite[],
): Promise<void> {
  const windows = new Map(
    points.map(({ series, start, end, isReference }) => [
      JSON.stringify([series.tool, start, end, isReference]),
      { tool: series.tool, start, end, isReference },
    ]),
  );
  for (const { tool, start, end, isReference } of windows.values()) {
    const others = () => {
      const query = trx('monitoring_points')
        .where({ start_at: start, end_at: end, is_reference: isReference })
        .whereIn(
          'series_id',
          trx('monitoring_series')
            .where({ ...versionKey(version), tool })
            .whereIn('kind', SERIES_OF[document.kind] ?? [])
            .select('id'),
        );
      return document.isAgain
        ? query.whereNot({ document_id: document.documentId })
        : query.where('document_id', '<', document.documentId);
    };
    const replaced: Array<{ document_id: number }> = await others().distinct(
      'document_id',
    );
    if (replaced.length > 0) {
      await trx('monitoring_documents')
        .whereIn(
          'document_id',
          replaced.map(row => row.document_id),
        )
        .update({ replaced_by: document.documentId });
      await others().delete();
    }
  }
}

async function seriesIds(
  trx: Knex.Transaction,
  version: MonitoredVersion,
  wanted: Map<string, SeriesKey>,
  known: Map<string, number>,
): Promise<Map<string, number>> {
  const unknown = [...wanted.keys()].filter(identity => !known.has(identity));
  if (unknown.length === 0) {
    return known;
  }
  // What is there before this transaction is there after it, however it ends.
  for (const [identity, id] of await findSeries(trx, unknown)) {
    known.set(identity, id);
  }
  const missing = [...wanted].filter(([identity]) => !known.has(identity));
  if (missing.length === 0) {
    return known;
  }
  for (const chunk of chunks(missing)) {
    await trx('monitoring_series')
      .insert(
        chunk.map(([identity, one]) => ({
          ...versionKey(version),
          identity,
          kind: one.kind,
          tool: one.tool,
          tool_version: one.toolVersion,
          feature: one.feature,
          statistic: one.statistic,
          variant: one.variant,
          method: one.method,
          slice: one.slice,
          labels: one.labels,
          direction: one.direction,
          bins: one.bins,
        })),
      )
      .onConflict('identity')
      .ignore();
  }
  return findSeries(trx, [...wanted.keys()]);
}

async function findSeries(
  trx: Knex.Transaction,
  identities: string[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const chunk of chunks(identities, POINTS_A_STATEMENT)) {
    const rows: Array<{ id: number; identity: string }> = await trx(
      'monitoring_series',
    )
      .whereIn('identity', chunk)
      .select('id', 'identity');
    rows.forEach(row => found.set(row.identity, row.id));
  }
  return found;
}

function identityOf(version: MonitoredVersion, series: SeriesKey): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        version.source,
        version.name,
        version.version,
        version.createdAt,
        series.kind,
        series.tool,
        series.feature,
        series.statistic,
        series.variant,
        series.method,
        series.slice,
        series.direction,
      ]),
    )
    .digest('hex');
}

function toRow(
  point: PointToWrite,
  seriesId: number | undefined,
  document: ProjectedRow,
) {
  return {
    series_id: seriesId,
    start_at: point.start,
    end_at: point.end,
    is_reference: point.isReference,
    document_id: document.documentId,
    value: typeof point.value === 'number' ? point.value : null,
    not_finite: typeof point.value === 'string' ? point.value : null,
    lower: point.lower,
    upper: point.upper,
    threshold: point.threshold,
    lower_threshold: point.lowerThreshold,
    n_reference: point.nReference,
    n_current: point.nCurrent,
    labelled: point.labelled,
    breach: point.breach,
    noise_floor: point.noiseFloor,
    detail: point.detail,
  };
}

/**
 * Rows without the columns that are null in all of them: those cost most of the time of a statement, and an insert that
 * leaves them out puts null there all the same, in new rows as in those that it changes.
 */
function withoutEmptyColumns(rows: Array<ReturnType<typeof toRow>>) {
  const columns = keysOf(rows[0]).filter(column =>
    rows.some(row => row[column] !== null),
  );
  return rows.map(row =>
    Object.fromEntries(columns.map(column => [column, row[column]])),
  );
}

function keysOf<T extends object>(row: T) {
  return Object.keys(row) as Array<keyof T>;
}

/** A document that says two things of one window means the last; PostgreSQL takes no row twice. */
function lastOfEach(rows: Array<ReturnType<typeof toRow>>) {
  return [
    ...new Map(
      rows.map(row => [
        `${row.series_id} ${row.start_at} ${row.end_at} ${row.is_reference}`,
        row,
      ]),
    ).values(),
  ];
}
