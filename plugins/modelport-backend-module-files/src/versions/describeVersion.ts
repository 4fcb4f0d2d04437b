import { Measurement, toFigure } from '@modelport/plugin-modelport-common';
import {
  SourceMetricPoint,
  SourceVersion,
  SourceVersionDetails,
} from '@modelport/plugin-modelport-node';
import { posix } from 'node:path';
import { VersionFile } from '../schema/versionFile';
import { FileTree } from '../tree/FileTree';
import { TreeCheckout } from '../tree/TreeOrigin';
import { VersionFolder, VersionLocation } from './VersionFolder';
import { writeLoadCode } from './writeLoadCode';

/**
 * A version as listing gives it. All that its description names is read, so that a version which is listed can be
 * read later.
 *
 * @throws `InputError` where the description, or what it names, isn't what it should be.
 */
export async function listVersion(
  tree: FileTree,
  location: VersionLocation,
  revision: string,
): Promise<SourceVersion> {
  const folder = new VersionFolder(tree, location);
  const description = await folder.readDescription();
  await folder.readHistory(description);
  return {
    model: location.model,
    version: location.version,
    description: description.description ?? null,
    tags: description.tags ?? {},
    stage: null,
    status: null,
    author: description.author ?? null,
    createdAt: description.createdAt ?? null,
    updatedAt: null,
    runId: description.runId ?? null,
    origin: location.folder,
    revision,
  };
}

/** What else a version's files say. */
export async function describeVersion(
  tree: FileTree,
  location: VersionLocation,
  checkout: TreeCheckout,
): Promise<SourceVersionDetails> {
  const folder = new VersionFolder(tree, location);
  const description = await folder.readDescription();
  const history = await folder.readHistory(description);
  // A model file that can't be read is reported with the signature; the figures don't depend on it.
  const found = await folder.readMlModel().catch(() => undefined);
  const isLoadable = found && (await hasAll(folder, found));
  const { decision, sourceCode, evaluationSet } = description;
  return {
    runStatus: null,
    settled: true,
    author: description.author ?? null,
    framework: found?.model.flavors[0] ?? null,
    params: description.params ?? {},
    runTags: {},
    metrics: { ...lastValues(history), ...metricsOf(description) },
    metricsWithHistory: [...history]
      .filter(([, points]) => points.length > 1)
      .map(([key]) => key),
    measurements: measurementsOf(description),
    evaluationSet: evaluationSet
      ? { id: evaluationSet.id, hash: evaluationSet.hash ?? null }
      : null,
    datasets: (description.datasets ?? []).map(dataset => ({
      name: dataset.name,
      digest: dataset.digest ?? null,
      context: dataset.context ?? null,
      source: dataset.source ?? null,
      rows: dataset.rows ?? null,
    })),
    decision: decision
      ? {
          thresholds: decision.thresholds ?? [],
          referBand: decision.referBand ?? null,
          scaling: decision.scaling ?? null,
        }
      : null,
    sourceCode: sourceCode
      ? {
          repository: sourceCode.repository ?? null,
          commit: sourceCode.commit ?? null,
        }
      : null,
    loadCode: isLoadable
      ? writeLoadCode(found.model, found.folder, checkout)
      : null,
    links: description.links ?? [],
  };
}

/** Whether what the model's flavours load is there: registries may leave large files out. */
async function hasAll(
  folder: VersionFolder,
  found: { folder: string; model: { files: string[] } },
): Promise<boolean> {
  for (const file of found.model.files) {
    if (!(await folder.has(posix.join(found.folder, file)))) {
      return false;
    }
  }
  return true;
}

function lastValues(
  history: Map<string, SourceMetricPoint[]>,
): Record<string, number> {
  return Object.fromEntries(
    [...history].map(([key, points]) => [key, points[points.length - 1].value]),
  );
}

/** All figures that are about all rows, by key. */
function metricsOf(description: VersionFile): Record<string, number> {
  const metrics = { ...description.metrics };
  for (const evaluation of description.evaluations ?? []) {
    if (!evaluation.slice) {
      for (const [key, measured] of Object.entries(evaluation.metrics)) {
        metrics[key] = typeof measured === 'number' ? measured : measured.value;
      }
    }
  }
  return metrics;
}

function measurementsOf(description: VersionFile): Measurement[] {
  return (description.evaluations ?? []).flatMap(evaluation => {
    const dataset = description.datasets?.find(
      ({ name }) => name === evaluation.dataset,
    );
    const set = evaluation.evaluationSet ?? description.evaluationSet;
    return Object.entries(evaluation.metrics).map(([key, measured]) => {
      const { value, lower, upper } =
        typeof measured === 'number'
          ? { value: measured, lower: null, upper: null }
          : measured;
      return {
        key,
        value: toFigure(value),
        dataset: dataset
          ? { name: dataset.name, digest: dataset.digest ?? null }
          : null,
        evaluationSet: set ? { id: set.id, hash: set.hash ?? null } : null,
        slice: evaluation.slice ?? null,
        n: evaluation.n ?? null,
        lower: lower ?? null,
        upper: upper ?? null,
        evidence: null,
      };
    });
  });
}
