import { TrafficSplitting } from '@modelport/plugin-modelport-common';
import { ModelSource, TrafficShare } from '@modelport/plugin-modelport-node';
import { FindSource } from '../../models/SourceReadings';
import { ANSWER_MS, askRegistry, isRefusal, sourceOf } from '../askRegistry';

/** An environment of a model at its registry. */
export interface TrafficOf {
  source: string;
  name: string;
  environment: string;
}

/** Reads and sets how registries split what comes to environments; most can't. */
export class RegistryTraffic {
  constructor(private readonly findSource: FindSource) {}

  /** Whether an environment of a source can hold several versions with shares. */
  async splitting(sourceId: string): Promise<TrafficSplitting> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const source = await this.findSource(sourceId, { signal }).catch(
      () => undefined,
    );
    if (!source || !canSplit(source)) {
      return {
        possible: false,
        message: `The source "${sourceId}" splits no traffic: an environment holds one version, and all of it moves at once. Shares are only seen, where what serves reports them.`,
      };
    }
    return {
      possible: true,
      message: `The source "${sourceId}" keeps the share of requests that each version of an environment is to have; what serves them has to split the requests so.`,
    };
  }

  /**
   * How an environment is split; nothing where one version has everything.
   *
   * @throws `RegistryUnreachableError` where the registry can't be asked.
   */
  async read(of: TrafficOf): Promise<TrafficShare[]> {
    return this.asked(of.source, async (source, signal) => {
      if (!canSplit(source)) {
        return [];
      }
      const model = await source.getModel(of.name, { signal });
      return model?.traffic?.[of.environment] ?? [];
    });
  }

  /**
   * Splits an environment; lets one version have everything where there are no shares.
   *
   * @throws `RegistryUnreachableError` where it is open whether it was done; what the source throws where it refuses.
   */
  async set(of: TrafficOf, shares: TrafficShare[]): Promise<void> {
    await this.asked(of.source, async (source, signal) => {
      if (canSplit(source)) {
        await source.setTraffic?.(of.name, of.environment, shares, { signal });
      }
    });
  }

  private async asked<T>(
    sourceId: string,
    ask: (source: ModelSource, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    return askRegistry(
      sourceId,
      async () =>
        ask(await sourceOf(this.findSource, sourceId, signal), signal),
      isRefusal,
    );
  }
}

function canSplit(source: ModelSource): boolean {
  return (
    source.setTraffic !== undefined &&
    source.capabilities.includes('setTraffic')
  );
}
