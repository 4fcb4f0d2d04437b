import {
  JudgedGate,
  Judgement,
  OPEN_STATES,
  PromotionRecord,
} from './PromotionRecord';
import { revise } from './revise';

/** What is known of a promotion now. */
export interface KnownNow {
  judgement: Judgement;
  /** Whose own work it is. */
  excluded: PromotionRecord['excluded'];
  /** Of the model. */
  owner: string | null;
  /** Where the risk tier of the model was raised. */
  raised?: RaisedTier;
}

/** What a promotion takes since the risk tier of its model is a higher one. */
export type RaisedTier = Pick<
  PromotionRecord,
  'riskTier' | 'riskTierConfirmed' | 'policy' | 'policyDigest'
>;

/**
 * Takes what gates and evidence say now, and whose work it is as far as is known now; as it is where that is the same as
 * before. Approvals on what was before count no more, nor do waivers of gates that came out otherwise.
 */
export function rejudge(
  promotion: PromotionRecord,
  { judgement, excluded, owner, raised }: KnownNow,
): PromotionRecord {
  if (![...OPEN_STATES, 'failed'].includes(promotion.state)) {
    return promotion;
  }
  const { at } = judgement;
  const known = withoutThoseOf(
    withOwner(raised ? raiseTier(promotion, raised, at) : promotion, owner, at),
    excluded,
    at,
  );
  if (gist(known.now ?? known.requested) === gist(judgement)) {
    return known;
  }
  const voided = voidedBy(known, judgement);
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
  return isSameToApprove(known.now ?? known.requested, judgement)
    ? revised
    : { ...revised, changedAtRevision: revised.revision };
}

/** Whether gates come out as they did when approvals were given, if on more documents: those count on. */
function isSameToApprove(before: Judgement, after: Judgement): boolean {
  const said = ({ gates }: Judgement) =>
    JSON.stringify(
      gates.map(gate => [
        ...[gate.id, gate.outcome, valueOf(gate), gate.blocking],
      ]),
    );
  return said(before) === said(after);
}

/**
 * What was approved, as it stands with what is known now: approvals given on evidence that has changed since count as
 * they did, those of who made it don't, nor do waivers of gates that came out otherwise.
 */
export function asKnownNow(
  promotion: PromotionRecord,
  { judgement, excluded, raised }: KnownNow,
): PromotionRecord {
  const known = withoutThoseOf(
    { ...promotion, ...raised },
    excluded,
    judgement.at,
  );
  const voided = voidedBy(known, judgement);
  return {
    ...known,
    now: judgement,
    waivers: known.waivers.filter(waiver => !voided.includes(waiver)),
  };
}

/** Waivers of gates that came out otherwise by now. */
function voidedBy(promotion: PromotionRecord, judgement: Judgement) {
  const changed = (promotion.now ?? promotion.requested).gates
    .filter(gate => {
      const now = judgement.gates.find(({ id }) => id === gate.id);
      return !now || gateGist(now) !== gateGist(gate);
    })
    .map(({ id }) => id);
  return promotion.waivers.filter(({ gate }) => changed.includes(gate));
}

/** Notes that the model belongs to others: who is waited for, and who may by permission, goes by the owner of today. */
function withOwner(
  promotion: PromotionRecord,
  owner: string | null,
  at: string,
): PromotionRecord {
  return promotion.owner === owner
    ? promotion
    : revise(
        { ...promotion, owner },
        at,
        `The owner of ${promotion.name} is ${owner ?? 'nobody'} by now`,
      );
}

/** Notes whose work it is besides, and that what they approved and waived counts no more. */
function withoutThoseOf(
  promotion: PromotionRecord,
  excluded: PromotionRecord['excluded'],
  at: string,
): PromotionRecord {
  const found = excluded.filter(
    ({ entityRef }) =>
      !promotion.excluded.some(other => other.entityRef === entityRef),
  );
  if (found.length === 0) {
    return promotion;
  }
  const lost = found.filter(({ entityRef }) =>
    promotion.decisions.some(
      ({ by, decision }) => by === entityRef && decision === 'approve',
    ),
  );
  const unwaived = promotion.waivers.filter(({ by }) =>
    found.some(({ entityRef }) => entityRef === by),
  );
  return revise(
    {
      ...promotion,
      excluded: [...promotion.excluded, ...found],
      waivers: promotion.waivers.filter(waiver => !unwaived.includes(waiver)),
    },
    at,
    `It is known by now that ${found
      .map(({ entityRef, why }) => `${entityRef} is its ${why}`)
      .join(' and ')}${
      lost.length > 0
        ? `; the approval of ${lost
            .map(({ entityRef }) => entityRef)
            .join(' and ')} counts no more`
        : ''
    }${
      unwaived.length > 0
        ? `; the waiver of ${unwaived
            .map(({ gate }) => gate)
            .join(' and ')} holds no more`
        : ''
    }`,
  );
}

/** Takes the stricter policy of a higher risk tier: who approved under the lower one looks at it again. */
export function raiseTier(
  promotion: PromotionRecord,
  raised: RaisedTier,
  at: string,
): PromotionRecord {
  if (![...OPEN_STATES, 'failed'].includes(promotion.state)) {
    return promotion;
  }
  const revised = revise(
    { ...promotion, ...raised },
    at,
    `The risk tier of ${promotion.name} was raised from ${promotion.riskTier} to ${raised.riskTier}; what is stricter there holds for it`,
  );
  return { ...revised, changedAtRevision: revised.revision };
}

/** What of a judgement counts: words and ages may be others each time. */
function gist(judgement: Judgement): string {
  return JSON.stringify([
    judgement.gates.map(gateGist),
    // What gates were judged on of the live version they name themselves.
    judgement.evidence
      .filter(({ version }) => version === undefined)
      .map(({ kind, digest }) => `${kind} ${digest}`)
      .sort(),
  ]);
}

function gateGist(gate: JudgedGate): string {
  const { id, outcome, evidence, blocking } = gate;
  return JSON.stringify([id, outcome, valueOf(gate), evidence, blocking]);
}

/** What a module judges may have another figure at each look; how it comes out counts. */
function valueOf({ type, value }: JudgedGate): JudgedGate['value'] {
  return type === 'custom' ? null : value;
}
