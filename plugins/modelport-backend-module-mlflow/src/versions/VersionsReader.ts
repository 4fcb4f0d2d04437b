import {
  SourceVersion,
  SourceVersionDetails,
} from '@modelport/plugin-modelport-node';
import { LoggedModel, modelVersionAnswerSchema, Run } from '../answers';
import { isForbidden, isMissing } from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { MlflowLinks } from '../links';
import { ExperimentIds } from './ExperimentIds';
import { loadCode } from './loadCode';
import { LoggedModelsReader } from './LoggedModelsReader';
import { mapDetails } from './mapDetails';
import { runsToConfirm } from './metrics';
import { parseModelUri } from './modelUri';
import { FoundRun, RunsReader } from './RunsReader';

const LONGEST_CHAIN = 20;

/** Reads runs and logged models of versions, with as few requests as MLflow allows: two for a batch as a rule. */
export class VersionsReader {
  readonly loggedModels: LoggedModelsReader;
  private readonly runs: RunsReader;

  constructor(
    private readonly options: {
      client: MlflowClient;
      links: MlflowLinks;
      publicUrl: string;
      workspace: string | undefined;
    },
  ) {
    const experiments = new ExperimentIds(options.client);
    this.runs = new RunsReader(options.client, experiments);
    this.loggedModels = new LoggedModelsReader(options.client, experiments);
  }

  async read(
    versions: SourceVersion[],
    signal: AbortSignal,
  ): Promise<SourceVersionDetails[]> {
    const runs = await this.runs.read(
      versions.flatMap(version => version.runId ?? []),
      signal,
    );
    const modelIds = await Promise.all(
      versions.map(version =>
        this.loggedModelId(version, runs.get(version.runId ?? ''), signal),
      ),
    );
    const loggedModels = await this.loggedModels.read(
      modelIds.flatMap(modelId => modelId ?? []),
      signal,
    );
    const modelOf = (index: number): LoggedModel | undefined =>
      loggedModels.get(modelIds[index] ?? '');
    const otherRuns = await this.runs.read(
      versions.flatMap((version, index) =>
        runsToConfirm(version.runId, modelOf(index)),
      ),
      signal,
    );
    const seenRuns = new Map(
      [...otherRuns].flatMap(
        ([id, run]): Array<[string, Run]> =>
          typeof run === 'object' ? [[id, run]] : [],
      ),
    );
    return versions.map((version, index) =>
      mapDetails({
        version,
        found: version.runId ? runs.get(version.runId) : undefined,
        loggedModel: modelOf(index),
        otherRuns: seenRuns,
        links: this.options.links,
        loadCode: loadCode({
          url: this.options.publicUrl,
          workspace: this.options.workspace,
          model: version.model,
          version: version.version,
        }),
      }),
    );
  }

  /** The logged model behind a version: its own, or that of the version which it was copied from. */
  async loggedModelId(
    version: SourceVersion,
    run: FoundRun | undefined,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    let uri = parseModelUri(version.origin);
    for (
      let step = 0;
      uri?.kind === 'version' && step < LONGEST_CHAIN;
      step++
    ) {
      // A copy keeps its run: where the run made one model, that is the one, and nothing else need be asked.
      const outputs = typeof run === 'object' ? run.outputs.model_outputs : [];
      const ids = new Set(outputs.map(output => output.model_id));
      if (ids.size === 1) {
        return [...ids][0];
      }
      uri = parseModelUri(await this.originOf(uri, signal));
    }
    return uri?.kind === 'loggedModel' ? uri.modelId : undefined;
  }

  private async originOf(
    version: { name: string; version: string },
    signal: AbortSignal,
  ): Promise<string | null> {
    try {
      const answer = await this.options.client.get(
        modelVersionAnswerSchema,
        '/api/2.0/mlflow/model-versions/get',
        { query: { name: version.name, version: version.version }, signal },
      );
      return answer.model_version.source ?? null;
    } catch (error) {
      if (isMissing(error) || isForbidden(error)) {
        return null;
      }
      throw error;
    }
  }
}
