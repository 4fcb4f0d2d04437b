import { ConflictError } from '@backstage/errors';
import { PromotionDecisionKind } from '@modelport/plugin-modelport-common';
import { auditOf, judgementDetail, stateAudit } from './auditOf';
import { retry } from './executionRules';
import { People } from './People';
import { PromotionChanges } from './PromotionChanges';
import { PromotionJudging } from './PromotionJudging';
import { ConditionRecord, PromotionRecord } from './PromotionRecord';
import { closeCondition, decide, waive, withdraw } from './promotionRules';
import { PromotionsStore } from './PromotionsStore';
import { RegistryAliases } from './RegistryAliases';

/**
 * What people do with promotions. Who may do what by permission is the caller's to check; that nobody decides on their
 * own work is checked here.
 */
export class PromotionReviews {
  constructor(
    private readonly options: {
      people: People;
      store: PromotionsStore;
      judging: PromotionJudging;
      changes: PromotionChanges;
      aliases: RegistryAliases;
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
    const before = await this.options.judging.current(command.id);
    const person = await this.options.people.reviewer(command.person);
    const at = this.now();
    return this.options.changes.change(before, promotion => {
      const decided = decide(promotion, { ...command, person, at });
      return {
        promotion: decided,
        audit: [
          auditOf(decided, {
            actor: person.entityRef,
            action: `promotion.decision-${command.decision}`,
            at,
            detail: {
              comment: command.comment,
              conditions: command.conditions,
              groups: person.groups,
              deputyFor: person.deputyFor,
              lookedAt: command.revision,
              ...judgementDetail(promotion.now ?? promotion.requested),
            },
          }),
          ...stateAudit(promotion, decided, at, person.entityRef),
        ],
      };
    });
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
    const before = await this.options.judging.current(command.id);
    const person = await this.options.people.reviewer(command.person);
    const at = this.now();
    return this.options.changes.change(before, promotion => {
      const waived = waive(promotion, { ...command, person, at });
      return {
        promotion: waived,
        audit: [
          auditOf(waived, {
            actor: person.entityRef,
            action: 'promotion.gate-waived',
            at,
            detail: {
              gate: command.gate,
              reason: command.reason,
              control: command.control,
              expiresAt: command.expiresAt,
              groups: person.groups,
              deputyFor: person.deputyFor,
            },
          }),
          ...stateAudit(promotion, waived, at, person.entityRef),
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
    return this.options.changes.change(before, promotion => ({
      // A word changes nothing of what others look at.
      promotion: {
        ...promotion,
        comments: [...promotion.comments, { by, text, at }],
      },
      audit: [
        auditOf(promotion, {
          actor: by,
          action: 'promotion.commented',
          at,
          detail: { text },
        }),
      ],
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
    const at = this.now();
    return this.options.changes.change(before, promotion => {
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
    const { store, aliases } = this.options;
    const { promotion: before } = await store.get(command.id);
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
    const { current } = await aliases.read(source, {
      name,
      version,
      alias: policy.alias,
    });
    return this.options.changes.change(before, promotion => {
      const again = retry(promotion, {
        by: command.by,
        expected: current,
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
