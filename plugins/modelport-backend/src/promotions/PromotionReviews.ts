import { ConflictError } from '@backstage/errors';
import { PromotionDecisionKind } from '@modelport/plugin-modelport-common';
import { auditOf, judgementDetail, stateAudit } from './auditOf';
import { withKnownOwners } from './conditionOwners';
import { retry } from './executionRules';
import { People } from './People';
import { PromotionChanges } from './PromotionChanges';
import { PromotionComments } from './PromotionComments';
import { PromotionJudging } from './PromotionJudging';
import { ConditionRecord, PromotionRecord } from './PromotionRecord';
import { closeCondition, decide, withdraw } from './promotionRules';
import { refuseOwnWork, Reviewer } from './refusals';
import { waive } from './waiverRules';
import { PromotionsStore } from './PromotionsStore';
import { RegistryPlaces } from './RegistryPlaces';
import { RegistryTraffic } from './rollout/RegistryTraffic';

/**
 * What people do with promotions. Who may do what by permission is the caller's to check; that nobody decides on their
 * own work is checked here.
 */
export class PromotionReviews {
  constructor(
    private readonly options: {
      people: People;
      store: PromotionsStore;
      promotionComments: PromotionComments;
      judging: PromotionJudging;
      changes: PromotionChanges;
      places: RegistryPlaces;
      traffic: RegistryTraffic;
      now: () => Date;
    },
  ) {}

  /** Takes a decision; the approval that completes a promotion executes it. */
  async decide(command: {
    id: string;
    person: string;
    decision: PromotionDecisionKind;
    comment: string | null;
    conditions: Array<Pick<ConditionRecord, 'text' | 'owner' | 'due'>>;
    revision: number;
  }): Promise<PromotionRecord> {
    const conditions = await withKnownOwners(
      command.conditions,
      this.options.people,
    );
    return this.review(command, (promotion, reviewer) => ({
      promotion: decide(promotion, { ...command, ...reviewer, conditions }),
      action: `promotion.decision-${command.decision}`,
      detail: {
        comment: command.comment,
        conditions,
        lookedAt: command.revision,
        ...judgementDetail(promotion.now ?? promotion.requested),
      },
    }));
  }

  async waive(command: {
    id: string;
    person: string;
    gate: string;
    reason: string;
    control: string;
    expiresAt: string;
    revision: number;
  }): Promise<PromotionRecord> {
    const { gate, reason, control, expiresAt } = command;
    return this.review(command, (promotion, reviewer) => ({
      promotion: waive(promotion, { ...command, ...reviewer }),
      action: 'promotion.gate-waived',
      detail: { gate, reason, control, expiresAt },
    }));
  }

  /** Takes what a person says on a promotion as it is now, with the groups that the catalog has at this moment. */
  private async review(
    command: { id: string; person: string; decision?: PromotionDecisionKind },
    take: (
      promotion: PromotionRecord,
      reviewer: { person: Reviewer; at: string },
    ) => {
      promotion: PromotionRecord;
      action: string;
      detail: Record<string, unknown>;
    },
  ): Promise<PromotionRecord> {
    // Evidence grew old, and people became known, without anybody having been told. Who is against it needs none of that.
    const anew = !['refuse', 'recuse'].includes(command.decision ?? '');
    const before = await this.options.judging.current(command.id, { anew });
    const person = await this.options.people.reviewer(command.person);
    const at = this.now();
    const { entityRef: actor, groups, deputyFor } = person;
    return this.options.changes.change(before, promotion => {
      const {
        promotion: after,
        action,
        detail,
      } = take(promotion, {
        person,
        at,
      });
      return {
        promotion: after,
        audit: [
          auditOf(after, {
            actor,
            action,
            at,
            detail: { groups, deputyFor, ...detail },
          }),
          ...stateAudit(promotion, after, at, actor),
        ],
      };
    });
  }

  async withdraw(command: {
    id: string;
    by: string;
  }): Promise<PromotionRecord> {
    const { promotion: before } = await this.options.store.get(command.id);
    const at = this.now();
    return this.options.changes.change(before, promotion => {
      const withdrawn = withdraw(promotion, { by: command.by, at });
      return {
        promotion: withdrawn,
        audit: stateAudit(promotion, withdrawn, at, command.by),
      };
    });
  }

  async comment(command: {
    id: string;
    by: string;
    text: string;
  }): Promise<PromotionRecord> {
    const { promotion: before } = await this.options.store.get(command.id);
    const { by, text } = command;
    const at = this.now();
    // A word changes nothing of what others look at.
    return this.options.changes.change(before, promotion => ({
      promotion,
      audit: [
        auditOf(promotion, {
          actor: by,
          action: 'promotion.commented',
          at,
          detail: { text },
        }),
      ],
      also: async trx => {
        await this.options.promotionComments.add(trx, promotion.id, {
          by,
          text,
          at,
        });
        return [];
      },
    }));
  }

  async closeCondition(command: {
    id: string;
    condition: string;
    by: string;
    comment: string;
  }): Promise<PromotionRecord> {
    const { promotion: before } = await this.options.store.get(command.id);
    const { by, comment } = command;
    const { allGroups } = await this.options.people.reviewer(by);
    const at = this.now();
    return this.options.changes.change(before, promotion => {
      const owner = promotion.conditions
        .find(({ id }) => id === command.condition)
        ?.owner.toLowerCase();
      // Whoever a condition is laid on says that it is met; of others only who had no part in the work.
      if (!owner || ![by, ...allGroups].includes(owner)) {
        refuseOwnWork(promotion, by, 'closes conditions of');
      }
      const closed = closeCondition(promotion, {
        id: command.condition,
        by,
        comment,
        at,
      });
      return {
        promotion: closed,
        audit: [
          auditOf(closed, {
            actor: by,
            action: 'promotion.condition-closed',
            at,
            detail: { condition: command.condition, comment },
          }),
        ],
      };
    });
  }

  /**
   * Lets a failed execution begin again.
   *
   * @throws `ConflictError` where another promotion is live in its place by now.
   */
  async execute(command: { id: string; by: string }): Promise<PromotionRecord> {
    const { store, places } = this.options;
    // What is known by now may be other than what was approved.
    const before = await this.options.judging.current(command.id, {
      failed: true,
    });
    const { source, name, version, environment, policy } = before;
    const at = this.now();
    // What may not be tried again is refused before the registry is asked.
    retry(before, { by: command.by, expected: null, at });
    const later = (await store.idsIn(['live'], { source, name, environment }))
      .map(Number)
      .find(id => id > Number(before.id));
    if (later !== undefined) {
      throw new ConflictError(
        `The promotion ${later} is live in ${environment} by now; ask for version ${version} anew`,
      );
    }
    const { alias, copy } = policy;
    const { current } = await places.read(source, {
      name,
      version,
      alias,
      copy,
    });
    if (current !== before.execution.expected && current !== version) {
      // What came there meanwhile was not part of what was approved.
      refuseOwnWork(
        before,
        command.by,
        `replaces ${
          current === null ? 'nothing' : `version ${current}`
        }, which was not live at the request, with`,
      );
    }
    const split = await this.options.traffic.read(before);
    return this.options.changes.change(before, promotion => {
      const again = retry(promotion, {
        by: command.by,
        expected: current,
        split,
        at,
      });
      return {
        promotion: again,
        audit: [
          auditOf(again, {
            actor: command.by,
            action: 'promotion.execution-retried',
            at,
            detail: { expected: current },
          }),
        ],
      };
    });
  }

  private now(): string {
    return this.options.now().toISOString();
  }
}
