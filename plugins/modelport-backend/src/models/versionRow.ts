import {
  Figure,
  fromFigure,
  Measurement,
  Version,
} from '@modelport/plugin-modelport-common';
import {
  SourceVersion,
  SourceVersionDetails,
  SourceVersionDocuments,
} from '@modelport/plugin-modelport-node';
import { isoTime } from './isoTime';
import { fromJson, ModelRow, SourceFreshness } from './modelRow';

/** A row of models_versions as both databases give it. */
export interface VersionRow {
  id: number;
  model_id: number;
  version: string;
  position: number;
  fingerprint: string;
  stage: string | null;
  author: string | null;
  framework: string | null;
  created_at: string | null;
  head: string;
  details: string;
  metrics: string;
  documents: string | null;
  /** SQLite gives 0 and 1. */
  settled: boolean | number;
  /** When documents are to be read, as an ISO time; null where they need not be. */
  documents_due_at: string | null;
  /** Readings of documents in a row that gave nothing certain. */
  documents_attempts: number;
  /** Why the last reading of documents failed. */
  documents_problem: string | null;
  /** JSON: what could not be read of the details, in words. */
  details_problems: string | null;
  retired_at: string | null;
}

/** Details as stored: metrics and problems have columns of their own. */
export type StoredDetails = Omit<SourceVersionDetails, 'metrics' | 'problems'>;

/** The version as its source listed it. */
export function headOf(row: VersionRow): SourceVersion {
  return fromJson<SourceVersion>(row.head);
}

/** Turns a row into what the API answers. */
export function toVersion(
  row: VersionRow,
  model: ModelRow,
  freshness: SourceFreshness | undefined,
): Version {
  const head = headOf(row);
  const details = fromJson<StoredDetails>(row.details);
  const metrics = fromJson<Record<string, Figure>>(row.metrics);
  const documents = row.documents
    ? fromJson<SourceVersionDocuments>(row.documents)
    : null;
  const aliases = fromJson<Record<string, string>>(model.aliases);
  return {
    source: model.source,
    name: model.name,
    version: row.version,
    aliases: Object.keys(aliases)
      .filter(alias => aliases[alias] === row.version)
      .sort(),
    stage: head.stage,
    status: head.status,
    description: head.description,
    author: row.author,
    createdAt: row.created_at,
    updatedAt: isoTime(head.updatedAt),
    runId: head.runId,
    runStatus: details.runStatus,
    framework: row.framework,
    metrics,
    params: details.params,
    tags: head.tags,
    runTags: details.runTags,
    measurements: measurementsOf(metrics, details),
    metricsWithHistory: details.metricsWithHistory,
    decision: details.decision,
    datasets: details.datasets,
    signature: documents?.signature ?? null,
    signatureMessage: documents
      ? documents.signatureMessage
      : unreadMessage(row),
    sourceCode: details.sourceCode,
    loadCode: details.loadCode,
    links: details.links,
    syncedAt:
      freshness?.lastSuccessAt ?? row.created_at ?? new Date(0).toISOString(),
    stale: !freshness?.fresh || model.problem !== null,
  };
}

function unreadMessage(row: VersionRow): string {
  return row.documents_problem === null
    ? 'The signature has not been read yet'
    : `The signature could not be read yet and is tried again. ${row.documents_problem}`;
}

/** What the source knows of its measurements, and every other metric as one of which no more is known. */
export function measurementsOf(
  metrics: Record<string, Figure>,
  details: Pick<StoredDetails, 'measurements' | 'evaluationSet'>,
): Measurement[] {
  const known = new Set(
    details.measurements.filter(m => m.slice === null).map(m => m.key),
  );
  const rest = Object.keys(metrics)
    .filter(key => !known.has(key))
    .map(key => ({
      key,
      value: metrics[key],
      dataset: null,
      evaluationSet: details.evaluationSet,
      slice: null,
      n: null,
      lower: null,
      upper: null,
      evidence: null,
    }));
  return [...details.measurements, ...rest].sort(
    (a, b) =>
      compareText(a.key, b.key) || compareText(a.slice ?? '', b.slice ?? ''),
  );
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Whether two figures are the same value; NaN is the same as NaN. */
export function sameFigure(a: Figure, b: Figure): boolean {
  return Object.is(fromFigure(a), fromFigure(b));
}
