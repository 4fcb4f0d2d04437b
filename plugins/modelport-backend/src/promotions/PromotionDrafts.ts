import { randomUUID } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { ChangeTicket, Model } from '@modelport/plugin-modelport-common';
import { EnvironmentConfig } from '../config';
import { contentDigest } from '../models/contentDigest';
import { copyTargetOf, holdsCopies } from '../models/copyTargets';
import { ModelsService } from '../models/ModelsService';
import { CustomGates } from './CustomGates';
import { newExecution } from './executionRules';
import { GateFacts } from './gates/types';
import {
  Candidate,
  GateFactsReader,
  judgedKey,
  liveIn,
} from './GateFactsReader';
import { judgePromotion } from './judgePromotion';
import { excludedOf } from './makersOf';
import { People } from './People';
import { Judgement, PromotionRecord } from './PromotionRecord';
import { RaisedTier } from './rejudge';
import {
  isAbove,
  policyOf,
  PromotionPolicy,
  PromotionsConfig,
  raisedPolicy,
  stricter,
} from './promotionsConfig';
import { Place, RegistryPlaces } from './RegistryPlaces';
import { RolloutRecord } from './rollout/RolloutRecord';
import { readModelRules, unreadableRulesGate } from './readModelRules';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Versions in these states can't be used, whatever a registry calls them. */
const UNUSABLE = ['FAILED_REGISTRATION', 'PENDING_REGISTRATION'];

/** What is known of a version that is asked for, and how the gates of its policy came out. */
export interface Examined {
  facts: GateFacts;
  key: string;
  policy: PromotionPolicy;
  /** Of the portal's own part of the policy. */
  policyDigest: string;
  judgement: Judgement;
  excluded: PromotionRecord['excluded'];
  /** What is live in the environment now, as the last pass saw it. */
  expected: string | null;
}

/** Examines versions for environments and drafts what is asked for. */
export class PromotionDrafts {
  constructor(
    private readonly options: {
      config: PromotionsConfig;
      environments: EnvironmentConfig[];
      facts: GateFactsReader;
      models: Pick<ModelsService, 'promotionRules'>;
      places: Pick<RegistryPlaces, 'seen'>;
      people: People;
      custom: CustomGates;
      now: () => Date;
    },
  ) {}

  /** Judges a version for an environment. */
  async examine(of: Candidate, requestedBy: string): Promise<Examined> {
    const { facts: reader, people, custom } = this.options;
    const place = this.place(of);
    // What changes after the key was read is noticed later; the other way round it might not be.
    const now = this.options.now().toISOString();
    const key = await reader.key(of, now);
    const facts = await reader.read(of, now);
    const { portal, policy, own } = await this.policy(
      facts.model,
      of.environment,
    );
    const { excluded, makers, unmapped } = await excludedOf({
      facts,
      people,
      requestedBy,
    });
    const judged = await judgePromotion({
      policy,
      facts,
      custom,
      makers,
      unmapped,
      riskTier: facts.model.riskTier,
      mainMetric: facts.model.mainMetric?.key ?? null,
    });
    const judgement =
      'problem' in own
        ? {
            ...judged,
            gates: [...judged.gates, unreadableRulesGate(own.problem)],
          }
        : judged;
    return {
      facts,
      key: judgedKey(key, facts),
      policy,
      policyDigest: contentDigest(portal),
      judgement,
      excluded,
      // What stands in a model of copies may be no copy of this one.
      expected: place.copy
        ? await this.options.places.seen({ ...of, ...place })
        : liveIn(facts.model, of.environment),
    };
  }

  /** A promotion that nobody has decided on. */
  draft(
    of: Candidate & { requestedBy: string },
    examined: Examined,
    why: {
      reason: string;
      ticket: string | null;
      changeTicket?: ChangeTicket | null;
      /** How it goes by steps; absent where it comes at once. */
      rollout?: RolloutRecord;
    },
  ): PromotionRecord {
    const { facts, policy, judgement, excluded } = examined;
    const { model, candidate } = facts;
    const at = this.options.now().toISOString();
    const fromVersion = liveIn(model, of.environment);
    return {
      id: '',
      revision: 1,
      kind: 'promotion',
      state: 'requested',
      requestedBy: of.requestedBy,
      requestedAt: at,
      updatedAt: at,
      expiresAt: new Date(
        new Date(at).getTime() + policy.expireAfterDays * DAY_MS,
      ).toISOString(),
      reason: why.reason,
      ticket: why.ticket,
      changeTicket: why.changeTicket ?? null,
      source: of.source,
      name: of.name,
      version: of.version,
      versionCreatedAt: candidate.version.createdAt,
      environment: of.environment,
      fromVersion,
      owner: model.owner,
      task: model.task,
      mainMetric: model.mainMetric?.key ?? null,
      riskTier: model.riskTier,
      riskTierConfirmed: model.riskTierConfirmed !== null,
      policy,
      policyDigest: examined.policyDigest,
      requested: judgement,
      now: null,
      changedAtRevision: null,
      excluded,
      decisions: [],
      waivers: [],
      conditions: [],
      execution: newExecution(examined.expected, policy.copy && randomUUID()),
      ...(why.rollout && { rollout: why.rollout }),
      log: [],
      movedElsewhere: null,
    };
  }

  /** Why a request would be refused, apart from gates and permissions. */
  problems(of: Candidate, facts: GateFacts): string[] {
    const { status } = facts.candidate.version;
    const problems: string[] = [];
    if (liveIn(facts.model, of.environment) === of.version) {
      problems.push(
        `Version ${of.version} of ${of.name} is live in ${of.environment} already`,
      );
    }
    if (status !== null && UNUSABLE.includes(status)) {
      problems.push(
        `Version ${of.version} of ${of.name} is ${status} at its registry`,
      );
    }
    return problems;
  }

  /** What a promotion takes besides since its model has a higher risk tier; undefined where that was not raised. */
  async raised(
    promotion: PromotionRecord,
    model: Model,
  ): Promise<RaisedTier | undefined> {
    if (!isAbove(model.riskTier, promotion.riskTier)) {
      return undefined;
    }
    const { portal, policy } = await this.policy(model, promotion.environment);
    const isPolicyOfToday =
      promotion.policyDigest === this.policyDigestToday(promotion);
    return {
      riskTier: model.riskTier,
      riskTierConfirmed: model.riskTierConfirmed !== null,
      policy: raisedPolicy(promotion.policy, policy),
      policyDigest: isPolicyOfToday
        ? contentDigest(portal)
        : promotion.policyDigest,
    };
  }

  /** The policy that would hold for a promotion today, by its digest. */
  policyDigestToday(promotion: PromotionRecord): string {
    const environment = this.options.environments.find(
      ({ name }) => name === promotion.environment,
    );
    const alias = environment?.alias ?? null;
    const copy = environment && copyTargetOf(environment, promotion);
    return !environment || (alias === null && !copy)
      ? ''
      : contentDigest(
          policyOf(this.options.config, {
            environment: { name: environment.name, alias, copy },
            model: promotion,
          }),
        );
  }

  /** Names of all environments, in their order. */
  environmentNames(): string[] {
    return this.options.environments.map(({ name }) => name);
  }

  /** Whether who may roll back a model in an environment decides that alone. */
  async rollbackDecision(
    model: Model,
    environment: string,
  ): Promise<'one' | 'quorum'> {
    return (await this.policy(model, environment)).policy.rollback;
  }

  /** What holds for a model: of the portal, and with what the model asks of itself. */
  private async policy(model: Model, name: string) {
    const environment = {
      name,
      ...this.place({ ...model, environment: name }),
    };
    const portal = policyOf(this.options.config, { environment, model });
    const own = readModelRules(
      await this.options.models.promotionRules(model.source, model.name),
    );
    if ('problem' in own) {
      // What can't be read may have asked for it.
      const policy: PromotionPolicy = { ...portal, rollback: 'quorum' };
      return { portal, policy, own };
    }
    const policy = own.rules
      ? stricter(portal, own.rules, model.riskTier)
      : portal;
    return { portal, policy, own };
  }

  /**
   * What is live of a model in an environment.
   *
   * @throws `InputError` where there is no such environment, or nothing of the model can be brought there.
   */
  place(of: { source: string; name: string; environment: string }): Place {
    const {
      name,
      alias = null,
      copy: copies,
    } = this.environment(of.environment);
    const copy = copyTargetOf({ copy: copies }, of);
    if (copies && !copy && holdsCopies(copies, of)) {
      throw new InputError(
        `${of.name} holds the copies that are live in ${name}; ask for the version that is to be copied`,
      );
    }
    if (!copy && alias === null) {
      throw new InputError(
        `The environment ${name} is no alias at the registry, so that nothing can be brought there`,
      );
    }
    return { alias, copy };
  }

  /** @throws `InputError` where there is no such environment. */
  private environment(name: string): EnvironmentConfig {
    const { environments } = this.options;
    const found = environments.find(environment => environment.name === name);
    if (!found) {
      throw new InputError(
        `There is no environment "${name.slice(0, 80)}"; expected ${environments
          .map(environment => environment.name)
          .join(' or ')}`,
      );
    }
    return found;
  }
}
