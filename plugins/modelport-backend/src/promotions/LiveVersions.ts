import { setTimeout as delay } from 'node:timers/promises';
import { EnvironmentConfig } from '../config';
import { messageOf } from '../messageOf';
import { copyTargetOf } from '../models/copyTargets';
import { EnvironmentsStore } from './EnvironmentsStore';
import { RegistryPlaces } from './RegistryPlaces';

/** Somebody waits for the answer. */
const ANSWER_MS = 5_000;

/** Whether nothing is live where the portal saw nothing: only the registry itself can tell that. */
export class LiveVersions {
  constructor(
    private readonly options: {
      environments: EnvironmentConfig[];
      places: Pick<RegistryPlaces, 'read'>;
      periods: Pick<EnvironmentsStore, 'history'>;
    },
  ) {}

  /** Why it is not known that nothing of a model is live in an environment; undefined where that is known. */
  async whyNotNothing(of: {
    source: string;
    name: string;
    environment: string;
  }): Promise<string | undefined> {
    const { environments, places } = this.options;
    const environment = environments.find(
      ({ name }) => name === of.environment,
    );
    if (!environment) {
      return `there is no environment ${of.environment} any more`;
    }
    const copy = copyTargetOf(environment, of);
    const answered = new AbortController();
    try {
      const said = await Promise.race([
        places.read(of.source, {
          name: of.name,
          version: null,
          alias: environment.alias ?? null,
          copy,
        }),
        delay(ANSWER_MS, undefined, { signal: answered.signal, ref: false }),
      ]);
      if (!said) {
        return `the registry "${of.source}" did not answer in time`;
      }
      return said.current === null
        ? await this.whyTakenAway(of)
        : `the registry says that it is ${said.current}, which the portal has not read yet`;
    } catch (error) {
      return messageOf(error);
    } finally {
      answered.abort();
    }
  }

  /** Who takes away what is live, besides the portal, must not be rid of being compared with it. */
  private async whyTakenAway(of: {
    source: string;
    name: string;
    environment: string;
  }): Promise<string | undefined> {
    const { items } = await this.options.periods.history(of, { limit: 2 });
    const [now, before] = items;
    const last = now?.behindPortal && now.version === null ? before : now;
    return last?.version
      ? `version ${last.version} was live, and was taken away at the registry without a promotion`
      : undefined;
  }
}
