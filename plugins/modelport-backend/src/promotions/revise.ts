import { OPEN_STATES, PromotionRecord } from './PromotionRecord';
import { blockingGates, quorumOf, requiredApprovals } from './quorum';

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

/** Approves a promotion whose quorum is met and that no gate blocks; as it is otherwise. */
export function settle(
  promotion: PromotionRecord,
  at: string,
): PromotionRecord {
  return OPEN_STATES.includes(promotion.state) &&
    promotion.expiresAt > at &&
    quorumOf(promotion).met &&
    blockingGates(promotion, at).length === 0
    ? { ...promotion, state: 'approved', decidedAt: at }
    : promotion;
}

/** Approves what takes nobody's approval. What was judged anew is looked at by somebody before it is executed. */
export function settleUnseen(
  promotion: PromotionRecord,
  at: string,
): PromotionRecord {
  return requiredApprovals(promotion) === 0 ? settle(promotion, at) : promotion;
}
