import { NotFoundError } from '@backstage/errors';
import { CustomGates } from './CustomGates';
import { whyNotApproved } from './executionRules';
import { GateFactsReader } from './GateFactsReader';
import { GateFacts } from './gates/types';
import { judgePromotion } from './judgePromotion';
import { excludedOf } from './makersOf';
import { People } from './People';
import { PromotionDrafts } from './PromotionDrafts';
import { PromotionRecord } from './PromotionRecord';
import { RULES_GATE } from './readModelRules';
import { asKnownNow, KnownNow } from './rejudge';

/** Judges what was asked for with all that is known now; keeps nothing. */
export class PromotionJudge {
  constructor(
    private readonly options: {
      facts: GateFactsReader;
      drafts: Pick<PromotionDrafts, 'raised'>;
      people: People;
      custom: CustomGates;
      now: () => Date;
    },
  ) {}

  async judge(
    promotion: PromotionRecord,
  ): Promise<KnownNow & { facts: GateFacts }> {
    const { people, custom } = this.options;
    const facts = await this.options.facts.read(promotion, this.now());
    const raised = await this.options.drafts.raised(promotion, facts.model);
    const { requestedBy } = promotion;
    const { excluded, ...made } = await excludedOf({
      ...{ facts, people, requestedBy },
    });
    const { policy, riskTier } = raised ?? promotion;
    // Who may tag the model must not choose another one meanwhile.
    const { mainMetric = facts.model.mainMetric?.key ?? null } = promotion;
    const judged = await judgePromotion({
      ...{ policy, riskTier, mainMetric, facts, custom },
      ...made,
    });
    return {
      facts,
      raised,
      excluded,
      owner: facts.model.owner,
      judgement: {
        ...judged,
        gates: [
          ...judged.gates,
          ...promotion.requested.gates.filter(
            ({ type }) => type === RULES_GATE,
          ),
        ],
      },
    };
  }

  /**
   * Why what was approved would not be any more, as where it waited for its registry and a waiver is over by now; null
   * where it would. What is checked of a rollback is checked at the registry.
   */
  async whyNotApproved(promotion: PromotionRecord): Promise<string | null> {
    if (promotion.kind === 'rollback') {
      return null;
    }
    try {
      const known = await this.judge(promotion);
      return whyNotApproved(asKnownNow(promotion, known), this.now());
    } catch (error) {
      if (error instanceof NotFoundError) {
        return error.message;
      }
      throw error;
    }
  }

  private now(): string {
    return this.options.now().toISOString();
  }
}
