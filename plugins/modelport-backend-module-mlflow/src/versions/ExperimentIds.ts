import { experimentSchema, experimentsSchema } from '../answers';
import { MlflowClient } from '../client/MlflowClient';
import { readAllPages } from '../listing/readAllPages';

const LIFE_MS = 60_000;
const CHUNK = 2000;
const MOST = 1_000_000;

/**
 * Ids of all experiments, deleted ones too, because MLflow searches runs by experiments only. They are read again after
 * a minute; what is missing meanwhile is found one by one, and told here.
 */
export class ExperimentIds {
  private known: { at: number; ids: Promise<Set<string>> } | undefined;

  constructor(private readonly client: MlflowClient) {}

  /** The ids, in lists small enough for one search. */
  async chunks(signal: AbortSignal): Promise<string[][]> {
    const ids = [...(await this.read(signal))];
    return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, i) =>
      ids.slice(i * CHUNK, (i + 1) * CHUNK),
    );
  }

  /** Adds the experiment of a run that was found otherwise. */
  async add(experimentId: string): Promise<void> {
    (await this.known?.ids)?.add(experimentId);
  }

  private read(signal: AbortSignal): Promise<Set<string>> {
    if (!this.known || Date.now() - this.known.at > LIFE_MS) {
      const known = { at: Date.now(), ids: this.fetch(signal) };
      this.known = known;
      known.ids.catch(() => {
        if (this.known === known) {
          this.known = undefined;
        }
      });
    }
    return this.known.ids;
  }

  private async fetch(signal: AbortSignal): Promise<Set<string>> {
    const path = '/api/2.0/mlflow/experiments/search';
    const found = await readAllPages(
      { where: `POST ${path}`, most: MOST },
      async pageToken => {
        const answer = await this.client.post(experimentsSchema, path, {
          body: { max_results: 1000, view_type: 'ALL', page_token: pageToken },
          signal,
        });
        return {
          items: answer.experiments,
          nextPageToken: answer.next_page_token,
        };
      },
    );
    return new Set(
      found.flatMap(raw => {
        // Runs of an experiment that can't be read are found one by one.
        const experiment = experimentSchema.safeParse(raw);
        return experiment.success ? experiment.data.experiment_id : [];
      }),
    );
  }
}
