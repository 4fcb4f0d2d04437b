import {
  SourceVersion,
  SourceVersionDetails,
} from '@modelport/plugin-modelport-node';
import { originAnswerSchema, originSchema, Run } from '../answers';
import {
  isForbidden,
  isMissing,
  REFUSED,
  UnreadableItemError,
} from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { oneLine } from '../client/oneLine';
import { MlflowLinks } from '../links';
import { readItem } from '../listing/readItem';
import { ExperimentIds } from './ExperimentIds';
import { loadCode } from './loadCode';
import { LoggedModelsReader } from './LoggedModelsReader';
import { mapDetails } from './mapDetails';
import { runsToConfirm } from './metrics';
import { folderInRun, parseModelUri } from './modelUri';
import { FoundRun, runOf, RunsReader } from './RunsReader';

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
    const origins = await Promise.all(
      versions.map(version =>
        this.findOrigin(version, runs.get(version.runId ?? ''), signal),
      ),
    );
    const loggedModels = await this.loggedModels.read(
      origins.flatMap(({ modelId }) => modelId ?? []),
      signal,
    );
    const toConfirm = versions.map((version, index) =>
      runsToConfirm(
        version.runId,
        loggedModels.models.get(origins[index].modelId ?? ''),
      ),
    );
    const otherRuns = await this.runs.read(toConfirm.flat(), signal);
    const seenRuns = new Map(
      [...otherRuns].flatMap(([id, found]): Array<[string, Run]> => {
        const run = runOf(found);
        return run ? [[id, run]] : [];
      }),
    );
    return versions.map((version, index) => {
      const { modelId, problem } = origins[index];
      const found = version.runId ? runs.get(version.runId) : undefined;
      const unreadableModel = loggedModels.unreadable.get(modelId ?? '');
      return mapDetails({
        version,
        found,
        loggedModel: loggedModels.models.get(modelId ?? ''),
        otherRuns: seenRuns,
        links: this.options.links,
        loadCode: loadCode({
          url: this.options.publicUrl,
          workspace: this.options.workspace,
          model: version.model,
          version: version.version,
        }),
        problems: [
          ...ofRun(version.runId ?? '', found),
          ...(problem === undefined ? [] : [problem]),
          ...(unreadableModel === undefined
            ? []
            : [`Logged model ${modelId}: ${unreadableModel}`]),
          ...new Set(
            toConfirm[index].flatMap(id => ofRun(id, otherRuns.get(id))),
          ),
        ],
      });
    });
  }

  /** The same as `loggedModelId`, with what is wrong on the way as a part of the answer. */
  private async findOrigin(
    version: SourceVersion,
    run: FoundRun | undefined,
    signal: AbortSignal,
  ): Promise<{ modelId?: string; problem?: string }> {
    try {
      return { modelId: await this.loggedModelId(version, run, signal) };
    } catch (error) {
      if (error instanceof UnreadableItemError) {
        return { problem: error.message };
      }
      throw error;
    }
  }

  /**
   * The logged model behind a version: its own, or that of the version which it was copied from.
   *
   * @throws `UnreadableItemError` where a version on the way to it is not what it should be
   */
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
      const outputs = runOf(run)?.outputs.model_outputs ?? [];
      const ids = new Set(
        outputs
          .map(output => output.model_id)
          .filter(id => /^[\w-]+$/.test(id)),
      );
      if (ids.size === 1) {
        return [...ids][0];
      }
      uri = parseModelUri(await this.originOf(uri, signal));
    }
    return uri?.kind === 'loggedModel' ? uri.modelId : undefined;
  }

  /** Folder among the artefacts of a version's run in which its model is; undefined where it is not there. */
  async folderOf(
    version: SourceVersion,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    let { origin } = version;
    for (let step = 0; step < LONGEST_CHAIN; step++) {
      const uri = parseModelUri(origin);
      if (uri?.kind !== 'version') {
        break;
      }
      origin = await this.originOf(uri, signal);
    }
    return version.runId ? folderInRun(origin, version.runId) : '';
  }

  private async originOf(
    version: { name: string; version: string },
    signal: AbortSignal,
  ): Promise<string | null> {
    let raw: unknown;
    try {
      const answer = await this.options.client.get(
        originAnswerSchema,
        '/api/2.0/mlflow/model-versions/get',
        { query: { name: version.name, version: version.version }, signal },
      );
      raw = answer.model_version;
    } catch (error) {
      if (isMissing(error)) {
        return null;
      }
      throw isForbidden(error) ? unreadableOrigin(version, REFUSED) : error;
    }
    try {
      return readItem(originSchema, raw).source ?? null;
    } catch (error) {
      throw error instanceof UnreadableItemError
        ? unreadableOrigin(version, error.message)
        : error;
    }
  }
}

function unreadableOrigin(
  version: { name: string; version: string },
  why: string,
): UnreadableItemError {
  return new UnreadableItemError(
    `Version ${version.version} of '${oneLine(
      version.name,
      80,
    )}', which it is a copy of: ${why}`,
  );
}

function ofRun(runId: string, found: FoundRun | undefined): string[] {
  const name = `Run ${oneLine(runId, 80)}`;
  if (found === 'forbidden') {
    return [`${name}: ${REFUSED}`];
  }
  return typeof found === 'object' && 'unreadable' in found
    ? [`${name}: ${found.unreadable}`]
    : [];
}
