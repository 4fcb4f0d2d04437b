import { Knex } from 'knex';
import { chunks } from '../models/chunks';
import { SeriesRow } from './PointRow';
import {
  MonitoredVersion,
  PointToWrite,
  ProjectedRow,
  SeriesKey,
} from './PointToWrite';
import { writePoints } from './writePoints';
import { versionKey } from './versionKey';

/** Series whose ids are remembered: 10,000 models with 50 features each, in some 80 MB. */
const MOST_KNOWN = 600_000;

/** Series of what tools say of versions, and the points that are written to them. What is in it follows from the evidence. */
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

  /** Documents of a version of which some stands in no series, unless the same bytes came again and stand in one. */
  async unplaced(
    version: MonitoredVersion,
    most: number,
  ): Promise<Array<{ digest: string; kind: string; reason: string }>> {
    return this.knex('monitoring_documents')
      .where(versionKey(version))
      .whereNotNull('unplaced')
      .whereNotIn(
        'digest',
        this.knex('monitoring_documents')
          .where(versionKey(version))
          .whereNull('unplaced')
          .select('digest'),
      )
      .orderBy('document_id', 'desc')
      .limit(most)
      .select('digest', 'kind', 'unplaced as reason');
  }
}
