import { Promotion } from '@modelport/plugin-modelport-common';
import { ChangedMeasurements } from './ChangedMeasurements';
import { actionsFor } from './promotionActions';
import { PromotionDrafts } from './PromotionDrafts';
import { PromotionRecord } from './PromotionRecord';
import { PromotionsAccess } from './PromotionsAccess';
import { QuorumReaches } from './QuorumReaches';
import { toPromotion } from './toPromotion';

type Request = Parameters<PromotionsAccess['anyPerson']>[0];

/** Promotions as the API answers them. */
export class PromotionAnswers {
  constructor(
    private readonly options: {
      drafts: Pick<PromotionDrafts, 'policyDigestToday'>;
      quorumReaches: QuorumReaches;
      changedMeasurements: ChangedMeasurements;
      promotionsAccess: PromotionsAccess;
      now: () => Date;
    },
  ) {}

  /** Without what depends on who asks, as in a list. */
  plain(
    record: PromotionRecord,
    more: Pick<Promotion, 'actions' | 'reach' | 'changedMeasurements'> = {
      actions: null,
      reach: null,
      changedMeasurements: null,
    },
  ): Promotion {
    return toPromotion(record, {
      at: this.now(),
      policyDigest: this.options.drafts.policyDigestToday(record),
      ...more,
    });
  }

  /** With all that who asks needs to decide. */
  async to(request: Request, record: PromotionRecord): Promise<Promotion> {
    const { promotionsAccess, quorumReaches } = this.options;
    const who = await promotionsAccess.whoAsks(request);
    const [actions, reach, changedMeasurements] = await Promise.all([
      actionsFor(promotionsAccess, request, record, this.now()),
      quorumReaches.of(record, who?.entityRef),
      this.options.changedMeasurements.of(record),
    ]);
    return this.plain(record, { actions, reach, changedMeasurements });
  }

  private now(): string {
    return this.options.now().toISOString();
  }
}
