import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { PromotionDecisionKind } from '@modelport/plugin-modelport-common';
import {
  ConditionRecord,
  Judgement,
  JudgedGate,
  OPEN_STATES,
  PromotionRecord,
} from './PromotionRecord';
import {
  blockingGates,
  gatesOf,
  isOutdated,
  quorumOf,
  requiredApprovals,
} from './quorum';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Id of the gate of authors who can't be mapped to people. */
export const AUTHORS_GATE = 'authors';

const PAST: Record<PromotionDecisionKind, string> = {
  approve: 'approved',
  refuse: 'refused',
  recuse: 'recused',
};

/** Somebody with the groups that the catalog has at this moment. */
export interface Reviewer {
  entityRef: string;
  groups: string[];
  allGroups: string[];
  /** Those of the groups that the person is no member of, and decides for as a deputy. */
  deputyFor: string[];
}

/** @throws `ConflictError` where a promotion no longer waits for decisions. */
export function refuseUnlessOpen(promotion: PromotionRecord): void {
  if (!OPEN_STATES.includes(promotion.state)) {
    throw new ConflictError(
      `The promotion ${promotion.id} is ${promotion.state}; nothing can be decided any more, and nothing was kept`,
    );
  }
}

/** @throws `NotAllowedError` where it is the person's own work. */
export function refuseOwnWork(
  promotion: PromotionRecord,
  person: string,
  what: string,
): void {
  const own = promotion.excluded.find(({ entityRef }) => entityRef === person);
  if (own) {
    throw new NotAllowedError(
      `You are the ${own.why} of what the promotion ${promotion.id} brings; nobody ${what} their own work. Nothing was kept.`,
    );
  }
}

/** Says why a person may not decide; undefined where they may. */
export function whyNotDecide(
  promotion: PromotionRecord,
  person: string,
): string | undefined {
  try {
    refuseUnlessOpen(promotion);
    refuseOwnWork(promotion, person, 'decides on');
    refuseRepeat(promotion, person);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Takes a person's decision. The refusal of one ends a promotion; the approval that completes it approves it. */
export function decide(
  promotion: PromotionRecord,
  command: {
    person: Reviewer;
    decision: PromotionDecisionKind;
    comment: string | null;
    conditions: Array<Pick<ConditionRecord, 'text' | 'owner' | 'due'>>;
    revision: number;
    at: string;
  },
): PromotionRecord {
  const { person, decision, at } = command;
  if (decision !== 'recuse') {
    refuseOwnWork(promotion, person.entityRef, 'decides on');
  }
  refuseUnlessOpen(promotion);
  refuseRepeat(promotion, person.entityRef);
  refuseStale(promotion, command.revision);
  if (command.conditions.length > 0 && decision !== 'approve') {
    throw new InputError(
      'Only an approval has conditions; nothing was kept. Leave them out, or approve.',
    );
  }
  const conditions = command.conditions.map((condition, index) => ({
    id: String(promotion.conditions.length + index + 1),
    ...condition,
    due: futureTime('due', condition.due, at),
    by: person.entityRef,
    closedAt: null,
    closedBy: null,
    closingComment: null,
  }));
  const decided = revise(
    {
      ...promotion,
      state: decision === 'refuse' ? 'refused' : 'in_review',
      decisions: [
        ...promotion.decisions,
        {
          by: person.entityRef,
          decision,
          comment: command.comment,
          at,
          groups: person.groups,
          allGroups: person.allGroups,
          revision: command.revision,
        },
      ],
      conditions: [...promotion.conditions, ...conditions],
    },
    at,
    `${person.entityRef} ${PAST[decision]}`,
  );
  return settle(decided, at);
}

/** Lets a gate count as passed for a time, with what makes up for it. */
export function waive(
  promotion: PromotionRecord,
  command: {
    person: Reviewer;
    gate: string;
    reason: string;
    control: string;
    expiresAt: string;
    revision: number;
    at: string;
  },
): PromotionRecord {
  const { person, at } = command;
  refuseOwnWork(promotion, person.entityRef, 'waives gates for');
  refuseUnlessOpen(promotion);
  const gate = gatesOf(promotion).find(({ id }) => id === command.gate);
  if (!gate) {
    throw new InputError(
      `The promotion ${promotion.id} has no gate "${
        command.gate
      }"; it has ${gatesOf(promotion)
        .map(({ id }) => id)
        .join(', ')}`,
    );
  }
  refuseUnlessWaivable(promotion, gate, person);
  refuseStale(promotion, command.revision);
  const expiresAt = futureTime('expiresAt', command.expiresAt, at);
  const most =
    new Date(at).getTime() + promotion.policy.waiverMaximumDays * DAY_MS;
  if (new Date(expiresAt).getTime() > most) {
    throw new InputError(
      `expiresAt is ${expiresAt}; a waiver holds for at most ${
        promotion.policy.waiverMaximumDays
      } days, till ${new Date(most).toISOString()}`,
    );
  }
  const waived = revise(
    {
      ...promotion,
      state: 'in_review',
      waivers: [
        ...promotion.waivers.filter(waiver => waiver.gate !== gate.id),
        {
          gate: gate.id,
          by: person.entityRef,
          reason: command.reason,
          control: command.control,
          expiresAt,
          at,
          expiredAt: null,
        },
      ],
    },
    at,
    `${person.entityRef} waived the gate ${gate.id}`,
  );
  return settle(waived, at);
}

function refuseUnlessWaivable(
  promotion: PromotionRecord,
  gate: JudgedGate,
  person: Reviewer,
): void {
  if (gate.outcome === 'pass') {
    throw new ConflictError(
      `The gate ${gate.id} passes; there is nothing to waive`,
    );
  }
  if (!gate.waivable) {
    throw new NotAllowedError(
      `The policy lets nobody waive the gate ${gate.id}. Nothing was kept.`,
    );
  }
  const { riskGroups } = promotion.policy;
  if (
    gate.id === AUTHORS_GATE &&
    riskGroups.length > 0 &&
    !riskGroups.some(group => person.allGroups.includes(group))
  ) {
    throw new NotAllowedError(
      `Only ${riskGroups.join(
        ' or ',
      )} may waive the gate ${AUTHORS_GATE}. Nothing was kept.`,
    );
  }
  if (
    promotion.waivers.some(
      waiver => waiver.gate === gate.id && waiver.expiredAt === null,
    )
  ) {
    throw new ConflictError(`The gate ${gate.id} is waived already`);
  }
}

/** Takes a promotion back. */
export function withdraw(
  promotion: PromotionRecord,
  command: { by: string; at: string },
): PromotionRecord {
  if (command.by !== promotion.requestedBy) {
    throw new NotAllowedError(
      `The promotion ${promotion.id} was requested by ${promotion.requestedBy}; only who requested it takes it back`,
    );
  }
  refuseUnlessOpen(promotion);
  return revise(
    { ...promotion, state: 'withdrawn' },
    command.at,
    `${command.by} withdrew it`,
  );
}

/** Ends a promotion that nobody decided in its time; as it is where its time is not over. */
export function expire(
  promotion: PromotionRecord,
  at: string,
): PromotionRecord {
  return OPEN_STATES.includes(promotion.state) && promotion.expiresAt <= at
    ? revise({ ...promotion, state: 'expired' }, at, 'It expired undecided')
    : promotion;
}

/** Notes waivers whose time is over, so that what they covered is open again. */
export function expireWaivers(
  promotion: PromotionRecord,
  at: string,
): PromotionRecord {
  const isOver = (waiver: { expiresAt: string; expiredAt: string | null }) =>
    waiver.expiredAt === null && waiver.expiresAt <= at;
  const over = promotion.waivers.filter(isOver);
  return over.length === 0
    ? promotion
    : revise(
        {
          ...promotion,
          waivers: promotion.waivers.map(waiver =>
            isOver(waiver) ? { ...waiver, expiredAt: at } : waiver,
          ),
        },
        at,
        `The waiver of ${over.map(({ gate }) => gate).join(', ')} expired`,
      );
}

/**
 * Takes what gates and evidence say now, and whose work it is as far as is known now; as it is where that is the same as
 * before. Approvals on what was before count no more, nor do waivers of gates that came out otherwise.
 */
export function rejudge(
  promotion: PromotionRecord,
  judgement: Judgement,
  excluded: PromotionRecord['excluded'] = [],
): PromotionRecord {
  if (![...OPEN_STATES, 'failed'].includes(promotion.state)) {
    return promotion;
  }
  const known = withoutApprovalsOf(
    promotion,
    excluded.filter(
      ({ entityRef }) =>
        !promotion.excluded.some(other => other.entityRef === entityRef),
    ),
    judgement.at,
  );
  const before = known.now ?? known.requested;
  if (gist(before) === gist(judgement)) {
    return known;
  }
  const changed = before.gates
    .filter(gate => {
      const now = judgement.gates.find(({ id }) => id === gate.id);
      return !now || gateGist(now) !== gateGist(gate);
    })
    .map(({ id }) => id);
  const voided = known.waivers.filter(({ gate }) => changed.includes(gate));
  const isAsRequested = gist(known.requested) === gist(judgement);
  const revised = revise(
    {
      ...known,
      now: isAsRequested ? null : judgement,
      waivers: known.waivers.filter(waiver => !voided.includes(waiver)),
    },
    judgement.at,
    `The evidence, or what the gates say of it, changed${
      voided.length > 0
        ? `; the waiver of ${voided
            .map(({ gate }) => gate)
            .join(', ')} was of what it was before, and holds no more`
        : ''
    }`,
  );
  return { ...revised, changedAtRevision: revised.revision };
}

/** Notes whose work it is besides, and that their approvals count no more. */
function withoutApprovalsOf(
  promotion: PromotionRecord,
  found: PromotionRecord['excluded'],
  at: string,
): PromotionRecord {
  if (found.length === 0) {
    return promotion;
  }
  const lost = found.filter(({ entityRef }) =>
    promotion.decisions.some(
      ({ by, decision }) => by === entityRef && decision === 'approve',
    ),
  );
  return revise(
    { ...promotion, excluded: [...promotion.excluded, ...found] },
    at,
    `It is known by now that ${found
      .map(({ entityRef, why }) => `${entityRef} is its ${why}`)
      .join(' and ')}${
      lost.length > 0
        ? `; the approval of ${lost
            .map(({ entityRef }) => entityRef)
            .join(' and ')} counts no more`
        : ''
    }`,
  );
}

/** What of a judgement counts: words and ages may be others each time. */
function gist(judgement: Judgement): string {
  return JSON.stringify([
    judgement.gates.map(gateGist),
    judgement.evidence.map(({ kind, digest }) => `${kind} ${digest}`).sort(),
  ]);
}

function gateGist(gate: JudgedGate): string {
  const { id, outcome, value, evidence, blocking } = gate;
  return JSON.stringify([id, outcome, value, evidence, blocking]);
}

/** Closes a condition. */
export function closeCondition(
  promotion: PromotionRecord,
  command: { id: string; by: string; comment: string; at: string },
): PromotionRecord {
  const condition = promotion.conditions.find(({ id }) => id === command.id);
  if (!condition) {
    throw new InputError(
      `The promotion ${promotion.id} has no condition ${command.id}`,
    );
  }
  if (condition.closedAt !== null) {
    throw new ConflictError(
      `The condition ${command.id} was closed by ${condition.closedBy} at ${condition.closedAt}`,
    );
  }
  return revise(
    {
      ...promotion,
      conditions: promotion.conditions.map(other =>
        other.id === command.id
          ? {
              ...other,
              closedAt: command.at,
              closedBy: command.by,
              closingComment: command.comment,
            }
          : other,
      ),
    },
    command.at,
    `${command.by} closed the condition ${command.id}`,
  );
}

/** Approves a promotion whose quorum is met and that no gate blocks; as it is otherwise. */
export function settle(
  promotion: PromotionRecord,
  at: string,
): PromotionRecord {
  return OPEN_STATES.includes(promotion.state) &&
    promotion.expiresAt > at &&
    quorumOf(promotion).met &&
    blockingGates(promotion, at).length === 0
    ? { ...promotion, state: 'approved' }
    : promotion;
}

/** Approves what takes nobody's approval. What was judged anew is looked at by somebody before it is executed. */
export function settleUnseen(
  promotion: PromotionRecord,
  at: string,
): PromotionRecord {
  return requiredApprovals(promotion) === 0 ? settle(promotion, at) : promotion;
}

/** The next revision of a promotion, with what it is about. */
export function revise(
  promotion: PromotionRecord,
  at: string,
  what: string,
): PromotionRecord {
  const revision = promotion.revision + 1;
  return {
    ...promotion,
    revision,
    updatedAt: at,
    log: [...promotion.log, { revision, at, what }],
  };
}

function refuseRepeat(promotion: PromotionRecord, person: string): void {
  const before = promotion.decisions.find(
    decision =>
      decision.by === person &&
      !(decision.decision === 'approve' && isOutdated(promotion, decision)),
  );
  if (before) {
    throw new ConflictError(
      `You ${PAST[before.decision]} the promotion ${promotion.id} at ${
        before.at
      }; a decision counts once`,
    );
  }
}

/** @throws `ConflictError` where a person looked at another revision. */
export function refuseStale(
  promotion: PromotionRecord,
  revision: number,
): void {
  if (revision !== promotion.revision) {
    const since = promotion.log
      .filter(entry => entry.revision > revision)
      .map(({ what }) => what);
    throw new ConflictError(
      `You looked at revision ${revision} of the promotion ${
        promotion.id
      }, which is at ${promotion.revision} by now${
        since.length > 0 ? `: ${since.join('; ')}` : ''
      }. Nothing was kept; look at it again.`,
    );
  }
}

function futureTime(what: string, time: string, at: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime()) || date.toISOString() <= at) {
    throw new InputError(
      `${what} is "${time.slice(
        0,
        40,
      )}"; expected a time to come, such as 2030-01-31T12:00:00Z`,
    );
  }
  return date.toISOString();
}
