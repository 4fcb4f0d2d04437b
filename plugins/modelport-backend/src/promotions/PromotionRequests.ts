import { ConflictError } from '@backstage/errors';
import {
  PromotionPreview,
  RolloutKind,
  Version,
} from '@modelport/plugin-modelport-common';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { Candidate, liveIn } from './GateFactsReader';
import { People } from './People';
import { PromotionChanges } from './PromotionChanges';
import { PromotionDrafts } from './PromotionDrafts';
import { PromotionRecord } from './PromotionRecord';
import { refuseUnknown } from './refusals';
import { settle } from './revise';
import { alreadyAsked, PromotionsStore } from './PromotionsStore';
import { PromotionTickets } from './PromotionTickets';
import { quorumOf } from './quorum';
import { QuorumReaches } from './QuorumReaches';
import { Place, RegistryPlaces } from './RegistryPlaces';
import { RegistryTraffic } from './rollout/RegistryTraffic';
import { chooseRollout, rolloutOptions } from './rollout/rolloutOptions';

/** Asking for a version in an environment. Who may by permission is the caller's to check. */
export class PromotionRequests {
  constructor(
    private readonly options: {
      drafts: PromotionDrafts;
      store: Pick<PromotionsStore, 'sameAs'>;
      people: Pick<People, 'reviewer'>;
      models: Pick<ModelsService, 'getVersion'>;
      traffic: RegistryTraffic;
      places: RegistryPlaces;
      changes: PromotionChanges;
      quorumReaches: QuorumReaches;
      tickets: PromotionTickets;
      now: () => Date;
    },
  ) {}

  /** What a request would meet; nothing is kept. */
  async preview(
    of: Candidate & { visibility: ModelsVisibility; requestedBy: string },
  ): Promise<Omit<PromotionPreview, 'request'>> {
    const place = this.options.drafts.place(of);
    await this.version(of);
    const examined = await this.options.drafts.examine(of, of.requestedBy);
    const draft = this.options.drafts.draft(of, examined, {
      reason: '',
      ticket: null,
    });
    const { met: _met, ...quorum } = quorumOf(draft);
    const reason = await this.options.places.whyNot(of.source, place);
    const traffic = await this.options.traffic.splitting(of.source);
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
      reach: await this.options.quorumReaches.of(draft, of.requestedBy),
      excluded: examined.excluded,
      effect: {
        possible: reason === null,
        message: reason ?? `${effectOf(of, place)} ${traffic.message}`,
      },
      rollouts: rolloutOptions({
        policy: examined.policy,
        traffic,
        fromVersion: draft.fromVersion,
      }),
      problems: [
        ...this.options.drafts.problems(of, examined.facts),
        ...(await this.asked(of)),
      ],
    };
  }

  /**
   * Asks for a version in an environment.
   *
   * @throws `NotFoundError` where there is no such version; `InputError` where there is no such environment;
   * `ConflictError` where it is live there, asked for already, or could not be executed as it is asked for.
   */
  async request(
    of: Candidate & {
      visibility: ModelsVisibility;
      requestedBy: string;
      reason: string;
      ticket: string | null;
      rollout?: RolloutKind | null;
    },
  ): Promise<PromotionRecord> {
    if (of.requestedBy.startsWith('user:')) {
      refuseUnknown(await this.options.people.reviewer(of.requestedBy), 'ask');
    }
    const place = this.options.drafts.place(of);
    await this.version(of);
    const reason = await this.options.places.whyNot(of.source, place);
    if (reason !== null) {
      throw new ConflictError(`${reason}. Nothing was kept.`);
    }
    const examined = await this.options.drafts.examine(of, of.requestedBy);
    const [problem] = this.options.drafts.problems(of, examined.facts);
    if (problem !== undefined) {
      throw new ConflictError(`${problem}. Nothing was kept.`);
    }
    const rollout = chooseRollout(
      {
        policy: examined.policy,
        traffic: await this.options.traffic.splitting(of.source),
        fromVersion: liveIn(examined.facts.model, of.environment),
      },
      of.rollout,
    );
    const changeTicket = await this.options.tickets.look(
      of.ticket,
      { ...of, kind: 'promotion' },
      this.options.now().toISOString(),
    );
    const draft = this.options.drafts.draft(of, examined, {
      ...of,
      changeTicket,
      rollout,
    });
    return this.options.changes.create(
      settle(draft, draft.requestedAt),
      examined.key,
    );
  }

  /** That it is asked for already, where it is. */
  private async asked(of: Candidate): Promise<string[]> {
    const id = await this.options.store.sameAs(of);
    return id === undefined ? [] : [alreadyAsked(of, id)];
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

/** What an approval will do, in a sentence. */
function effectOf(of: Candidate, { alias, copy }: Place): string {
  if (!copy) {
    return `The alias ${alias} of ${of.name} will be given to version ${of.version}.`;
  }
  const where = `${copy.name} in ${copy.source}`;
  return `Version ${of.version} of ${
    of.name
  } will be copied into the model ${where}${
    alias === null ? '' : `, and the alias ${alias} of that given to the copy`
  }.`;
}
