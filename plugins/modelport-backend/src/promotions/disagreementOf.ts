import {
  ObservedVersion,
  RiskTier,
  TrafficShare,
} from '@modelport/plugin-modelport-common';

/** A deployment follows its registry within this time. */
const GRACE_MS = 10 * 60_000;

/** What was last seen longer ago than this serves no more. */
const FRESH_MS = 60 * 60_000;

/** What serves in an environment where that is something else than what is live there. */
export interface Disagreement {
  severity: 'medium' | 'high';
  /** The one that has the most traffic of those that should have none. */
  version: string;
  since: string;
  text: string;
}

/**
 * Whether what serves in an environment is something else than what is live at the registry; undefined where they
 * agree, where nothing was said lately, or where the registry has changed so lately that the deployment may follow yet.
 */
export function disagreementOf(options: {
  environment: string;
  live: {
    version: string | null;
    since: string | null;
    /** Versions among which the registry splits what comes there. */
    shares?: TrafficShare[];
  };
  observed: ObservedVersion[];
  riskTier: RiskTier;
  isConfirmed: boolean;
  now: string;
}): Disagreement | undefined {
  const { environment, live, riskTier, isConfirmed } = options;
  const now = Date.parse(options.now);
  const changed = live.since === null ? -Infinity : Date.parse(live.since);
  const serving = options.observed.filter(
    ({ lastSeen, share }) =>
      lastSeen !== null &&
      share !== 0 &&
      now - Date.parse(lastSeen) <= FRESH_MS &&
      Date.parse(lastSeen) - changed >= GRACE_MS,
  );
  const others = serving.filter(
    ({ version }) =>
      version !== live.version &&
      !live.shares?.some(share => share.version === version),
  );
  if (others.length === 0) {
    return undefined;
  }
  // Without shares, which are others with every report: that would be news each time.
  const named = others.map(({ version }) => `version ${version}`).join(', ');
  return {
    version: others[0].version,
    severity: isConfirmed && riskTier !== 'high' ? 'medium' : 'high',
    since: others.flatMap(({ lastSeen }) => lastSeen ?? []).sort()[0],
    text: `In ${environment} ${named} ${
      others.length === 1 ? 'serves' : 'serve'
    }, where the registry says that ${
      live.version === null
        ? 'nothing is live'
        : `version ${live.version} is live`
    }`,
  };
}
