import { InputError } from '@backstage/errors';
import {
  CheckedData,
  DriftHeatMap,
  DriftState,
  Monitoring,
  MonitoringPart,
} from '@modelport/plugin-modelport-common';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { COMPUTED_TOOL } from './computed/computedBy';
import { driftState } from './driftState';
import { heatMapOf } from './heatMapOf';
import { importanceOf } from './importanceOf';
import { MonitoringDocuments } from './MonitoringDocuments';
import { MonitoringStore } from './MonitoringStore';
import { SeriesRow } from './PointRow';
import { PointsStore } from './PointsStore';
import { MonitoredVersion } from './PointToWrite';
import { seriesAnswer } from './seriesAnswer';

/** Points of one answer; the newest where there are more. */
const MOST_POINTS = 200_000;
const MOST_UNPLACED = 100;
/** Windows that the drift state is told from; some may be missing. */
const WINDOWS = 5;

const PARTS: MonitoringPart[] = [
  'series',
  'performance',
  'integrity',
  'profiles',
];
const KIND_OF = {
  series: 'drift',
  performance: 'performance',
  integrity: 'finding',
  profiles: 'profile',
} as const;

/** Stands for what is about all features together. */
const ALL_FEATURES = '*';

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
      points: PointsStore;
      documents: MonitoringDocuments;
      models: Pick<ModelsService, 'getVersion'>;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such version that the caller may see; `InputError` for a wrong time. */
  async get(
    query: MonitoringQuery & { feature?: string; parts?: MonitoringPart[] },
  ): Promise<Monitoring> {
    const { store, points: pointsStore } = this.options;
    const { version, time } = await this.read(query);
    const all = await store.series(version);
    const parts: Array<SeriesRow['kind']> = (query.parts ?? PARTS).map(
      part => KIND_OF[part],
    );
    const feature = query.feature === ALL_FEATURES ? null : query.feature;
    const isOfFeature = (one: SeriesRow) =>
      feature === undefined || one.feature === feature;
    const series = all.filter(
      one => parts.includes(one.kind) && isOfFeature(one),
    );
    const [{ points, truncated }, checked, unplaced, importance, drift] =
      await Promise.all([
        pointsStore.points(
          series.map(one => one.id),
          { ...time, most: MOST_POINTS },
        ),
        parts.includes('finding')
          ? this.checked(all.filter(isOfFeature), time)
          : [],
        store.unplaced(version, MOST_UNPLACED),
        this.importance(version),
        this.driftOf(all),
      ]);
    return {
      drift,
      ...seriesAnswer(series, points),
      checked,
      importance,
      unplaced,
      truncated,
    };
  }

  /** @throws `NotFoundError` where there is no such version that the caller may see; `InputError` for a wrong time. */
  async heatMap(query: MonitoringQuery): Promise<DriftHeatMap> {
    const { store, points } = this.options;
    const { version, time } = await this.read(query);
    const series = await store.series(version, { kinds: ['drift'] });
    const [{ cells, truncated }, importance] = await Promise.all([
      points.cells(
        series.map(one => one.id),
        { ...time, most: MOST_POINTS },
      ),
      this.importance(version),
    ]);
    return { ...heatMapOf(series, cells, importance), truncated };
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

  /** The state by the newest windows of all features, whatever was asked for. */
  private async driftOf(all: SeriesRow[]): Promise<DriftState> {
    const series = all.filter(({ kind }) => kind === 'drift');
    const points = await this.options.points.newest(series, {
      windows: WINDOWS,
      most: MOST_POINTS,
    });
    return driftState(series, points);
  }

  /** What the portal's own monitor looked at, by column, and which other tools looked at the data as a whole. */
  private async checked(
    all: SeriesRow[],
    time: { from?: number; to?: number },
  ): Promise<CheckedData[]> {
    const looked = all.filter(
      ({ kind, tool }) =>
        kind === 'check' || (kind === 'profile' && tool === COMPUTED_TOOL),
    );
    const tools = [...new Set(looked.map(({ tool }) => tool))];
    const checked = await Promise.all(
      tools.map(async tool => {
        const features = new Map(
          looked
            .filter(one => one.tool === tool)
            .map(({ id, feature }) => [id, feature]),
        );
        const points = await this.options.points.withRowsInNewest(
          [...features.keys()],
          time,
        );
        return points.map(({ seriesId, start, end }) => ({
          feature: features.get(seriesId) ?? null,
          tool,
          start: new Date(start).toISOString(),
          end: new Date(end).toISOString(),
        }));
      }),
    );
    return checked.flat();
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
