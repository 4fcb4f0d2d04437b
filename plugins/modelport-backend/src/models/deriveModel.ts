import {
  EnvironmentState,
  normaliseTask,
  RiskTier,
} from '@modelport/plugin-modelport-common';
import { SourceModel, TrafficShare } from '@modelport/plugin-modelport-node';
import { EnvironmentConfig, ModelsConfig } from '../config';

/** What a model's own fields and its tags say of it. */
export interface DerivedFields {
  ownerTag: string | null;
  system: string | null;
  lifecycle: string | null;
  task: string | null;
  framework: string | null;
  riskTierProposed: RiskTier | null;
  mainMetricKey: string | null;
}

/** A field counts before its tags, the first tag before the others. */
export function deriveFields(
  model: SourceModel,
  config: ModelsConfig,
): DerivedFields {
  const tag = (keys: string[]) =>
    keys.map(key => model.tags[key]?.trim()).find(Boolean) ?? null;
  const task = model.task ?? tag(config.tags.task);
  const tier = (
    model.riskTier ??
    tag(config.tags.riskTier) ??
    ''
  ).toLowerCase();
  return {
    ownerTag: model.owner ?? tag(config.tags.owner),
    system: model.system ?? tag(config.tags.system),
    lifecycle: model.lifecycle ?? tag(config.tags.lifecycle),
    task: task === null ? null : normaliseTask(task),
    framework: model.framework ?? tag(config.tags.framework),
    riskTierProposed:
      tier === 'low' || tier === 'medium' || tier === 'high' ? tier : null,
    mainMetricKey: model.mainMetric ?? tag(config.tags.mainMetric),
  };
}

/**
 * Which version stands in which environment: by alias, else by the stage of old registries (the newest version there);
 * where an environment keeps copies in another model, by what stands there.
 *
 * @param versions - from the oldest to the newest.
 */
export function deriveEnvironments(options: {
  environments: EnvironmentConfig[];
  aliases: Record<string, string>;
  /** By environment, the versions that share what comes there. */
  traffic?: Record<string, TrafficShare[]>;
  versions: Array<{ version: string; stage: string | null }>;
  before: Array<
    Pick<EnvironmentState, 'environment' | 'version' | 'since' | 'observed'>
  >;
  /** By environment, where that keeps copies of the model: the version of which the one that stands there is a copy. */
  copied?: Map<string, string | undefined>;
  /** False for what the first pass over a source finds: since when is not known then. */
  seenBefore: boolean;
  now: string;
}): EnvironmentState[] {
  return options.environments.flatMap(environment => {
    const byAlias = environment.alias
      ? options.aliases[environment.alias]
      : undefined;
    const byStage = options.versions
      .filter(v => environment.stage && v.stage === environment.stage)
      .at(-1)?.version;
    const version = options.copied?.has(environment.name)
      ? options.copied.get(environment.name)
      : byAlias ?? byStage;
    // An alias may name a version that is gone, or not there yet.
    if (
      version === undefined ||
      !options.versions.some(v => v.version === version)
    ) {
      return [];
    }
    const before = options.before.find(b => b.environment === environment.name);
    const shares = options.traffic?.[environment.name] ?? [];
    const changedAt = options.seenBefore ? options.now : null;
    return [
      {
        environment: environment.name,
        version,
        share: shareOf(version, shares),
        since: before?.version === version ? before.since : changedAt,
        observed: before?.observed ?? [],
        ...(shares.length > 0 && { shares }),
      },
    ];
  });
}

/** The part that a version answers; null where nothing is split. */
function shareOf(version: string, shares: TrafficShare[]): number | null {
  const own = shares.find(
    share => share.version === version && share.mode === 'live',
  );
  return shares.length === 0 ? null : (own?.percent ?? 0) / 100;
}
