import { Dataset, Link } from '@modelport/plugin-modelport-common';
import {
  SourceVersion,
  SourceVersionDetails,
} from '@modelport/plugin-modelport-node';
import { LoggedModel, Run } from '../answers';
import { MlflowLinks } from '../links';
import { frameworkOfHistory } from './framework';
import { mapDatasets } from './mapDatasets';
import { readMetrics } from './metrics';
import { readDecision } from './readDecision';
import { FoundRun, runOf } from './RunsReader';
import { withoutCredentials } from './withoutCredentials';

const REPOSITORY = 'mlflow.source.git.repoURL';
const COMMIT = 'mlflow.source.git.commit';
const PARENT_RUN = 'mlflow.parentRunId';
const FINAL = new Set(['FINISHED', 'FAILED', 'KILLED']);

/** All that is known of a version beyond its listing. */
export function mapDetails(options: {
  version: SourceVersion;
  /** Undefined where the version has none. */
  found: FoundRun | undefined;
  loggedModel: LoggedModel | undefined;
  otherRuns: ReadonlyMap<string, Run>;
  links: MlflowLinks;
  loadCode: string;
  /** What could not be read. */
  problems: string[];
}): SourceVersionDetails {
  const { version, found, loggedModel, links } = options;
  const run = runOf(found);
  const { runStatus, settled } = readStatus(found);
  const runTags = readTags(run);
  const { decision, problem } = readDecision(version.tags, runTags);
  const problems = [...options.problems, ...(problem ? [problem] : [])];
  const { metrics, metricsWithHistory, measurements, datasets } = readMetrics(
    run,
    loggedModel,
    options.otherRuns,
  );
  return {
    runStatus,
    // A tag that is wrong stays so until the listing shows another one.
    settled: settled && options.problems.length === 0,
    author: version.author ?? (runTags['mlflow.user'] || null),
    framework: frameworkOfHistory(runTags, version.origin),
    params: { ...loggedModel?.data.params, ...run?.data.params },
    runTags,
    parentRunId: runTags[PARENT_RUN] || null,
    metrics,
    metricsWithHistory,
    measurements,
    evaluationSet: readEvaluationSet(version.tags, runTags),
    datasets: withoutTwins([
      ...mapDatasets(run?.inputs.dataset_inputs ?? []),
      ...datasets,
    ]),
    decision,
    sourceCode:
      runTags[REPOSITORY] || runTags[COMMIT]
        ? {
            repository: runTags[REPOSITORY] || null,
            commit: runTags[COMMIT] || null,
          }
        : null,
    loadCode: options.loadCode,
    links: mapLinks(version, run, loggedModel, links),
    ...(problems.length > 0 ? { problems } : {}),
  };
}

function readStatus(
  found: FoundRun | undefined,
): Pick<SourceVersionDetails, 'runStatus' | 'settled'> {
  if (found === undefined) {
    return { runStatus: null, settled: true };
  }
  if (found === 'missing') {
    return { runStatus: 'MISSING', settled: true };
  }
  if (found === 'forbidden') {
    // Permissions change without the listing showing it.
    return { runStatus: 'FORBIDDEN', settled: false };
  }
  if ('unreadable' in found) {
    return { runStatus: 'UNREADABLE', settled: false };
  }
  const { status, lifecycle_stage: lifecycleStage } = found.info;
  if (lifecycleStage === 'deleted') {
    return { runStatus: 'DELETED', settled: true };
  }
  return {
    runStatus: status ?? null,
    settled: status === undefined || FINAL.has(status),
  };
}

function readTags(run: Run | undefined): Record<string, string> {
  const tags = run?.data.tags ?? {};
  return tags[REPOSITORY]
    ? { ...tags, [REPOSITORY]: withoutCredentials(tags[REPOSITORY]) }
    : tags;
}

function readEvaluationSet(
  versionTags: Record<string, string>,
  runTags: Record<string, string>,
): SourceVersionDetails['evaluationSet'] {
  for (const tags of [versionTags, runTags]) {
    for (const key of [
      'modelport.evaluation_set',
      'mlflow.backstage.evaluation_set',
    ]) {
      if (tags[key]) {
        return { id: tags[key], hash: tags[`${key}_hash`] || null };
      }
    }
  }
  return null;
}

/** A dataset that a metric names is the input of the same name and digest, where there is one. */
function withoutTwins(datasets: Dataset[]): Dataset[] {
  const seen = new Set<string>();
  return datasets.filter(dataset => {
    const anyContext = JSON.stringify([dataset.name, dataset.digest]);
    const isTwin =
      seen.has(JSON.stringify([anyContext, dataset.context])) ||
      (dataset.context === null && seen.has(anyContext));
    seen.add(anyContext);
    seen.add(JSON.stringify([anyContext, dataset.context]));
    return !isTwin;
  });
}

function mapLinks(
  version: SourceVersion,
  run: Run | undefined,
  loggedModel: LoggedModel | undefined,
  links: MlflowLinks,
): Link[] {
  const list = [
    {
      title: 'Version in MLflow',
      url: links.version(version.model, version.version),
    },
  ];
  if (run) {
    list.push({
      title: 'Run in MLflow',
      url: links.run(run.info.experiment_id, run.info.run_id),
    });
  }
  if (loggedModel) {
    const { experiment_id: experimentId, model_id: modelId } = loggedModel.info;
    list.push({
      title: 'Logged model in MLflow',
      url: links.loggedModel(experimentId, modelId),
    });
  }
  return list;
}
