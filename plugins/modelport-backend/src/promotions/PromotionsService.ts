import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  PromotionCounts,
  PromotionDecisionKind,
  PromotionPreview,
  Version,
} from '@modelport/plugin-modelport-common';
import { messageOf } from '../messageOf';
import { refuseNull } from '../refuseNull';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { auditOf, judgementDetail } from './auditOf';
import { CustomGates } from './CustomGates';
import { retry } from './executionRules';
import { Candidate, GateFactsReader } from './GateFactsReader';
import { judgePromotion } from './judgePromotion';
import { excludedOf } from './makersOf';
import { People } from './People';
import { PromotionDrafts } from './PromotionDrafts';
import { PromotionExecutor } from './PromotionExecutor';
import { PromotionNews } from './PromotionNews';
import {
  ConditionRecord,
  OPEN_STATES,
  PromotionRecord,
} from './PromotionRecord';
import {
  closeCondition,
  decide,
  expire,
  expireWaivers,
  rejudge,
  settle,
  waive,
  withdraw,
} from './promotionRules';
import { PromotionsQuery, PromotionsStore } from './PromotionsStore';
import { quorumOf } from './quorum';
import { RULES_GATE } from './readModelRules';
import { RegistryAliases } from './RegistryAliases';

const TABLE = 'promotions_promotions';

/**
 * Promotions: the one door through which they are asked for, decided and executed, whoever asks. Who may do what by
 * permission is the caller's to check; that nobody decides on their own work is checked here.
 */
export class PromotionsService {
  constructor(
    private readonly options: {
      drafts: PromotionDrafts;
      models: ModelsService;
      facts: GateFactsReader;
      people: People;
      custom: CustomGates;
      store: PromotionsStore;
      executor: PromotionExecutor;
      aliases: RegistryAliases;
      news: PromotionNews;
      logger: LoggerService;
      now: () => Date;
    },
  ) {}

  /** What a request would meet; nothing is kept. */
  async preview(
    of: Candidate & { visibility: ModelsVisibility; requestedBy: string },
  ): Promise<Omit<PromotionPreview, 'request'>> {
    const environment = this.options.drafts.environment(of.environment);
    await this.version(of);
    const examined = await this.options.drafts.examine(of, of.requestedBy);
    const draft = this.options.drafts.draft(of, examined, {
      reason: '',
      ticket: null,
    });
    const { met: _met, ...quorum } = quorumOf(draft);
    const reason = await this.options.aliases.whyNot(of.source);
    return {
      source: of.source,
      name: of.name,
      version: of.version,
      environment: of.environment,
      environments: this.options.drafts.environmentNames(),
      fromVersion: draft.fromVersion,
      riskTier: draft.riskTier,
      riskTierConfirmed: draft.riskTierConfirmed,
      gates: examined.judgement.gates.map(gate => ({ ...gate, waiver: null })),
      evidence: examined.judgement.evidence,
      quorum,
      excluded: examined.excluded,
      effect: {
        possible: reason === null && environment.alias !== undefined,
        message:
          reason ??
          `The alias ${environment.alias} of ${of.name} will be given to version ${of.version}. The registry splits no traffic: all of it moves at once.`,
      },
      problems: this.options.drafts.problems(of, examined.facts),
    };
  }

  /**
   * Asks for a version in an environment.
   *
   * @throws `NotFoundError` where there is no such version; `InputError` where there is no such environment;
   * `ConflictError` where it is live there, asked for already, or could not be executed.
   */
  async request(
    of: Candidate & {
      visibility: ModelsVisibility;
      requestedBy: string;
      reason: string;
      ticket: string | null;
    },
  ): Promise<PromotionRecord> {
    this.options.drafts.environment(of.environment);
    await this.version(of);
    const reason = await this.options.aliases.whyNot(of.source);
    if (reason !== null) {
      throw new ConflictError(`${reason}. Nothing was kept.`);
    }
    const examined = await this.options.drafts.examine(of, of.requestedBy);
    const [problem] = this.options.drafts.problems(of, examined.facts);
    if (problem !== undefined) {
      throw new ConflictError(`${problem}. Nothing was kept.`);
    }
    const draft = this.options.drafts.draft(of, examined, of);
    return this.create(settle(draft, draft.requestedAt), examined.key);
  }

  /** Keeps a new promotion, tells of it, and executes what needs no decision. */
  async create(
    draft: PromotionRecord,
    facts: string,
  ): Promise<PromotionRecord> {
    const { id: _none, ...record } = draft;
    const created = await this.options.store.create(record, {
      facts,
      audit: promotion => [
        auditOf(promotion, {
          actor: promotion.requestedBy,
          action:
            promotion.kind === 'rollback'
              ? 'rollback.requested'
              : 'promotion.requested',
          at: promotion.requestedAt,
          detail: {
            reason: promotion.reason,
            ticket: promotion.ticket,
            fromVersion: promotion.fromVersion,
            riskTier: promotion.riskTier,
            riskTierConfirmed: promotion.riskTierConfirmed,
            policy: promotion.policyDigest,
            excluded: promotion.excluded,
            ...judgementDetail(promotion.requested),
          },
        }),
        ...(promotion.state === 'approved'
          ? [
              auditOf(promotion, {
                actor:
                  promotion.kind === 'rollback'
                    ? promotion.requestedBy
                    : 'policy',
                action: 'promotion.approved',
                at: promotion.requestedAt,
                detail: { approvals: promotion.decisions.map(({ by }) => by) },
              }),
            ]
          : []),
      ],
    });
    return this.after(undefined, created);
  }

  /** Takes a decision; the approval that completes a promotion executes it. */
  async decide(command: {
    id: string;
    person: string;
    decision: PromotionDecisionKind;
    comment: string | null;
    conditions: Array<Pick<ConditionRecord, 'text' | 'owner' | 'due'>>;
    revision: number;
  }): Promise<PromotionRecord> {
    const before = await this.current(command.id);
    const person = await this.options.people.reviewer(command.person);
    const at = this.now();
    return this.change(before, promotion => {
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
    const before = await this.current(command.id);
    const person = await this.options.people.reviewer(command.person);
    const at = this.now();
    return this.change(before, promotion => {
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
    return this.change(before, promotion => {
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
    return this.change(before, promotion => ({
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
    return this.change(before, promotion => {
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
    return this.change(before, promotion => {
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

  /** @throws `NotFoundError` where there is none of a model that the caller may see. */
  async get(
    id: string,
    visibility: ModelsVisibility,
  ): Promise<PromotionRecord> {
    const { store, models } = this.options;
    const { promotion } = await store.get(id);
    if (visibility) {
      const { source, name } = promotion;
      const seen = await models.lookUp([{ source, name }], visibility);
      if (seen.size === 0) {
        throw new NotFoundError(`There is no promotion ${id}`);
      }
    }
    return promotion;
  }

  /** Promotions by id, in the order asked; undefined for what is not there. */
  async getByIds(ids: string[]): Promise<Array<PromotionRecord | undefined>> {
    return Promise.all(
      ids.map(async id => {
        try {
          return (await this.options.store.get(id)).promotion;
        } catch (error) {
          if (error instanceof NotFoundError) {
            return undefined;
          }
          throw error;
        }
      }),
    );
  }

  /** A promotion as it is now: where what it is judged on has changed, judged anew. */
  async current(id: string): Promise<PromotionRecord> {
    const { store, facts } = this.options;
    const { promotion, facts: known } = await store.get(id);
    // What a rollback is checked for was checked when it was asked for, and is again when it is executed.
    if (
      !OPEN_STATES.includes(promotion.state) ||
      promotion.kind === 'rollback'
    ) {
      return promotion;
    }
    const key = await facts.key(promotion);
    if (key === known) {
      return promotion;
    }
    const read = await facts.read(promotion, this.now());
    const { excluded, unmapped } = await excludedOf({
      facts: read,
      people: this.options.people,
      requestedBy: promotion.requestedBy,
    });
    const judged = await judgePromotion({
      policy: promotion.policy,
      facts: read,
      custom: this.options.custom,
      unmapped,
    });
    const judgement = {
      ...judged,
      gates: [
        ...judged.gates,
        ...promotion.requested.gates.filter(({ type }) => type === RULES_GATE),
      ],
    };
    return this.change(promotion, before => {
      const next = rejudge(
        { ...before, excluded: union(before.excluded, excluded) },
        judgement,
      );
      const settled = settle(next, judgement.at);
      const isNews = next.revision !== before.revision;
      return {
        promotion: settled,
        facts: key,
        audit: isNews
          ? [
              auditOf(settled, {
                actor: 'service:modelport',
                action: 'promotion.evidence-changed',
                at: judgement.at,
                detail: judgementDetail(judgement),
              }),
              ...stateAudit(before, settled, judgement.at, 'policy'),
            ]
          : [],
      };
    });
  }

  async list(
    filters: PromotionsQuery,
    options: {
      visibility: ModelsVisibility;
      limit: number;
      cursor?: string;
    },
  ) {
    refuseNull(filters.model, ...(filters.environment ?? []));
    return this.options.store.list({
      filters,
      narrow: this.options.models.narrow(options.visibility, TABLE),
      limit: options.limit,
      cursor: options.cursor,
    });
  }

  async counts(
    who: { entityRef: string; refs: string[] } | undefined,
    visibility: ModelsVisibility,
  ): Promise<PromotionCounts> {
    const { store, models } = this.options;
    const narrow = models.narrow(visibility, TABLE);
    const [states, waiting] = await Promise.all([
      store.counts({ filters: {}, narrow }),
      who ? store.counts({ filters: { waitingFor: who }, narrow }) : [],
    ]);
    return {
      states,
      waitingForMe: waiting.reduce((sum, { count }) => sum + count, 0),
    };
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

  /** Lets expire what time alone ends, and goes on with what was approved. */
  async continueAll(options: { signal: AbortSignal }): Promise<void> {
    const { store, executor } = this.options;
    const at = this.now();
    for (const id of await store.due(at)) {
      const { promotion } = await store.get(id);
      await this.change(promotion, before => {
        const waived = expireWaivers(before, at);
        const expired = expire(waived, at);
        return {
          promotion: expired,
          audit: [
            ...(waived === before
              ? []
              : [
                  auditOf(expired, {
                    actor: 'service:modelport',
                    action: 'promotion.waiver-expired',
                    at,
                    detail: {
                      gates: waived.waivers
                        .filter(({ expiredAt }) => expiredAt === at)
                        .map(({ gate }) => gate),
                    },
                  }),
                ]),
            ...stateAudit(before, expired, at, 'service:modelport'),
          ],
        };
      });
    }
    for (const id of await store.idsIn(['approved', 'executing'])) {
      options.signal.throwIfAborted();
      try {
        const { promotion: before } = await store.get(id);
        await this.told(before, await executor.run(id));
      } catch (error) {
        // One that can't go on holds no other up.
        this.options.logger.error(
          `The execution of the promotion ${id} stopped, and goes on later: ${messageOf(
            error,
          )}`,
        );
      }
    }
  }

  private async version(
    of: Candidate & { visibility: ModelsVisibility },
  ): Promise<Version> {
    return this.options.models.getVersion(
      of.source,
      of.name,
      of.version,
      of.visibility,
    );
  }

  private async change(
    before: PromotionRecord,
    change: Parameters<PromotionsStore['change']>[1],
  ): Promise<PromotionRecord> {
    const changed = await this.options.store.change(before.id, change);
    return this.after(before, changed);
  }

  /** Executes what is approved, and tells of what changed. */
  private async after(
    before: PromotionRecord | undefined,
    changed: PromotionRecord,
  ): Promise<PromotionRecord> {
    await this.told(before, changed);
    if (changed.state !== 'approved') {
      return changed;
    }
    try {
      const done = await this.options.executor.run(changed.id);
      await this.told(changed, done);
      return done;
    } catch (error) {
      // The decision is kept; what is left of the execution goes on by itself.
      this.options.logger.error(
        `The execution of the promotion ${changed.id} stopped: ${messageOf(
          error,
        )}`,
      );
      return changed;
    }
  }

  private async told(
    before: PromotionRecord | undefined,
    after: PromotionRecord,
  ): Promise<void> {
    if (!before || OPEN_STATES.includes(before.state) !== isOpen(after)) {
      const { source, name } = after;
      await this.options.models.putOpenPromotions(
        { source, name },
        await this.options.store.openOf(after),
      );
    }
    await this.options.news.tell(before, after);
  }

  private now(): string {
    return this.options.now().toISOString();
  }
}

function isOpen(promotion: PromotionRecord): boolean {
  return OPEN_STATES.includes(promotion.state);
}

function union(
  before: PromotionRecord['excluded'],
  now: PromotionRecord['excluded'],
): PromotionRecord['excluded'] {
  const known = new Set(before.map(({ entityRef }) => entityRef));
  return [...before, ...now.filter(({ entityRef }) => !known.has(entityRef))];
}

/** The entry of a state that a change brought, besides the one of the change itself. */
function stateAudit(
  before: PromotionRecord,
  after: PromotionRecord,
  at: string,
  actor: string,
) {
  const told = ['approved', 'refused', 'withdrawn', 'expired'];
  return before.state !== after.state && told.includes(after.state)
    ? [
        auditOf(after, {
          actor,
          action: `promotion.${after.state}`,
          at,
          detail: {
            approvals: after.decisions
              .filter(({ decision }) => decision === 'approve')
              .map(({ by }) => by),
          },
        }),
      ]
    : [];
}
