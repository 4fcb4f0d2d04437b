import {
  PromotionDecision,
  PromotionQuorum,
} from '@modelport/plugin-modelport-common';
import {
  DecisionRecord,
  JudgedGate,
  OPEN_STATES,
  PromotionRecord,
} from './PromotionRecord';
import { TierPolicy } from './promotionsConfig';
import type { Reviewer } from './refusals';

/** Gates that count now: those judged last. */
export function gatesOf(
  promotion: Pick<PromotionRecord, 'requested' | 'now'>,
): JudgedGate[] {
  return (promotion.now ?? promotion.requested).gates;
}

/** Gates that keep a promotion from being approved: they did not pass, block, and no waiver holds for them. */
export function blockingGates(
  promotion: Pick<PromotionRecord, 'requested' | 'now' | 'waivers'>,
  at: string,
): JudgedGate[] {
  return gatesOf(promotion).filter(
    gate =>
      gate.outcome !== 'pass' &&
      gate.blocking &&
      !promotion.waivers.some(
        waiver => waiver.gate === gate.id && waiver.expiresAt > at,
      ),
  );
}

/** How many approvals it takes: without a single waiver and with all gates passed it may be none at all. */
export function requiredApprovals(
  promotion: Pick<PromotionRecord, 'requested' | 'now' | 'policy'>,
): number {
  const { approvals } = promotion.policy.approvals;
  const allPass = gatesOf(promotion).every(
    gate => gate.outcome === 'pass' || !gate.blocking,
  );
  return allPass ? approvals : Math.max(1, approvals);
}

/** Approvals of those who may give them, as far as is known by now, on what is judged now. */
export function countingApprovals(
  promotion: Pick<
    PromotionRecord,
    'kind' | 'decisions' | 'excluded' | 'changedAtRevision'
  >,
): DecisionRecord[] {
  const excluded = new Set(
    promotion.excluded
      // Where one decision is enough to go back, it is that of who asks.
      .filter(({ why }) => promotion.kind !== 'rollback' || why !== 'requester')
      .map(({ entityRef }) => entityRef),
  );
  return promotion.decisions.filter(
    decision =>
      decision.decision === 'approve' &&
      !excluded.has(decision.by) &&
      !isOutdated(promotion, decision),
  );
}

/** Whether somebody decided on other evidence than that which is judged now. */
export function isOutdated(
  { changedAtRevision }: Pick<PromotionRecord, 'changedAtRevision'>,
  { revision }: Pick<DecisionRecord, 'revision'>,
): boolean {
  return changedAtRevision !== null && revision < changedAtRevision;
}

/** Why approvals do not count, by who gave them; those that count are absent. */
export function whyNotCounted(
  promotion: Parameters<typeof countingApprovals>[0] &
    Pick<PromotionRecord, 'policy'>,
): (decision: DecisionRecord) => PromotionDecision['notCounted'] {
  const counting = countingApprovals(promotion);
  const { differentGroups } = promotion.policy.approvals;
  const sameGroups = differentGroups
    ? counting.filter(
        (_approval, place) =>
          distinct(counting.slice(0, place + 1)) ===
          distinct(counting.slice(0, place)),
      )
    : [];
  return decision => {
    if (decision.decision !== 'approve') {
      return null;
    }
    if (isOutdated(promotion, decision)) {
      return 'changed';
    }
    if (!counting.includes(decision)) {
      return 'own-work';
    }
    return sameGroups.includes(decision) ? 'same-groups' : null;
  };
}

/** What approvals there are and who is waited for. */
export function quorumOf(
  promotion: Pick<
    PromotionRecord,
    | 'kind'
    | 'state'
    | 'requested'
    | 'now'
    | 'policy'
    | 'decisions'
    | 'owner'
    | 'excluded'
    | 'changedAtRevision'
  >,
): PromotionQuorum & { met: boolean } {
  const policy = promotion.policy.approvals;
  const approvals = countingApprovals(promotion);
  const required = requiredApprovals(promotion);
  const given = countApprovals(policy, approvals);
  const fromNamed = hasOneFrom(policy, approvals);
  const met = given >= required && (required === 0 || fromNamed);
  return {
    required,
    given: Math.min(given, required),
    differentGroups: policy.differentGroups,
    oneFrom: policy.oneFrom,
    waitingFor: OPEN_STATES.includes(promotion.state)
      ? waitingFor(promotion, { given, fromNamed, required, approvals })
      : [],
    met,
  };
}

/** Whether the quorum would be met if some people approved now, too. */
export function wouldBeMet(
  promotion: Parameters<typeof quorumOf>[0] & Pick<PromotionRecord, 'revision'>,
  people: Array<Pick<Reviewer, 'entityRef' | 'groups' | 'allGroups'>>,
): boolean {
  const { revision } = promotion;
  const approvals = people.map(
    ({ entityRef, groups, allGroups }): DecisionRecord => ({
      by: entityRef,
      decision: 'approve',
      comment: null,
      at: '',
      groups,
      allGroups,
      revision,
    }),
  );
  const decisions = [...promotion.decisions, ...approvals];
  return quorumOf({ ...promotion, decisions }).met;
}

function hasOneFrom(policy: TierPolicy, approvals: DecisionRecord[]): boolean {
  return (
    policy.oneFrom.length === 0 ||
    approvals.some(({ allGroups }) =>
      policy.oneFrom.some(group => allGroups.includes(group)),
    )
  );
}

/**
 * How many approvals count: with different groups asked for, the most of them that can each be given a group of their
 * own, where people who are of exactly the same groups count as one: whatever those are called, they are no different
 * ones. While an approval of a named group is missing, the last place is kept for it.
 */
function countApprovals(
  policy: TierPolicy,
  approvals: DecisionRecord[],
): number {
  const counted = policy.differentGroups
    ? distinct(approvals)
    : approvals.length;
  return hasOneFrom(policy, approvals)
    ? counted
    : Math.min(counted, Math.max(0, policy.approvals - 1));
}

/** The most approvals that can each be given a group of their own. */
function distinct(approvals: DecisionRecord[]): number {
  return matching(differing(approvals.map(({ groups }) => groups)));
}

/** Each set of groups once. */
function differing(groupsOf: string[][]): string[][] {
  return [
    ...new Map(
      groupsOf.map(groups => [
        JSON.stringify([...new Set(groups)].sort()),
        groups,
      ]),
    ).values(),
  ];
}

/** The size of the largest matching of people with groups, by augmenting paths. */
function matching(groupsOf: string[][]): number {
  const holder = new Map<string, number>();
  const place = (person: number, tried: Set<string>): boolean =>
    groupsOf[person].some(group => {
      if (tried.has(group)) {
        return false;
      }
      tried.add(group);
      const other = holder.get(group);
      if (other === undefined || place(other, tried)) {
        holder.set(group, person);
        return true;
      }
      return false;
    });
  return groupsOf.filter((_groups, person) => place(person, new Set())).length;
}

/** Whose decision is missing; where only a gate is in the way, who may judge it. */
function waitingFor(
  promotion: Pick<PromotionRecord, 'policy' | 'owner'>,
  state: {
    given: number;
    fromNamed: boolean;
    required: number;
    approvals: DecisionRecord[];
  },
): string[] {
  const { policy, owner } = promotion;
  const { differentGroups, oneFrom } = policy.approvals;
  const refs = new Set<string>();
  if (!state.fromNamed) {
    oneFrom.forEach(group => refs.add(group));
  }
  const missing = state.required - state.given - (state.fromNamed ? 0 : 1);
  if (missing > 0 || refs.size === 0) {
    const taken = new Set(
      differentGroups && missing > 0
        ? state.approvals.flatMap(({ groups }) => groups)
        : [],
    );
    // Where only a gate is in the way, it is for who may waive it.
    const owners =
      owner && (missing > 0 || policy.riskGroups.length === 0) ? [owner] : [];
    for (const ref of [...owners, ...policy.riskGroups]) {
      if (!taken.has(ref)) {
        refs.add(ref);
      }
    }
  }
  return [...refs];
}
