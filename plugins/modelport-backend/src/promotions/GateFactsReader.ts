import { NotFoundError } from '@backstage/errors';
import {
  CardCompleteness,
  Model,
  validationBody,
} from '@modelport/plugin-modelport-common';
import { CardsService } from '../cards/CardsService';
import { EvidenceService } from '../evidence/EvidenceService';
import { contentDigest } from '../models/contentDigest';
import { ReasonFindings } from '../explanations/ReasonFindings';
import { ModelsService } from '../models/ModelsService';
import { GateEvidence, GateFacts, GateVersion } from './gates/types';
import { gateMeasurements } from './gateMeasurements';
import { LiveVersions } from './LiveVersions';
import { People } from './People';
import { PromotionsStore } from './PromotionsStore';

/** A version that is asked for in an environment. */
export interface Candidate {
  source: string;
  name: string;
  version: string;
  environment: string;
}

/** Length of a time up to its hour. */
const HOUR = '2030-01-31T12'.length;

/** Reads all that gates are judged on. */
export class GateFactsReader {
  constructor(
    private readonly options: {
      models: ModelsService;
      evidence: EvidenceService;
      cards: CardsService;
      people: People;
      findings: Pick<ReasonFindings, 'of'>;
      liveVersions: Pick<LiveVersions, 'whyNotNothing'>;
      promotions: Pick<PromotionsStore, 'idsIn' | 'get'>;
    },
  ) {}

  /**
   * What is another one whenever a judgement might come out otherwise, and every hour: evidence grows old, and people
   * become known. Cheap to ask.
   */
  async key(of: Candidate, now: string): Promise<string> {
    const { models } = this.options;
    const model = await models.get(of.source, of.name, undefined);
    const live = liveIn(model, of.environment);
    const states = await Promise.all(
      [of.version, ...(live === null ? [] : [live])].map(async version => {
        const id = { source: of.source, name: of.name, version };
        return [
          version,
          await this.options.evidence.digestsOf(id),
          await models.versionState(of.source, of.name, version, undefined),
        ];
      }),
    );
    return contentDigest([
      now.slice(0, HOUR),
      states,
      model.riskTier,
      model.owner,
      model.drift,
      model.mainMetric?.key ?? null,
      await this.options.findings.of(of),
      await this.options.cards.attestationState(of),
    ]);
  }

  /** @throws `NotFoundError` where there is no such version. */
  async read(of: Candidate, now: string): Promise<GateFacts> {
    const { source, name } = of;
    const model = await this.options.models.get(source, name, undefined);
    const live = liveIn(model, of.environment);
    const [candidate, production, card] = await Promise.all([
      this.version(source, name, of.version),
      this.production(of, live),
      this.card(of),
    ]);
    return {
      now,
      environment: of.environment,
      model,
      candidate,
      ...production,
      ...(await this.mainMetricBefore(of)),
      card,
      owner: model.owner,
      ownerGroups: await this.ownerGroups(model.owner),
      groupsOf: await this.options.people.groupsOf(
        validatorsOf(candidate.evidence),
      ),
      finding: await this.options.findings.of(of),
    };
  }

  private async version(
    source: string,
    name: string,
    version: string,
  ): Promise<GateVersion> {
    const { models, evidence } = this.options;
    const [found, documents, notAll] = await Promise.all([
      models.sourceVersion(source, name, version),
      evidence.judgedOn({ source, name, version }),
      evidence.notAllJudged({ source, name, version }),
    ]);
    return {
      version: {
        ...found,
        measurements: gateMeasurements(found.measurements, documents),
      },
      evidence: documents,
      notAll,
    };
  }

  /** What is live in an environment, or why nobody knows. */
  private async production(
    of: Candidate,
    live: string | null,
  ): Promise<Pick<GateFacts, 'production' | 'productionUnknown'>> {
    if (live === null) {
      const why = await this.options.liveVersions.whyNotNothing(of);
      return {
        production: null,
        ...(why !== undefined && { productionUnknown: why }),
      };
    }
    try {
      return { production: await this.version(of.source, of.name, live) };
    } catch (error) {
      if (error instanceof NotFoundError) {
        return { production: null, productionUnknown: error.message };
      }
      throw error;
    }
  }

  /** The main metric of the promotion that brought what is live. */
  private async mainMetricBefore({
    source,
    name,
    environment,
  }: Candidate): Promise<Pick<GateFacts, 'mainMetricBefore'>> {
    const { promotions } = this.options;
    const of = { source, name, environment };
    const id = (await promotions.idsIn(['live'], of)).at(-1);
    const before =
      id === undefined
        ? undefined
        : (await promotions.get(id)).promotion.mainMetric;
    return before ? { mainMetricBefore: before } : {};
  }

  /** The groups that own a model: its owner, or those of the person who is. */
  private async ownerGroups(owner: string | null): Promise<string[]> {
    if (owner === null) {
      return [];
    }
    const ref = owner.toLowerCase();
    return ref.startsWith('user:')
      ? (await this.options.people.reviewer(ref)).groups
      : [ref];
  }

  private async card(of: Candidate): Promise<CardCompleteness | null> {
    const { source, name, version } = of;
    const { completeness } = await this.options.cards.get({
      source,
      name,
      version,
      visibility: undefined,
    });
    return completeness;
  }
}

/** The key of what was judged; what is not known is asked for again with every look. */
export function judgedKey(key: string, facts: GateFacts): string {
  return facts.productionUnknown === undefined
    ? key
    : contentDigest([key, 'unsettled']);
}

/** The version that is live in an environment; null where none is. */
export function liveIn(model: Model, environment: string): string | null {
  return (
    model.environments.find(state => state.environment === environment)
      ?.version ?? null
  );
}

function validatorsOf(evidence: GateEvidence[]): string[] {
  return [
    ...new Set(
      evidence.flatMap(({ kind, body }) => {
        const read =
          kind === 'validation' ? validationBody.safeParse(body) : undefined;
        return read?.success ? [read.data.validator] : [];
      }),
    ),
  ];
}
