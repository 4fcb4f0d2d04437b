import {
  CardCompleteness,
  Gate,
  Model,
  ReasonFinding,
  Version,
} from '@modelport/plugin-modelport-common';
import { BuiltInGateRule } from './gateRules';

/** A document known about a version, as gates see it. */
export interface GateEvidence {
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
  /**
   * What was read of it, as its kind's schema has it (`findEvidenceKind(kind).body`); of `evaluation-rows` with the
   * `rows`, null in the place of those that were erased. Null for kinds without a schema here.
   */
  body: unknown;
}

/** A version with what is known of it. */
export interface GateVersion {
  /** As the API answers it: its measurements name the document that says them, or null where the registry does. */
  version: Version;
  /** Documents that could be read, the newest first. */
  evidence: GateEvidence[];
  /** Kinds of which there are more documents than these; absent where there are none. */
  notAll?: string[];
}

/** All that a gate may be judged on. */
export interface GateFacts {
  /** The moment of judging, ISO 8601. */
  now: string;
  environment: string;
  model: Model;
  candidate: GateVersion;
  /** What is live in the environment now; null where nothing is, or nobody knows. */
  production: GateVersion | null;
  /** Why nobody knows what is live there; absent where that is known. */
  productionUnknown?: string;
  /** The main metric of the promotion that brought what is live; absent where that is not known. */
  mainMetricBefore?: string;
  /** How complete the card of the candidate is for the model's risk tier; null where that could not be told. */
  card: CardCompleteness | null;
  /** The group or person who owns the model. */
  owner: string | null;
  /** The group that owns the model, or those of the person who does. */
  ownerGroups: readonly string[];
  /** Groups by person, of everybody who signed a validation of the candidate; a person whom the catalog does not know is absent. */
  groupsOf: ReadonlyMap<string, readonly string[]>;
  /** Who made the candidate, as far as they are known as people; absent where that is nobody. */
  makers?: readonly string[];
  /** What was found of prohibited factors among the candidate's reasons; absent where that is nothing. */
  finding?: ReasonFinding | null;
}

/** How a gate came out. */
export type GateResult = Omit<Gate, 'waiver' | 'waivable' | 'blocking'>;

/** Judges a gate: what is absent, too old, from somebody who does not count, or can't be told is `unknown`. */
export type JudgeGate = (rule: BuiltInGateRule, facts: GateFacts) => GateResult;
