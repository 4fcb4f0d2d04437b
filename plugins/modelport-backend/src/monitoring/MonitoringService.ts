import { InputError } from '@backstage/errors';
import { DriftHeatMap, Monitoring } from '@modelport/plugin-modelport-common';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { driftState } from './driftState';
import { heatMapOf } from './heatMapOf';
import { importanceOf } from './importanceOf';
import { MonitoringDocuments } from './MonitoringDocuments';
import { MonitoringStore } from './MonitoringStore';
import { MonitoredVersion } from './PointToWrite';
import { seriesAnswer } from './seriesAnswer';

/** Points of one answer; the newest where there are more. */
const MOST_POINTS = 200_000;
const MOST_UNPLACED = 100;

/** A version, the time asked for, and what the caller may see. */
export interface MonitoringQuery {
  source: string;
  name: string;
  version: string;
  visibility: ModelsVisibility;
  from?: string;
  to?: string;
}

/** What tools say of versions over time, as the API answers it. */
export class MonitoringService {
  constructor(
    private readonly options: {
      store: MonitoringStore;
      documents: MonitoringDocuments;
      models: Pick<ModelsService, 'getVersion'>;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such version that the caller may see; `InputError` for a wrong time. */
  async get(
    query: MonitoringQuery & { feature?: string },
  ): Promise<Monitoring> {
    const { store } = this.options;
    const { version, time } = await this.read(query);
    const { feature } = query;
    const series = await store.series(
      version,
      feature === undefined ? {} : { feature },
    );
    const [{ points, truncated }, unplaced, importance] = await Promise.all([
      store.points(
        series.map(one => one.id),
        { ...time, most: MOST_POINTS },
      ),
      store.unplaced(version, MOST_UNPLACED),
      this.importance(version),
    ]);
    const drift = series.filter(one => one.kind === 'drift');
    const ids = new Set(drift.map(one => one.id));
    return {
      drift: driftState(
        drift,
        points.filter(point => ids.has(point.seriesId)),
      ),
      ...seriesAnswer(series, points),
      importance,
      unplaced,
      truncated,
    };
  }

  /** @throws `NotFoundError` where there is no such version that the caller may see; `InputError` for a wrong time. */
  async heatMap(query: MonitoringQuery): Promise<DriftHeatMap> {
    const { store } = this.options;
    const { version, time } = await this.read(query);
    const series = await store.series(version, { kinds: ['drift'] });
    const [{ points, truncated }, importance] = await Promise.all([
      store.points(
        series.map(one => one.id),
        { ...time, most: MOST_POINTS },
      ),
      this.importance(version),
    ]);
    return { ...heatMapOf(series, points, importance), truncated };
  }

  private async read(query: MonitoringQuery) {
    const { models, documents } = this.options;
    const { source, name, version: asked, visibility } = query;
    const time = {
      from: timeOf(query.from, 'from'),
      to: timeOf(query.to, 'to'),
    };
    const { createdAt } = await models.getVersion(
      source,
      name,
      asked,
      visibility,
    );
    const version: MonitoredVersion = {
      source,
      name,
      version: asked,
      createdAt,
    };
    await documents.ensure(version);
    return { version, time };
  }

  private async importance(version: MonitoredVersion) {
    return importanceOf(await this.options.documents.explanation(version));
  }
}

function timeOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const time = /^\d{4}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new InputError(
      `${name} is no time; expected ISO 8601 such as 2026-11-01T00:00:00Z`,
    );
  }
  return time;
}
