import { DriftState, Model } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { describeIssues } from '../evidence/describeIssues';
import { ModelsService } from '../models/ModelsService';
import { ModelStandings } from '../models/ModelStandings';
import { COMPUTED_BY } from './computed/computedBy';
import { driftState } from './driftState';
import {
  MonitoringDocumentHead,
  MonitoringDocuments,
} from './MonitoringDocuments';
import { MonitoringStore } from './MonitoringStore';
import { PointsStore } from './PointsStore';
import { MonitoredVersion } from './PointToWrite';
import { ProjectedDocument, pointsOfDocument } from './pointsOfDocument';

const KINDS = ['drift', 'performance', 'profile'];

/** Points that the drift state is told from: the newest of all series. */
const MOST_POINTS = 20_000;
/** Windows before the newest that are looked at; some may be missing. */
const WINDOWS = 5;

/** Keeps the series in step with the evidence, and the drift state in step with the series. */
export class MonitoringProjector {
  constructor(
    private readonly options: {
      store: MonitoringStore;
      points: PointsStore;
      documents: MonitoringDocuments;
      models: Pick<ModelsService, 'get' | 'getVersion'>;
      standings: Pick<ModelStandings, 'putDrift'>;
      /** Told of versions after new points of them were written. */
      onPoints?: (version: MonitoredVersion) => Promise<void>;
      /** Told of models whose version in use may be another one. */
      onModel?: (model: { source: string; name: string }) => Promise<void>;
    },
  ) {}

  /** Writes the points of documents that are new, and tells the drift state anew. Calling it again changes nothing. */
  async refresh(id: { source: string; name: string }): Promise<void> {
    const { store, documents } = this.options;
    const [projected, heads] = await Promise.all([
      store.projectedOf(id),
      documents.of(id, KINDS),
    ]);
    const touched = new Map<string, MonitoredVersion>();
    const problems: unknown[] = [];
    for (const head of heads.filter(({ id: row }) => !projected.has(row))) {
      const { points, unplaced } = await this.pointsOf(head);
      try {
        await store.write(
          head.subject,
          {
            documentId: head.id,
            digest: head.digest,
            kind: head.kind,
            unplaced,
            isWhole: head.by === COMPUTED_BY,
          },
          points,
        );
        touched.set(JSON.stringify(head.subject), head.subject);
      } catch (error) {
        // What others say of the model counts all the same; this one is tried again.
        problems.push(error);
      }
    }
    await this.tellState(id);
    for (const version of touched.values()) {
      await this.options.onPoints?.(version);
    }
    await this.options.onModel?.(id);
    if (problems.length > 0) {
      throw problems[0];
    }
  }

  /**
   * Lets documents count again that were computed anew after others had taken their place, as when a change was taken
   * back. Those that count are left as they are.
   */
  async countAgain(
    version: MonitoredVersion,
    digests: string[],
  ): Promise<void> {
    const { store, documents, onPoints } = this.options;
    const replaced = await store.replacedOf(version, digests);
    if (replaced.size === 0) {
      return;
    }
    const heads = await documents.of(version, KINDS);
    for (const head of heads.filter(({ id }) => replaced.has(id))) {
      const { points, unplaced } = await this.pointsOf(head);
      const { id: documentId, digest, kind } = head;
      await store.write(
        head.subject,
        { documentId, digest, kind, unplaced, isWhole: true, isAgain: true },
        points,
      );
    }
    await this.tellState(version);
    await onPoints?.(version);
  }

  private async pointsOf(
    head: MonitoringDocumentHead,
  ): Promise<ProjectedDocument> {
    try {
      return pointsOfDocument({
        ...head,
        body: await this.options.documents.body(head.id),
      });
    } catch (error) {
      if (!(error instanceof z.ZodError)) {
        throw error;
      }
      return {
        points: [],
        unplaced: `It was kept when other bounds held, and is in no series: ${describeIssues(
          error,
        )}.`,
      };
    }
  }

  private async tellState(id: { source: string; name: string }): Promise<void> {
    const { models } = this.options;
    const model = await models.get(id.source, id.name, undefined);
    const version = versionInUse(model);
    await this.options.standings.putDrift(
      id,
      version === null ? 'unknown' : await this.stateOf(id, version),
    );
  }

  private async stateOf(
    id: { source: string; name: string },
    version: string,
  ): Promise<DriftState> {
    const { models, store, points: pointsStore } = this.options;
    const { createdAt } = await models.getVersion(
      id.source,
      id.name,
      version,
      undefined,
    );
    const series = await store.series(
      { ...id, version, createdAt },
      { kinds: ['drift'] },
    );
    const points = await pointsStore.newest(series, {
      windows: WINDOWS,
      most: MOST_POINTS,
    });
    return driftState(series, points);
  }
}

/** The version whose monitoring speaks for the model: that of the last environment that has one, or the latest. */
export function versionInUse(model: Model): string | null {
  return model.environments.at(-1)?.version ?? model.latestVersion;
}

/** Whether a version is in use: it speaks for the model, or has a part of what comes to an environment. */
export function isInUse(model: Model, version: string): boolean {
  return (
    versionInUse(model) === version ||
    model.environments.some(({ shares = [] }) =>
      shares.some(share => share.version === version),
    )
  );
}
