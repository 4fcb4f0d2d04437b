import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { chunks } from '../models/chunks';
import { PointToWrite, SeriesKey } from './PointToWrite';

/** A version; `createdAt` tells it from an older one of the same name. */
export interface MonitoredVersion {
  source: string;
  name: string;
  version: string;
  createdAt: string | null;
}

/** A document whose points are written. */
export interface ProjectedRow {
  documentId: number;
  digest: string;
  kind: string;
  unplaced: string | null;
}

/** A series as it is kept. */
export interface SeriesRow extends SeriesKey {
  id: number;
}

/** A point as it is kept. */
export interface PointRow extends Omit<PointToWrite, 'series'> {
  seriesId: number;
  digest: string;
}

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
  'detail',
];

/** Series of what tools say of versions. What is in it follows from the evidence. */
export class MonitoringStore {
  constructor(private readonly knex: Knex) {}

  /** Ids of the documents of a model whose points are written. */
  async projectedOf(model: {
    source: string;
    name: string;
  }): Promise<Set<number>> {
    const rows: Array<{ document_id: number }> = await this.knex(
      'monitoring_documents',
    )
      .where({ source: model.source, name: model.name })
      .select('document_id');
    return new Set(rows.map(row => row.document_id));
  }

  /** Writes what a document says; of the same window the newer document counts, in whatever order they come. */
  async write(
    version: MonitoredVersion,
    document: ProjectedRow,
    points: PointToWrite[],
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      const ids = await seriesIds(
        trx,
        version,
        points.map(point => point.series),
      );
      const rows = lastOfEach(
        points.map(point => toRow(point, ids, version, document)),
      );
      for (const chunk of chunks(rows, POINTS_A_STATEMENT)) {
        await trx('monitoring_points')
          .insert(chunk)
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
          ...keyOf(version),
          digest: document.digest,
          kind: document.kind,
          unplaced: document.unplaced,
        })
        .onConflict('document_id')
        .merge();
    });
  }

  async series(
    version: MonitoredVersion,
    options: { kinds?: Array<SeriesKey['kind']>; feature?: string } = {},
  ): Promise<SeriesRow[]> {
    const query = this.knex('monitoring_series')
      .where(keyOf(version))
      .orderBy('id');
    if (options.kinds) {
      query.whereIn('kind', options.kinds);
    }
    if (options.feature !== undefined) {
      query.where({ feature: options.feature });
    }
    const rows = await query;
    return rows.map(row => ({
      id: row.id,
      kind: row.kind,
      tool: row.tool,
      toolVersion: row.tool_version,
      feature: row.feature,
      statistic: row.statistic,
      variant: row.variant,
      method: row.method,
      slice: row.slice,
      labels: row.labels,
      direction: row.direction,
      bins: row.bins,
    }));
  }

  /** Points of series in the order of time; where there are more than `most`, the newest. */
  async points(
    seriesIdsToRead: number[],
    options: { from?: number; to?: number; most: number },
  ): Promise<{ points: PointRow[]; truncated: boolean }> {
    const query = this.knex('monitoring_points')
      .whereIn('series_id', seriesIdsToRead)
      .join(
        'monitoring_documents',
        'monitoring_documents.document_id',
        'monitoring_points.document_id',
      )
      .orderBy('start_at', 'desc')
      .limit(options.most + 1)
      .select('monitoring_points.*', 'monitoring_documents.digest');
    if (options.from !== undefined) {
      query.where('end_at', '>', options.from);
    }
    if (options.to !== undefined) {
      query.where('start_at', '<', options.to);
    }
    const rows: StoredPoint[] = await query;
    return {
      points: rows.slice(0, options.most).reverse().map(fromRow),
      truncated: rows.length > options.most,
    };
  }

  /** Versions that have a series. */
  async versions(): Promise<MonitoredVersion[]> {
    const rows: Array<{
      source: string;
      name: string;
      version: string;
      version_created_at: string;
    }> = await this.knex('monitoring_series').distinct(
      'source',
      'name',
      'version',
      'version_created_at',
    );
    return rows.map(({ version_created_at: createdAt, ...row }) => ({
      ...row,
      createdAt: createdAt || null,
    }));
  }

  /** Documents of a version of which some stands in no series. */
  async unplaced(
    version: MonitoredVersion,
    most: number,
  ): Promise<Array<{ digest: string; kind: string; reason: string }>> {
    return this.knex('monitoring_documents')
      .where(keyOf(version))
      .whereNotNull('unplaced')
      .orderBy('document_id', 'desc')
      .limit(most)
      .select('digest', 'kind', 'unplaced as reason');
  }
}

async function seriesIds(
  trx: Knex.Transaction,
  version: MonitoredVersion,
  series: SeriesKey[],
): Promise<Map<string, number>> {
  const wanted = new Map(
    series.map(one => [identityOf(version, one), one] as const),
  );
  const known = await findSeries(trx, [...wanted.keys()]);
  const missing = [...wanted].filter(([identity]) => !known.has(identity));
  if (missing.length === 0) {
    return known;
  }
  for (const chunk of chunks(missing)) {
    await trx('monitoring_series')
      .insert(
        chunk.map(([identity, one]) => ({
          ...keyOf(version),
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
  ids: Map<string, number>,
  version: MonitoredVersion,
  document: ProjectedRow,
) {
  return {
    series_id: ids.get(identityOf(version, point.series)),
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
    detail: point.detail,
  };
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

interface StoredPoint {
  series_id: number;
  /** PostgreSQL gives 64-bit integers as strings. */
  start_at: number | string;
  end_at: number | string;
  /** SQLite has no booleans. */
  is_reference: boolean | number;
  value: number | null;
  not_finite: 'NaN' | 'Infinity' | '-Infinity' | null;
  lower: number | null;
  upper: number | null;
  threshold: number | null;
  lower_threshold: number | null;
  n_reference: number | string | null;
  n_current: number | string | null;
  labelled: number | null;
  breach: boolean | number | null;
  detail: string | null;
  digest: string;
}

function fromRow(row: StoredPoint): PointRow {
  return {
    seriesId: row.series_id,
    start: Number(row.start_at),
    end: Number(row.end_at),
    isReference: Boolean(row.is_reference),
    value: row.not_finite ?? row.value,
    lower: row.lower,
    upper: row.upper,
    threshold: row.threshold,
    lowerThreshold: row.lower_threshold,
    nReference: row.n_reference === null ? null : Number(row.n_reference),
    nCurrent: row.n_current === null ? null : Number(row.n_current),
    labelled: row.labelled,
    breach: row.breach === null ? null : Boolean(row.breach),
    detail: row.detail,
    digest: row.digest,
  };
}

function keyOf(version: MonitoredVersion) {
  return {
    source: version.source,
    name: version.name,
    version: version.version,
    version_created_at: version.createdAt ?? '',
  };
}
