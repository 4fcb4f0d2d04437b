import { Dataset, EVALUATED } from '@modelport/plugin-modelport-common';
import { isForEvaluation, isForTraining } from '../models/datasetUses';
import { ModelFacts, VersionFacts } from '../models/ModelFacts';
import { datasetLocation } from './datasetLocation';
import { GraphPart } from './lineageEdges';
import {
  codeNode,
  consumerNode,
  datasetNode,
  deploymentNode,
  MLFLOW_NAMESPACE,
  NodeToWrite,
  runNode,
  versionNode,
} from './lineageNodes';

/**
 * What a version says of where it comes from: dataset, code and the run above → run → version, or → version where it has
 * no run. Data that it was only evaluated on is told from data that made it. Of a retired version nothing is said any more.
 */
export function lineageOfVersion(version: VersionFacts): GraphPart {
  const part = new GraphPart();
  if (version.retired) {
    return part;
  }
  const node = part.add(versionNode(version));
  const run = version.runId ? runNode(version.runId, version.source) : null;
  const maker = run ?? node;
  if (run) {
    part.connect(run, 'made', node);
    if (version.parentRunId) {
      part.connect(runNode(version.parentRunId, version.source), 'parent', run);
    }
  }
  for (const one of version.datasets) {
    const { name, digest, source } = one;
    const dataset = datasetNode({
      namespace: MLFLOW_NAMESPACE,
      name,
      version: digest,
    });
    const use = isOnlyEvaluated(version, one) ? EVALUATED : 'input';
    part.connect(dataset, use, maker);
    const location = datasetLocation(source);
    if (location) {
      part.connect(location, 'location', dataset);
    }
  }
  const { repository, commit } = version.sourceCode ?? {};
  if (repository) {
    const code = codeNode({ repository, commit: commit ?? null });
    part.connect(code, 'code', maker);
  }
  return part;
}

/** Whether a version was evaluated on a dataset, and nothing says that it was trained on it as well. */
function isOnlyEvaluated(version: VersionFacts, dataset: Dataset): boolean {
  const { name, digest } = dataset;
  return (
    isForEvaluation(version, dataset) &&
    !version.datasets.some(
      other =>
        other.name === name && other.digest === digest && isForTraining(other),
    )
  );
}

/** Where a model runs: version → deployment. */
export function deploymentsOfModel(model: ModelFacts): GraphPart {
  const part = new GraphPart();
  for (const node of deployed(model)) {
    part.connect(node.version, 'deployed', node.deployment);
  }
  return part;
}

/**
 * Who uses a model: deployment → consumer; a model that runs nowhere is used by its newest version.
 *
 * @param consumers - entity refs from the catalog.
 */
export function consumersOfModel(
  model: ModelFacts,
  consumers: string[],
): GraphPart {
  const part = new GraphPart();
  const used = deployed(model).map(({ deployment }) => deployment);
  if (used.length === 0 && !model.retired && model.latestVersion !== null) {
    used.push(versionNode({ ...model, version: model.latestVersion }));
  }
  for (const node of used) {
    for (const consumer of consumers) {
      part.connect(node, 'serves', consumerNode(consumer));
    }
  }
  return part;
}

function deployed(
  model: ModelFacts,
): Array<{ version: NodeToWrite; deployment: NodeToWrite }> {
  return model.retired
    ? []
    : model.environments.map(({ environment, version }) => ({
        version: versionNode({ ...model, version }),
        deployment: deploymentNode({ ...model, environment }),
      }));
}
