import {
  Dataset,
  DatasetRef,
  Measurement,
  toFigure,
} from '@modelport/plugin-modelport-common';
import { LoggedModel, Metric, Run } from '../answers';

export interface ReadMetrics {
  metrics: Record<string, number>;
  metricsWithHistory: string[];
  measurements: Measurement[];
  /** Datasets that metrics name, whether the run logged them as inputs or not. */
  datasets: Dataset[];
}

/**
 * Brings a run's metrics and its logged model's together.
 *
 * The run's last value counts. A logged model's metric is the run's metric at the step of `log_model`, 0 unless told,
 * so it may be the first round's value; only where it is the run's last value too does its dataset belong to that
 * value. Metrics that other runs gave the model, as evaluations do, count where the run has none of that key.
 *
 * @param otherRuns - runs of the logged model's other metrics, as far as they were read; see {@link runsToConfirm}
 */
export function readMetrics(
  run: Run | undefined,
  loggedModel: LoggedModel | undefined,
  otherRuns: ReadonlyMap<string, Run>,
): ReadMetrics {
  const ofRun = lastByKey(run?.data.metrics ?? []);
  const ofModel = loggedModel?.data.metrics ?? [];
  const ofOthers = measuredElsewhere(run, loggedModel, otherRuns);
  const metrics = [...ofRun.values(), ...lastByKey(ofOthers).values()];
  const measurements = [
    ...[...ofRun.values()].flatMap(metric => {
      const dataset = refOf(metric) ?? datasetOf(metric, ofModel);
      return dataset ? [measurement(metric, dataset)] : [];
    }),
    ...ofOthers.flatMap(metric => {
      const dataset = refOf(metric);
      return dataset ? [measurement(metric, dataset)] : [];
    }),
  ];
  return {
    metrics: Object.fromEntries(metrics.map(({ key, value }) => [key, value])),
    metricsWithHistory: [...ofRun.values()]
      .filter(metric => metric.step > 0)
      .map(metric => metric.key),
    measurements,
    datasets: measurements.flatMap(({ dataset }) =>
      dataset ? [{ ...dataset, context: null }] : [],
    ),
  };
}

/**
 * Runs to look at before a logged model's metrics can be believed: MLflow writes a logged model's NaN as 0, so whether
 * a 0 that another run measured is one, only that run tells.
 */
export function runsToConfirm(
  runId: string | null,
  loggedModel: LoggedModel | undefined,
): string[] {
  return (loggedModel?.data.metrics ?? []).flatMap(metric =>
    metric.value === 0 && isOfOtherRun(metric, runId, loggedModel)
      ? metric.run_id ?? []
      : [],
  );
}

/** The last value of each key and dataset that other runs gave the model, where the model's own run has no such key. */
function measuredElsewhere(
  run: Run | undefined,
  loggedModel: LoggedModel | undefined,
  otherRuns: ReadonlyMap<string, Run>,
): Metric[] {
  const runId = run?.info.run_id ?? null;
  const ownKeys = new Set(run?.data.metrics.map(metric => metric.key));
  const byDataset = new Map<string, Metric>();
  for (const metric of loggedModel?.data.metrics ?? []) {
    const value =
      metric.value === 0 ? confirmZero(metric, otherRuns) : metric.value;
    if (
      isOfOtherRun(metric, runId, loggedModel) &&
      !ownKeys.has(metric.key) &&
      value !== undefined
    ) {
      const id = JSON.stringify([metric.key, refOf(metric)]);
      byDataset.set(id, later(byDataset.get(id), { ...metric, value }));
    }
  }
  return [...byDataset.values()];
}

function isOfOtherRun(
  metric: Metric,
  runId: string | null,
  loggedModel: LoggedModel | undefined,
): boolean {
  return (
    Boolean(metric.run_id) &&
    metric.run_id !== runId &&
    metric.run_id !== loggedModel?.info.source_run_id
  );
}

function confirmZero(
  metric: Metric,
  otherRuns: ReadonlyMap<string, Run>,
): number | undefined {
  const last = lastByKey(
    otherRuns.get(metric.run_id ?? '')?.data.metrics ?? [],
  ).get(metric.key);
  return last && isSame(last, metric) ? last.value : undefined;
}

/** The dataset of a run's last value, where the logged model names exactly one for that very value. */
function datasetOf(metric: Metric, ofModel: Metric[]): DatasetRef | undefined {
  const refs = new Map(
    ofModel
      .filter(other => other.key === metric.key && isSame(metric, other))
      .map(other => [JSON.stringify(refOf(other)), refOf(other)]),
  );
  return refs.size === 1 ? [...refs.values()][0] : undefined;
}

function isSame(ofRun: Metric, ofModel: Metric): boolean {
  const isNaNWrittenAsZero =
    Number.isNaN(ofRun.value) &&
    ofModel.value === 0 &&
    ofRun.step === ofModel.step &&
    ofRun.timestamp === ofModel.timestamp;
  return Object.is(ofRun.value, ofModel.value) || isNaNWrittenAsZero;
}

function lastByKey(metrics: Metric[]): Map<string, Metric> {
  const last = new Map<string, Metric>();
  for (const metric of metrics) {
    last.set(metric.key, later(last.get(metric.key), metric));
  }
  return last;
}

function later(one: Metric | undefined, other: Metric): Metric {
  if (!one || one.step !== other.step) {
    return !one || other.step > one.step ? other : one;
  }
  return (other.timestamp ?? 0) >= (one.timestamp ?? 0) ? other : one;
}

function refOf(metric: Metric): DatasetRef | undefined {
  return metric.dataset_name
    ? { name: metric.dataset_name, digest: metric.dataset_digest || null }
    : undefined;
}

function measurement(metric: Metric, dataset: DatasetRef): Measurement {
  return {
    key: metric.key,
    value: toFigure(metric.value),
    dataset,
    evaluationSet: null,
    slice: null,
    n: null,
    lower: null,
    upper: null,
    evidence: null,
  };
}
