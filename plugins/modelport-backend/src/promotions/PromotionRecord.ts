import {
  ChangeTicket,
  ExcludedPerson,
  ExecutionStep,
  FrozenEvidence,
  GateWaiver,
  PromotionCondition,
  PromotionDecisionKind,
  PromotionKind,
  PromotionState,
  RiskTier,
} from '@modelport/plugin-modelport-common';
import { GateResult } from './gates/types';
import { PromotionPolicy } from './promotionsConfig';
import { RolloutRecord } from './rollout/RolloutRecord';

/** A gate as it came out, and whether it may be waived and blocks where it does not pass. */
export type JudgedGate = GateResult & { waivable: boolean; blocking: boolean };

/** Gates and evidence as they stood at one moment. */
export interface Judgement {
  at: string;
  gates: JudgedGate[];
  evidence: FrozenEvidence[];
}

/** A decision with the groups of the person at that moment. */
export interface DecisionRecord {
  by: string;
  decision: PromotionDecisionKind;
  comment: string | null;
  at: string;
  /** Groups that the person is a member of by name. */
  groups: string[];
  /** Those, and the groups that these are a part of. */
  allGroups: string[];
  revision: number;
}

export interface WaiverRecord extends GateWaiver {
  gate: string;
  /** When it was noted that its time is over. */
  expiredAt: string | null;
}

export type ConditionRecord = Omit<PromotionCondition, 'overdue'> & {
  closingComment: string | null;
};

/** How far an execution is; whoever holds the lease works on it. */
export interface ExecutionRecord {
  state: 'waiting' | 'running' | 'succeeded' | 'failed';
  message: string | null;
  steps: ExecutionStep[];
  startedAt: string | null;
  finishedAt: string | null;
  attempts: number;
  lease: { holder: string; until: string } | null;
  /** What must be live in the environment for the alias to be moved; null where nothing may be. */
  expected: string | null;
  /** Under which a copy is made; absent where none is. */
  mark?: string;
  /** The copy that is to be live; absent until it is made. */
  copied?: { version: string; createdAt: string | null };
}

/** What was kept before tickets were checked more than once has no checks. */
export type StoredTicket = Omit<ChangeTicket, 'checks'> &
  Partial<Pick<ChangeTicket, 'checks'>>;

/** A promotion as it is kept. */
export interface PromotionRecord {
  id: string;
  revision: number;
  kind: PromotionKind;
  state: PromotionState;
  requestedBy: string;
  requestedAt: string;
  updatedAt: string;
  expiresAt: string;
  /** When it was approved, refused or withdrawn; absent before, and where that was not kept yet. */
  decidedAt?: string;
  reason: string;
  ticket: string | null;
  /** What the tracker says of the ticket; absent in promotions from before trackers were asked. */
  changeTicket?: StoredTicket | null;
  /** When a ticket is tried to be opened again; absent or null where none is to be. */
  ticketDue?: string | null;
  source: string;
  name: string;
  version: string;
  /** Tells the version from a later one of the same name. */
  versionCreatedAt: string | null;
  environment: string;
  fromVersion: string | null;
  owner: string | null;
  task: string | null;
  /** What the gates mean by `main`, whatever the model says later; absent in promotions from before that was kept. */
  mainMetric?: string | null;
  riskTier: RiskTier;
  riskTierConfirmed: boolean;
  policy: PromotionPolicy;
  policyDigest: string;
  requested: Judgement;
  /** What evidence says now, where it changed since the request. */
  now: Judgement | null;
  /** Revision at which the evidence changed last; null where it did not. */
  changedAtRevision: number | null;
  excluded: ExcludedPerson[];
  decisions: DecisionRecord[];
  waivers: WaiverRecord[];
  conditions: ConditionRecord[];
  execution: ExecutionRecord;
  /** How it goes by steps; absent where it comes at once. */
  rollout?: RolloutRecord;
  /** What each revision was about, for who looked at an older one. */
  log: Array<{ revision: number; at: string; what: string }>;
  /** Since when something else is live than what this promotion brought there; null where that is not so. */
  movedElsewhere: { at: string; version: string | null } | null;
}

/** States in which a promotion waits for decisions. */
export const OPEN_STATES: readonly PromotionState[] = [
  'requested',
  'in_review',
];

/** States from which nothing leads on. */
export const FINAL_STATES: readonly PromotionState[] = [
  'refused',
  'withdrawn',
  'expired',
  'superseded',
  'rolled_back',
];
