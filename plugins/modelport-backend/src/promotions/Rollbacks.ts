import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  RollbackCheck,
  RollbackTarget,
  RollbackTargets,
  Version,
} from '@modelport/plugin-modelport-common';
import { EvidenceService } from '../evidence/EvidenceService';
import { AlertsService } from '../monitoring/alerts/AlertsService';
import { compareSignatures } from '../models/compareSignatures';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { EnvironmentOf, EnvironmentsStore } from './EnvironmentsStore';
import { liveIn } from './GateFactsReader';
import { madeAt } from './gates/timesOf';
import { GateEvidence } from './gates/types';
import { makersOf } from './makersOf';
import { People } from './People';
import { JudgedGate, PromotionRecord } from './PromotionRecord';
import { PromotionChanges } from './PromotionChanges';
import { PromotionDrafts } from './PromotionDrafts';
import { refuseUnknown } from './refusals';
import { PromotionsStore } from './PromotionsStore';
import { PromotionTickets } from './PromotionTickets';
import { RegistryPlaces } from './RegistryPlaces';
import { rollbackTargets } from './rollbackTargets';

/** Periods that are looked through for versions to go back to. */
const MOST_PERIODS = 200;

/** Kinds of evidence that say how a version does while it serves. */
const MONITORING_KINDS = ['drift', 'performance', 'profile'];

const TITLES: Record<RollbackCheck['id'], string> = {
  exists: 'The version is still there',
  signature: 'Callers of what is live now do not break',
  writable: 'The registry can be written',
};

/** Brings back what was live before. */
export class Rollbacks {
  constructor(
    private readonly options: {
      models: ModelsService;
      environments: EnvironmentsStore;
      drafts: PromotionDrafts;
      changes: PromotionChanges;
      tickets: PromotionTickets;
      people: People;
      promotions: Pick<PromotionsStore, 'get' | 'idsIn'>;
      places: RegistryPlaces;
      alerts: Pick<AlertsService, 'unclosedOf'>;
      evidence: Pick<EvidenceService, 'judgedOn'>;
      now: () => Date;
    },
  ) {}

  /** Versions that were live in an environment before, with what stands in the way of each. */
  async targets(of: {
    source: string;
    name: string;
    environment: string;
    /** Who asks; absent for services, which decide nothing. */
    by?: string;
    visibility: ModelsVisibility;
  }): Promise<Omit<RollbackTargets, 'rollback'>> {
    const { source, name, environment } = of;
    const place = this.options.drafts.place(of);
    const model = await this.options.models.get(source, name, of.visibility);
    const live = liveIn(model, environment);
    const lastLive = await this.lastLive({ source, name, environment });
    const current = live === null ? undefined : await this.find(of, live);
    const readOnly = await this.options.places.whyNot(source, place);
    const unclosed = await this.options.alerts.unclosedOf({ source, name });
    const alertsOn = (version: string | null) =>
      unclosed
        .filter(alert => alert.version === version)
        .map(({ id, severity, openedAt, text }) => ({
          id,
          severity,
          openedAt,
          text,
        }));
    const policy = await this.options.drafts.rollbackDecision(
      model,
      environment,
    );
    const items = await Promise.all(
      lastLive
        .filter(([version]) => version !== live)
        .map(async ([version, lastLiveAt]): Promise<RollbackTarget> => {
          const found = await this.find(of, version);
          const checks = checksOf({ name, version, found, current, readOnly });
          const evidence = await this.options.evidence.judgedOn({
            ...{ source, name, version },
          });
          const own = found && (await this.isOwnWork(of, { found, evidence }));
          const because =
            (policy === 'quorum' && 'policy') ||
            (own && 'own-work') ||
            (isKnownToBreak(checks) && 'breaks') ||
            null;
          return {
            version,
            lastLiveAt,
            possible: checks.every(
              ({ id, outcome }) => id === 'signature' || outcome === 'pass',
            ),
            checks,
            alerts: alertsOn(version),
            monitoredAt: monitoredAt(evidence),
            decision: because === null ? 'one' : 'quorum',
            because,
          };
        }),
    );
    return { environment, version: live, alerts: alertsOn(live), items };
  }

  /** Whether who asks made a version. */
  private async isOwnWork(
    { source, by }: { source: string; by?: string },
    { found, evidence }: { found: Version; evidence: GateEvidence[] },
  ): Promise<boolean> {
    const people = await Promise.all(
      (by === undefined ? [] : makersOf({ version: found, evidence })).map(
        async ({ user }) => this.options.people.personOf(source, user),
      ),
    );
    return people.some(person => person === by);
  }

  /** What may be gone back to, and when it was live last. */
  private async lastLive(
    of: EnvironmentOf,
  ): Promise<Array<[string, string | null]>> {
    const { environments, promotions } = this.options;
    const { items: periods, nextCursor } = await environments.history(of, {
      limit: MOST_PERIODS,
    });
    const ids = new Set(periods.flatMap(({ promotion }) => promotion ?? []));
    const brought = await Promise.all(
      [...ids].map(
        async id => [id, (await promotions.get(id)).promotion] as const,
      ),
    );
    return [
      ...rollbackTargets(periods, {
        isComplete: nextCursor === null,
        promotions: new Map(brought),
      }),
    ];
  }

  /**
   * Asks for a rollback. One who may roll back decides it alone where policy allows, who had no part in the version, and
   * where nothing is known to break.
   *
   * @throws `ConflictError` where the version was never brought there, is gone, or can't be brought back.
   */
  async request(of: {
    source: string;
    name: string;
    environment: string;
    toVersion: string;
    reason: string;
    ticket: string | null;
    by: string;
    visibility: ModelsVisibility;
  }): Promise<PromotionRecord> {
    const { drafts, changes } = this.options;
    await this.refuseWhileSteps(of);
    const { items, version: live } = await this.targets(of);
    if (live === of.toVersion) {
      throw new ConflictError(
        `Version ${live} of ${of.name} is live in ${of.environment} already. Nothing was kept.`,
      );
    }
    const target = items.find(({ version }) => version === of.toVersion);
    if (!target) {
      throw new ConflictError(
        `Version ${of.toVersion} of ${of.name} is none that was live in ${
          of.environment
        } by the portal before what is live now; ${
          items.length > 0
            ? `that was ${items.map(({ version }) => version).join(', ')}`
            : 'no other was'
        }. Ask for its promotion. Nothing was kept.`,
      );
    }
    if (!target.possible) {
      throw new ConflictError(
        `${target.checks
          .filter(({ id, outcome }) => id !== 'signature' && outcome !== 'pass')
          .map(({ message }) => message)
          .join('. ')}. Nothing was kept.`,
      );
    }
    const candidate = {
      source: of.source,
      name: of.name,
      version: of.toVersion,
      environment: of.environment,
      requestedBy: of.by,
    };
    const person = await this.options.people.reviewer(of.by);
    refuseUnknown(person, 'roll back');
    const examined = await drafts.examine(candidate, of.by);
    const draft: PromotionRecord = {
      ...drafts.draft(candidate, examined, {
        ...of,
        changeTicket: await this.options.tickets.look(
          of.ticket,
          { ...candidate, reason: of.reason, kind: 'rollback' },
          this.options.now().toISOString(),
        ),
      }),
      kind: 'rollback',
      requested: {
        at: examined.judgement.at,
        gates: gatesOf(target),
        evidence: examined.judgement.evidence,
      },
    };
    if (target.decision === 'quorum') {
      return changes.create(
        {
          ...draft,
          policy: {
            ...draft.policy,
            approvals: {
              ...draft.policy.approvals,
              // No gates are judged that could let it through by itself.
              approvals: Math.max(1, draft.policy.approvals.approvals),
            },
          },
        },
        examined.key,
      );
    }
    return changes.create(
      {
        ...draft,
        state: 'approved',
        decidedAt: draft.requestedAt,
        policy: {
          ...draft.policy,
          approvals: { approvals: 1, differentGroups: false, oneFrom: [] },
        },
        decisions: [
          {
            by: of.by,
            decision: 'approve',
            comment: of.reason,
            at: draft.requestedAt,
            groups: person.groups,
            allGroups: person.allGroups,
            revision: draft.revision,
          },
        ],
      },
      examined.key,
    );
  }

  /** What comes by steps is aborted, which is faster than to wait for it. */
  private async refuseWhileSteps(of: {
    source: string;
    name: string;
    environment: string;
  }): Promise<void> {
    const { source, name, environment } = of;
    const { promotions } = this.options;
    const executing = { source, name, environment };
    for (const id of await promotions.idsIn(['executing'], executing)) {
      const { promotion } = await promotions.get(id);
      if (!promotion.rollout) {
        continue;
      }
      throw new ConflictError(
        `The promotion ${id} comes to ${environment} by steps; abort it, which gives everything back to the version before. Nothing was kept.`,
      );
    }
  }

  private async find(
    of: { source: string; name: string },
    version: string,
  ): Promise<Version | undefined> {
    try {
      return await this.options.models.getVersion(
        of.source,
        of.name,
        version,
        undefined,
      );
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }
}

/** Whether callers are known to break. It was live before, so what is not known holds nothing up. */
function isKnownToBreak(checks: RollbackCheck[]): boolean {
  return checks.some(({ outcome }) => outcome === 'fail');
}

function checksOf(of: {
  name: string;
  version: string;
  found: Version | undefined;
  current: Version | undefined;
  readOnly: string | null;
}): RollbackCheck[] {
  const { version, found, current, readOnly } = of;
  return [
    {
      id: 'exists',
      outcome: found ? 'pass' : 'fail',
      message: found
        ? `Version ${version} is in the registry`
        : `Version ${version} of ${of.name} is no longer in the registry`,
    },
    signatureCheck(current, found),
    {
      id: 'writable',
      outcome: readOnly === null ? 'pass' : 'fail',
      message: readOnly ?? 'The registry lets its alias be set',
    },
  ];
}

function signatureCheck(
  current: Version | undefined,
  target: Version | undefined,
): RollbackCheck {
  if (!current?.signature || !target?.signature) {
    return {
      id: 'signature',
      outcome: 'unknown',
      message:
        'One of the two versions has no signature to compare: whether callers go on is not known',
    };
  }
  const breaking = compareSignatures(
    current.signature,
    target.signature,
  ).filter(change => change.breaking);
  return breaking.length === 0
    ? {
        id: 'signature',
        outcome: 'pass',
        message: `Callers of version ${current.version} go on with version ${target.version}`,
      }
    : {
        id: 'signature',
        outcome: 'fail',
        message: `Callers of version ${current.version} break: ${breaking
          .map(({ part, column, reason }) => `${part} ${column}: ${reason}`)
          .join('; ')}`,
      };
}

/** The checks as gates: what could not be told holds a rollback up no more than it did when it was live. */
function gatesOf(target: RollbackTarget): JudgedGate[] {
  return target.checks.map(({ id, outcome, message }) => ({
    id,
    type: `rollback-${id}`,
    title: TITLES[id],
    outcome,
    waivable: id === 'signature',
    blocking: outcome === 'fail',
    value: null,
    lower: null,
    upper: null,
    threshold: null,
    message,
    evidence: [],
    producer: null,
    producedAt: null,
  }));
}

/** When the newest evidence of monitoring of a version was made; null where there is none. */
function monitoredAt(documents: GateEvidence[]): string | null {
  return documents
    .filter(({ kind }) => MONITORING_KINDS.includes(kind))
    .map(document => madeAt(document) ?? document.receivedAt)
    .reduce<string | null>(
      (latest, time) => (latest !== null && latest > time ? latest : time),
      null,
    );
}
