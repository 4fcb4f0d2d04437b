import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { messageOf } from '../messageOf';
import { auditOf, judgementDetail, stateAudit } from './auditOf';
import { GateFactsReader, judgedKey } from './GateFactsReader';
import { ModelsService } from '../models/ModelsService';
import { PromotionChanges } from './PromotionChanges';
import { PromotionDrafts } from './PromotionDrafts';
import { PromotionJudge } from './PromotionJudge';
import { OPEN_STATES, PromotionRecord } from './PromotionRecord';
import { RaisedTier, raiseTier, rejudge } from './rejudge';
import { settleUnseen } from './revise';
import { PromotionsStore } from './PromotionsStore';

/** Judges undecided promotions anew where what they are judged on has changed. */
export class PromotionJudging {
  constructor(
    private readonly options: {
      facts: Pick<GateFactsReader, 'key'>;
      judge: Pick<PromotionJudge, 'judge'>;
      models: Pick<ModelsService, 'get'>;
      drafts: Pick<PromotionDrafts, 'raised'>;
      store: PromotionsStore;
      changes: PromotionChanges;
      logger: LoggerService;
      now: () => Date;
    },
  ) {}

  /**
   * A promotion as it is now: where what it is judged on has changed, judged anew.
   *
   * @param options - with `failed` also one of which the execution failed, which is to be tried again; with `anew`
   *   whether or not anything is known to have changed, as for who decides.
   */
  async current(
    id: string,
    options: { failed?: boolean; anew?: boolean } = {},
  ): Promise<PromotionRecord> {
    const { promotion, facts: known } = await this.options.store.get(id);
    const isJudged = [
      ...OPEN_STATES,
      ...(options.failed ? ['failed'] : []),
    ].includes(promotion.state);
    if (!isJudged) {
      return promotion;
    }
    try {
      return await this.judgedAnew(promotion, { ...options, known });
    } catch (error) {
      const isRead = !options.anew && !options.failed;
      if (isRead && error instanceof NotFoundError) {
        // Of what is gone nothing more is known; what was asked and said can still be read.
        return promotion;
      }
      throw error;
    }
  }

  private async judgedAnew(
    promotion: PromotionRecord,
    options: { failed?: boolean; anew?: boolean; known: string },
  ): Promise<PromotionRecord> {
    const { facts } = this.options;
    if (promotion.kind === 'rollback') {
      return this.currentRollback(promotion);
    }
    const key = await facts.key(promotion, this.now());
    if (key === options.known && !options.failed && !options.anew) {
      return promotion;
    }
    const { facts: read, ...now } = await this.options.judge.judge(promotion);
    const { judgement, raised } = now;
    return this.options.changes.change(promotion, before => {
      const next = rejudge(before, now);
      const settled = settleUnseen(next, judgement.at);
      const isNews = next.revision !== before.revision;
      return {
        promotion: settled,
        facts: judgedKey(key, read),
        audit: isNews
          ? [
              auditOf(settled, {
                actor: 'service:modelport',
                action: 'promotion.evidence-changed',
                at: judgement.at,
                detail: {
                  ...judgementDetail(judgement),
                  ...(raised && raisedDetail(raised)),
                  what: next.log
                    .filter(({ revision }) => revision > before.revision)
                    .map(({ what }) => what),
                },
              }),
              ...stateAudit(before, settled, judgement.at, 'policy'),
            ]
          : [],
      };
    });
  }

  /**
   * A rollback takes the quorum of the risk tier as it is now. What it is checked for was checked when it was asked for,
   * and is again when it is executed.
   */
  private async currentRollback(
    promotion: PromotionRecord,
  ): Promise<PromotionRecord> {
    const { models, drafts, changes } = this.options;
    const { source, name } = promotion;
    const raised = await drafts.raised(
      promotion,
      await models.get(source, name, undefined),
    );
    if (!raised) {
      return promotion;
    }
    const at = this.now();
    return changes.change(promotion, before => {
      const next = raiseTier(before, raised, at);
      return {
        promotion: next,
        audit:
          next === before
            ? []
            : [
                auditOf(next, {
                  actor: 'service:modelport',
                  action: 'promotion.evidence-changed',
                  at,
                  detail: raisedDetail(raised),
                }),
              ],
      };
    });
  }

  /** Judges the undecided promotions of a model anew where something new is known of it. */
  async refreshModel(model: { source: string; name: string }): Promise<void> {
    for (const id of await this.options.store.idsIn(OPEN_STATES, {
      source: model.source,
      name: model.name,
    })) {
      try {
        await this.current(id);
      } catch (error) {
        // Whoever looks at it next has it judged anew.
        this.options.logger.warn(
          `The promotion ${id} could not be judged anew just now: ${messageOf(
            error,
          )}`,
        );
      }
    }
  }

  private now(): string {
    return this.options.now().toISOString();
  }
}

function raisedDetail(raised: RaisedTier): Record<string, unknown> {
  const { riskTier, riskTierConfirmed, policy } = raised;
  return { riskTier, riskTierConfirmed, approvals: policy.approvals };
}
