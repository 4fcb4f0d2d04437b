import { Knex } from 'knex';
import { chunks } from '../models/chunks';
import { isOpen } from './isOpen';
import { paceOf } from './paceOf';
import {
  MonitoredVersion,
  PointToWrite,
  ProjectedRow,
  SeriesKey,
} from './PointToWrite';
import { writePoints } from './writePoints';
import { versionKey } from './versionKey';

/** A series as it is kept. */
export interface SeriesRow extends SeriesKey {
  id: number;
}

/** A point as it is kept. */
export interface PointRow extends Omit<PointToWrite, 'series'> {
  seriesId: number;
  digest: string;
}

/** What a heat map needs of a point. */
export type CellRow = Pick<
  PointRow,
  | 'seriesId'
  | 'start'
  | 'end'
  | 'value'
  | 'threshold'
  | 'nReference'
  | 'nCurrent'
  | 'breach'
  | 'noiseFloor'
>;

/** Series whose ids are remembered. */
const MOST_KNOWN = 200_000;

/** Series of what tools say of versions. What is in it follows from the evidence. */
export class MonitoringStore {
  /** Ids of series by their identity: every day's document asks for the same. */
  private readonly known = new Map<string, number>();

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

  /** Documents of a version, by their digests, of whose windows others say something else since. */
  async replacedOf(
    version: MonitoredVersion,
    digests: string[],
  ): Promise<Set<number>> {
    const found = new Set<number>();
    for (const chunk of chunks(digests)) {
      const rows: Array<{ document_id: number }> = await this.knex(
        'monitoring_documents',
      )
        .where(versionKey(version))
        .whereIn('digest', chunk)
        .whereNotNull('replaced_by')
        .select('document_id');
      rows.forEach(row => found.add(row.document_id));
    }
    return found;
  }

  /** Writes what a document says; of the same window the newer document counts, in whatever order they come. */
  async write(
    version: MonitoredVersion,
    document: ProjectedRow,
    points: PointToWrite[],
  ): Promise<void> {
    const write = () =>
      this.knex.transaction(trx =>
        writePoints(trx, version, document, points, this.known),
      );
    if (this.known.size > MOST_KNOWN) {
      this.known.clear();
    }
    const isAsked = this.known.size === 0;
    try {
      await write();
    } catch (error) {
      if (isAsked) {
        throw error;
      }
      // A series may have been made anew since; then all are asked for again.
      this.known.clear();
      await write();
    }
  }

  async series(
    version: MonitoredVersion,
    options: { kinds?: Array<SeriesKey['kind']> } = {},
  ): Promise<SeriesRow[]> {
    const query = this.knex('monitoring_series')
      .where(versionKey(version))
      .orderBy('id');
    if (options.kinds) {
      query.whereIn('kind', options.kinds);
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
    withinTime(query, options);
    const rows: StoredPoint[] = await query;
    return {
      points: rows.slice(0, options.most).reverse().map(fromRow),
      truncated: rows.length > options.most,
    };
  }

  /** What a heat map needs of the points of series, in the order of time within each; many come fast this way. */
  async cells(
    seriesIdsToRead: number[],
    options: { from?: number; to?: number; most: number },
  ): Promise<{ cells: CellRow[]; truncated: boolean }> {
    const query = this.knex('monitoring_points')
      .whereIn('series_id', seriesIdsToRead)
      .where({ is_reference: false })
      .orderBy(['series_id', 'start_at'])
      .limit(options.most + 1)
      .select(
        'series_id',
        'start_at',
        'end_at',
        'value',
        'not_finite',
        'threshold',
        'n_reference',
        'n_current',
        'breach',
        'noise_floor',
      );
    withinTime(query, options);
    const rows: Array<
      Pick<
        StoredPoint,
        | 'series_id'
        | 'start_at'
        | 'end_at'
        | 'value'
        | 'not_finite'
        | 'threshold'
        | 'n_reference'
        | 'n_current'
        | 'breach'
        | 'noise_floor'
      >
    > = await query;
    return {
      cells: rows.slice(0, options.most).map(row => ({
        seriesId: row.series_id,
        start: Number(row.start_at),
        end: Number(row.end_at),
        value: row.not_finite ?? row.value,
        threshold: row.threshold,
        nReference: row.n_reference === null ? null : Number(row.n_reference),
        nCurrent: row.n_current === null ? null : Number(row.n_current),
        breach: row.breach === null ? null : Boolean(row.breach),
        noiseFloor: row.noise_floor,
      })),
      truncated: rows.length > options.most,
    };
  }

  /**
   * Points of the newest windows of series, and of as many before as asked for, in the order of time. What comes at its
   * own pace, by day or by month, is looked at for itself; of performance also those of which all labels are in.
   */
  async newest(
    series: Array<Pick<SeriesRow, 'id' | 'tool' | 'kind' | 'variant'>>,
    options: { windows: number; most: number },
  ): Promise<PointRow[]> {
    const paces = new Map<string, typeof series>();
    for (const one of series) {
      const key = paceOf(one);
      const known = paces.get(key);
      if (known) {
        known.push(one);
      } else {
        paces.set(key, [one]);
      }
    }
    const points: PointRow[] = [];
    for (const of of paces.values()) {
      for (const point of await this.newestOf(of, options)) {
        points.push(point);
      }
    }
    return points.sort((a, b) => a.start - b.start);
  }

  private async newestOf(
    series: Array<Pick<SeriesRow, 'id' | 'kind' | 'variant'>>,
    options: { windows: number; most: number },
  ): Promise<PointRow[]> {
    const ids = series.map(({ id }) => id);
    const newest = await this.newestTime(ids, options);
    if (!newest) {
      return [];
    }
    const { most } = options;
    const { points } = await this.points(ids, { from: newest.from, most });
    const closed =
      series[0].variant === 'realised' && points.some(isOpen)
        ? await this.newestTime(ids, { ...options, isClosed: true })
        : undefined;
    if (!closed || closed.from >= newest.from) {
      return points;
    }
    const before = await this.points(ids, {
      from: closed.from,
      to: Math.min(closed.end, newest.from),
      most,
    });
    // Windows that reach over the edge are read twice.
    const known = new Set(points.map(keyOfPoint));
    return [
      ...before.points.filter(point => !known.has(keyOfPoint(point))),
      ...points,
    ];
  }

  /** From when on the newest windows of series lie, and when the last of them ends. */
  private async newestTime(
    ids: number[],
    options: { windows: number; isClosed?: boolean },
  ): Promise<{ from: number; end: number } | undefined> {
    const query = this.knex('monitoring_points')
      .whereIn('series_id', ids)
      .where({ is_reference: false })
      .orderBy('start_at', 'desc');
    if (options.isClosed) {
      query.where(closed =>
        closed.whereNull('labelled').orWhere('labelled', '>=', 1),
      );
    }
    const last = await query.first<
      Pick<StoredPoint, 'start_at' | 'end_at'> | undefined
    >('start_at', 'end_at');
    if (!last) {
      return undefined;
    }
    const [start, end] = [Number(last.start_at), Number(last.end_at)];
    return { from: start - options.windows * (end - start), end };
  }

  /** Versions that have a series, in one order, from the one after `after` on. */
  async versions(options: {
    after?: MonitoredVersion;
    most: number;
  }): Promise<MonitoredVersion[]> {
    const { after, most } = options;
    const columns = ['source', 'name', 'version', 'version_created_at'];
    const query = this.knex('monitoring_series')
      .distinct(...columns)
      .orderBy(columns)
      .limit(most);
    if (after) {
      const key: Record<string, string> = versionKey(after);
      query.whereRaw('(??, ??, ??, ??) > (?, ?, ?, ?)', [
        ...columns,
        ...columns.map(column => key[column]),
      ]);
    }
    const rows: Array<{
      source: string;
      name: string;
      version: string;
      version_created_at: string;
    }> = await query;
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
      .where(versionKey(version))
      .whereNotNull('unplaced')
      .orderBy('document_id', 'desc')
      .limit(most)
      .select('digest', 'kind', 'unplaced as reason');
  }
}

function keyOfPoint({ seriesId, start, end }: PointRow): string {
  return `${seriesId} ${start} ${end}`;
}

function withinTime(
  query: Knex.QueryBuilder,
  time: { from?: number; to?: number },
): void {
  if (time.from !== undefined) {
    query.where('end_at', '>', time.from);
  }
  if (time.to !== undefined) {
    query.where('start_at', '<', time.to);
  }
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
  noise_floor: number | null;
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
    noiseFloor: row.noise_floor,
    detail: row.detail,
    digest: row.digest,
  };
}
