import { InputError } from '@backstage/errors';
import { VersionCopy } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { orRefused } from '../aliases';
import { emptyAnswerSchema } from '../answers';
import {
  isAlreadyThere,
  isMissing,
  isUnknownEndpoint,
  MlflowAnswerError,
} from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { unlessMissing } from '../client/unlessMissing';
import { filesOf } from './filesOf';
import { ProxiedFolder } from './ProxiedFolder';

const API = '/api/2.0/mlflow';
const MARK = 'modelport.copy';

/** Experiment of the runs that hold the files of copies. */
const EXPERIMENT = 'modelport-copies';

/** Folder of the model among the artefacts of such a run. */
const FOLDER = 'model';

/** What MLflow takes in one request. */
const MOST_PARAMS = 100;
const MOST_METRICS = 900;
const LONGEST_PARAM = 500;

const experimentSchema = z.object({
  experiment: z.object({
    experiment_id: z.string(),
    artifact_location: z.string().default(''),
  }),
});

const createdSchema = z.object({ experiment_id: z.string() });

const runSchema = z.object({
  info: z.object({
    run_id: z.string(),
    artifact_uri: z.string().default(''),
  }),
});

const runAnswerSchema = z.object({ run: runSchema });
const runsSchema = z.object({ runs: z.array(runSchema).default([]) });

interface CopyRun {
  runId: string;
  artefacts: string;
}

/** Runs of this server that hold the files of copies from other registries, one for each mark. */
export class CopyRuns {
  constructor(private readonly client: MlflowClient) {}

  /** Why this server takes no files; null where it does. */
  async whyNot(signal: AbortSignal): Promise<string | null> {
    const experiment =
      (await this.experiment(signal)) ?? (await this.defaultExperiment(signal));
    const location = experiment?.artifact_location;
    if (location && !ProxiedFolder.isProxied(location)) {
      return `The MLflow server takes no artefacts through its own address: they lie in ${schemeOf(
        location,
      )}, where the portal can not write`;
    }
    try {
      await new ProxiedFolder(this.client, FOLDER).list(signal);
      return null;
    } catch (error) {
      if (
        isUnknownEndpoint(error) ||
        (error instanceof MlflowAnswerError &&
          /serve-artifacts/.test(error.message))
      ) {
        return 'The MLflow server takes no artefacts through its own address: it runs without --serve-artifacts';
      }
      throw error;
    }
  }

  /** Brings a version's files here, with the parameters and metrics of its run, or goes on with that. */
  async fill(
    copy: VersionCopy,
    signal: AbortSignal,
  ): Promise<{ runId: string; source: string }> {
    const { from, version, mark } = copy;
    const found = await this.runsOf(mark, signal);
    const run = found[0] ?? (await this.create(copy, signal));
    const folder = ProxiedFolder.at(this.client, `${run.artefacts}/${FOLDER}`);
    if (!folder) {
      await this.delete(run, signal);
      throw new InputError(
        `The MLflow server keeps artefacts of new runs in ${schemeOf(
          run.artefacts,
        )}, where the portal can not write; nothing was made`,
      );
    }
    const files = await filesOf(from, version, signal);
    if (files.length === 0) {
      throw new InputError(
        `Version ${version.version} of ${version.model} has no files that could be copied`,
      );
    }
    for (const file of files) {
      await folder.put(file.path, await file.open(signal), signal);
    }
    const missing = await folder.missing(files, signal);
    if (missing !== undefined) {
      throw new Error(
        `The file ${missing} did not come to the MLflow server as it is`,
      );
    }
    await this.log(run, copy, signal);
    return { runId: run.runId, source: `${run.artefacts}/${FOLDER}` };
  }

  /** Says that all of a run is there. */
  async finish(runId: string, signal: AbortSignal): Promise<void> {
    await this.client.post(emptyAnswerSchema, `${API}/runs/update`, {
      body: { run_id: runId, status: 'FINISHED', end_time: Date.now() },
      signal,
    });
  }

  async remove(mark: string, signal: AbortSignal): Promise<void> {
    for (const run of await this.runsOf(mark, signal)) {
      await ProxiedFolder.at(this.client, `${run.artefacts}/${FOLDER}`)?.delete(
        signal,
      );
      await this.delete(run, signal);
    }
  }

  private async runsOf(mark: string, signal: AbortSignal): Promise<CopyRun[]> {
    const experiment = await this.experiment(signal);
    if (!experiment) {
      return [];
    }
    const { runs } = await this.client.post(runsSchema, `${API}/runs/search`, {
      body: {
        experiment_ids: [experiment.experiment_id],
        // Marks have no quotes.
        filter: `tags.\`${MARK}\` = '${mark}'`,
        order_by: ['attributes.start_time ASC'],
        max_results: 100,
      },
      signal,
    });
    return runs.map(toRun);
  }

  private async create(
    { mark, version, from, tags }: VersionCopy,
    signal: AbortSignal,
  ): Promise<CopyRun> {
    const experimentId = await this.experimentId(signal);
    const { run } = await orRefused(
      this.client.post(runAnswerSchema, `${API}/runs/create`, {
        body: {
          experiment_id: experimentId,
          run_name: `${version.model} ${version.version} from ${from.id}`,
          start_time: Date.now(),
          tags: Object.entries({ ...tags, [MARK]: mark }).map(
            ([key, value]) => ({ key, value }),
          ),
        },
        signal,
      }),
    );
    // Who makes one at the same time finds both, and both go on with the first.
    const [first, ...others] = await this.runsOf(mark, signal);
    for (const other of first ? others : []) {
      await this.delete(other, signal);
    }
    return first ?? toRun(run);
  }

  private async log(
    run: CopyRun,
    { from, version }: VersionCopy,
    signal: AbortSignal,
  ): Promise<void> {
    const [details] = await from.readVersions([version], { signal });
    const params = Object.entries(details?.params ?? {})
      .slice(0, MOST_PARAMS)
      .map(([key, value]) => ({ key, value: value.slice(0, LONGEST_PARAM) }));
    const metrics = Object.entries(details?.metrics ?? {})
      .filter(([, value]) => Number.isFinite(value))
      .slice(0, MOST_METRICS)
      .map(([key, value]) => ({
        key,
        value,
        // The same each time, so that it stands there once.
        timestamp: version.createdAt ?? 0,
        step: 0,
      }));
    await orRefused(
      this.client.post(emptyAnswerSchema, `${API}/runs/log-batch`, {
        body: { run_id: run.runId, params, metrics },
        signal,
      }),
    );
  }

  private async delete(run: CopyRun, signal: AbortSignal): Promise<void> {
    await unlessMissing(
      this.client.post(emptyAnswerSchema, `${API}/runs/delete`, {
        body: { run_id: run.runId },
        signal,
      }),
    );
  }

  private async experimentId(signal: AbortSignal): Promise<string> {
    const known = await this.experiment(signal);
    if (known) {
      return known.experiment_id;
    }
    try {
      const made = await this.client.post(
        createdSchema,
        `${API}/experiments/create`,
        { body: { name: EXPERIMENT }, signal },
      );
      return made.experiment_id;
    } catch (error) {
      const other = isAlreadyThere(error)
        ? await this.experiment(signal)
        : undefined;
      return other?.experiment_id ?? orRefused(Promise.reject(error));
    }
  }

  private async experiment(signal: AbortSignal) {
    const answer = await unlessMissing(
      this.client.get(experimentSchema, `${API}/experiments/get-by-name`, {
        query: { experiment_name: EXPERIMENT },
        signal,
      }),
    );
    return answer?.experiment;
  }

  /** Where experiments of this server keep their artefacts unless they are made otherwise. */
  private async defaultExperiment(signal: AbortSignal) {
    try {
      const answer = await this.client.get(
        experimentSchema,
        `${API}/experiments/get`,
        { query: { experiment_id: '0' }, signal },
      );
      return answer.experiment;
    } catch (error) {
      if (isMissing(error)) {
        return undefined;
      }
      throw error;
    }
  }
}

function toRun({ info }: z.output<typeof runSchema>): CopyRun {
  return {
    runId: info.run_id,
    artefacts: info.artifact_uri.replace(/\/+$/, ''),
  };
}

/** Where artefacts lie in a word, without what an address may hold of credentials. */
function schemeOf(location: string): string {
  const scheme = location.match(/^([a-z][a-z0-9+.-]*):/i)?.[1];
  return scheme ? `${scheme}:` : 'a folder of its machine';
}
