import { Promotion } from '@modelport/plugin-modelport-common';
import { ChangedMeasurements } from './ChangedMeasurements';
import { actionsFor } from './promotionActions';
import { PromotionComments } from './PromotionComments';
import { PromotionDrafts } from './PromotionDrafts';
import { PromotionRecord } from './PromotionRecord';
import { PromotionsAccess } from './PromotionsAccess';
import { QuorumReaches } from './QuorumReaches';
import { toPromotion } from './toPromotion';

type Request = Parameters<PromotionsAccess['anyPerson']>[0];

type More = Pick<
  Promotion,
  'actions' | 'reach' | 'changedMeasurements' | 'comments'
>;

/** Promotions as the API answers them. */
export class PromotionAnswers {
  constructor(
    private readonly options: {
      drafts: Pick<PromotionDrafts, 'policyDigestToday'>;
      quorumReaches: QuorumReaches;
      changedMeasurements: ChangedMeasurements;
      promotionComments: PromotionComments;
      promotionsAccess: PromotionsAccess;
      now: () => Date;
    },
  ) {}

  /** As in a list: without what people said, and without what depends on who asks. */
  plain(record: PromotionRecord, more: Partial<More> = {}): Promotion {
    return toPromotion(record, {
      at: this.now(),
      policyDigest: this.options.drafts.policyDigestToday(record),
      actions: null,
      reach: null,
      changedMeasurements: null,
      comments: null,
      ...more,
    });
  }

  /** For whoever reads it outside the portal. */
  async forPack(record: PromotionRecord): Promise<Promotion> {
    const comments = await this.options.promotionComments.of(record.id);
    return this.plain(record, { comments });
  }

  /** With all that who asks needs to decide. */
  async to(request: Request, record: PromotionRecord): Promise<Promotion> {
    const { promotionsAccess, quorumReaches } = this.options;
    const who = await promotionsAccess.whoAsks(request);
    const [actions, reach, changedMeasurements, comments] = await Promise.all([
      actionsFor(promotionsAccess, request, record, this.now()),
      quorumReaches.of(record, who?.entityRef),
      this.options.changedMeasurements.of(record),
      this.options.promotionComments.of(record.id),
    ]);
    return this.plain(record, {
      actions,
      reach,
      changedMeasurements,
      comments,
    });
  }

  private now(): string {
    return this.options.now().toISOString();
  }
}
