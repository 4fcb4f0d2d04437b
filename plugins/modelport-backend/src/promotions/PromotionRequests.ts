import { ConflictError } from '@backstage/errors';
import { PromotionPreview, Version } from '@modelport/plugin-modelport-common';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { Candidate } from './GateFactsReader';
import { PromotionChanges } from './PromotionChanges';
import { PromotionDrafts } from './PromotionDrafts';
import { PromotionRecord } from './PromotionRecord';
import { settle } from './promotionRules';
import { PromotionTickets } from './PromotionTickets';
import { quorumOf } from './quorum';
import { RegistryAliases } from './RegistryAliases';

/** Asking for a version in an environment. Who may by permission is the caller's to check. */
export class PromotionRequests {
  constructor(
    private readonly options: {
      drafts: PromotionDrafts;
      models: Pick<ModelsService, 'getVersion'>;
      aliases: RegistryAliases;
      changes: PromotionChanges;
      tickets: PromotionTickets;
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
          `The alias ${environment.alias} of ${
            of.name
          } will be given to version ${of.version}. ${
            this.options.aliases.traffic(of.source).message
          }`,
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
    const changeTicket = await this.options.tickets.look(
      of.ticket,
      { ...of, kind: 'promotion' },
      this.options.now().toISOString(),
    );
    const draft = this.options.drafts.draft(of, examined, {
      ...of,
      changeTicket,
    });
    return this.options.changes.create(
      settle(draft, draft.requestedAt),
      examined.key,
    );
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
}
