import {
  CardCompleteness,
  GateOutcome,
  Model,
  Version,
} from '@modelport/plugin-modelport-common';

/**
 * A document known about a version, as gates see it.
 *
 * @public
 */
export interface GateDocument {
  digest: string;
  kind: string;
  producer: { name: string; version: string | null } | null;
  /** When it was made, as it says itself; null where it does not. Of what the portal computed: when that was. */
  producedAt: string | null;
  receivedAt: string;
  /** From when to when the data are that it is about; absent or null where it does not say. */
  window?: { start: string | null; end: string } | null;
  /** `artefact`, or who pushed it, such as `service:ci` or `push-token:12`. */
  from: string;
  /** What was read of it; null for kinds without a schema. */
  body: unknown;
}

/**
 * All that a gate may be judged on.
 *
 * @public
 */
export interface PromotionGateFacts {
  /** The moment of judging, ISO 8601. */
  now: string;
  environment: string;
  model: Model;
  candidate: { version: Version; evidence: GateDocument[] };
  /** What is live in the environment now; null where nothing is, or nobody knows. */
  production: { version: Version; evidence: GateDocument[] } | null;
  /** Why nobody knows what is live there; absent where that is known. */
  productionUnknown?: string;
  card: CardCompleteness | null;
}

/**
 * How a gate came out.
 *
 * @public
 */
export interface PromotionGateAnswer {
  outcome: GateOutcome;
  value: number | string | null;
  threshold: number | string | null;
  /** Why, for a reviewer to read. */
  message: string;
  /** Digests of what it was judged on. */
  evidence: string[];
}

/**
 * A gate of one's own, which config names as `{type: custom, gate: <name>}`.
 *
 * @public
 */
export interface PromotionGate {
  name: string;
  /**
   * Judges a version. What can't be told is `unknown`; an error thrown is as well, with its message.
   *
   * @param options - `with` is what config gives it, unchecked.
   */
  judge(
    facts: PromotionGateFacts,
    options: { with: unknown; signal: AbortSignal },
  ): Promise<PromotionGateAnswer>;
}
