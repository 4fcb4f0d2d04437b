import { Knex } from 'knex';
import { isOpen } from './isOpen';
import { paceOf } from './paceOf';
import { CellRow, PointRow, SeriesRow } from './PointRow';

/** Reads points of series. */
export class PointsStore {
  constructor(private readonly knex: Knex) {}

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

  /** Which of some series have a point in the newest window of all of them within a time, other than one of no rows. */
  async withRowsInNewest(
    ids: number[],
    time: { from?: number; to?: number },
  ): Promise<Array<{ seriesId: number; start: number; end: number }>> {
    const ofTime = () => {
      const query = this.knex('monitoring_points')
        .whereIn('series_id', ids)
        .where({ is_reference: false });
      withinTime(query, time);
      return query;
    };
    const last = await ofTime()
      .orderBy('start_at', 'desc')
      .first<Pick<StoredPoint, 'start_at' | 'end_at'> | undefined>(
        'start_at',
        'end_at',
      );
    if (!last) {
      return [];
    }
    const rows: Array<Pick<StoredPoint, 'series_id'>> = await ofTime()
      .where({ start_at: last.start_at, end_at: last.end_at })
      .where(some => some.where('n_current', '>', 0).orWhereNull('n_current'))
      .select('series_id');
    return rows.map(row => ({
      seriesId: row.series_id,
      start: Number(last.start_at),
      end: Number(last.end_at),
    }));
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
