import { ConflictError } from '@backstage/errors';
import { PromotionComment } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';

/** Comments on one promotion. */
const MOST_COMMENTS = 500;

/** Keeps what people said about promotions. */
export class PromotionComments {
  constructor(private readonly knex: Knex) {}

  /** All of one promotion, the oldest first. */
  async of(promotionId: string): Promise<PromotionComment[]> {
    return this.knex('promotions_comments')
      .where({ promotion_id: Number(promotionId) })
      .orderBy('id')
      .select('by', 'text', 'at');
  }

  /**
   * Adds one, within a transaction that holds the promotion.
   *
   * @throws `ConflictError` where the promotion has as many as it takes.
   */
  async add(
    trx: Knex.Transaction,
    promotionId: string,
    { by, text, at }: PromotionComment,
  ): Promise<void> {
    const of = { promotion_id: Number(promotionId) };
    const { count } = await trx('promotions_comments')
      .where(of)
      .count({ count: '*' })
      .first<{ count: number | string }>();
    if (Number(count) >= MOST_COMMENTS) {
      throw new ConflictError(
        `The promotion ${promotionId} has ${MOST_COMMENTS} comments already, which are all that it takes. Nothing was kept.`,
      );
    }
    await trx('promotions_comments').insert({ ...of, by, text, at });
  }
}
