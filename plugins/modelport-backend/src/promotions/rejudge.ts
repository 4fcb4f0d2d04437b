import {
  JudgedGate,
  Judgement,
  OPEN_STATES,
  PromotionRecord,
} from './PromotionRecord';
import { revise } from './revise';

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
  const { id, outcome, value, evidence, blocking } = gate;
  return JSON.stringify([id, outcome, value, evidence, blocking]);
}
