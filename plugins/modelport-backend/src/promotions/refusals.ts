import { ConflictError, NotAllowedError } from '@backstage/errors';
import { PromotionDecisionKind } from '@modelport/plugin-modelport-common';
import { OPEN_STATES, PromotionRecord } from './PromotionRecord';
import { isOutdated } from './quorum';

/** Decisions as what somebody did. */
export const PAST: Record<PromotionDecisionKind, string> = {
  approve: 'approved',
  refuse: 'refused',
  recuse: 'recused',
};

/** Somebody with the groups that the catalog has at this moment. */
export interface Reviewer {
  entityRef: string;
  /** Whether the catalog knows the person at all. */
  isKnown: boolean;
  groups: string[];
  allGroups: string[];
  /** Those of the groups that the person is no member of, and decides for as a deputy. */
  deputyFor: string[];
}

/** @throws `ConflictError` where a promotion no longer waits for decisions. */
export function refuseUnlessOpen(promotion: PromotionRecord, at: string): void {
  if (!OPEN_STATES.includes(promotion.state)) {
    throw new ConflictError(
      `The promotion ${promotion.id} is ${promotion.state}; nothing can be decided any more, and nothing was kept`,
    );
  }
  if (promotion.expiresAt <= at) {
    throw new ConflictError(
      `The promotion ${promotion.id} expired at ${promotion.expiresAt}; nothing can be decided any more, and nothing was kept`,
    );
  }
}

/** @throws `NotAllowedError` where a person stepped aside. */
export function refuseRecused(
  { id, decisions }: Pick<PromotionRecord, 'id' | 'decisions'>,
  person: string,
): void {
  const aside = decisions.find(
    ({ by, decision }) => by === person && decision === 'recuse',
  );
  if (aside) {
    throw new NotAllowedError(
      `You stepped aside from the promotion ${id} at ${aside.at}. Nothing was kept.`,
    );
  }
}

/**
 * A promotion as who refuses it stands to it: only who asked may not, who takes it back. Nobody is kept from refusing by
 * evidence that names them among those who made it.
 */
export function mayRefuse<T extends Pick<PromotionRecord, 'excluded'>>(
  promotion: T,
): T {
  return {
    ...promotion,
    excluded: promotion.excluded.filter(({ why }) => why === 'requester'),
  };
}

/** @throws `NotAllowedError` where it is the person's own work. */
export function refuseOwnWork(
  promotion: PromotionRecord,
  person: string,
  what: string,
): void {
  const own = promotion.excluded.find(({ entityRef }) => entityRef === person);
  if (own) {
    throw new NotAllowedError(
      `You are the ${own.why} of what the promotion ${promotion.id} brings; nobody ${what} their own work. Nothing was kept.`,
    );
  }
}

/** @throws `NotAllowedError` where the catalog does not know a person, so that nobody can tell who decides. */
export function refuseUnknown(
  { entityRef, isKnown }: Pick<Reviewer, 'entityRef' | 'isKnown'>,
  what: string,
): void {
  if (!isKnown) {
    throw new NotAllowedError(
      `The catalog knows no ${entityRef}; only people of the catalog ${what}. Nothing was kept.`,
    );
  }
}

export function refuseRepeat(promotion: PromotionRecord, person: string): void {
  const before = decisionThatCounts(promotion, person);
  if (before) {
    throw new ConflictError(
      `You ${PAST[before.decision]} the promotion ${promotion.id} at ${
        before.at
      }; a decision counts once`,
    );
  }
}

/** @throws `ConflictError` where a person looked at another revision. */
export function refuseStale(
  promotion: PromotionRecord,
  revision: number,
): void {
  if (revision !== promotion.revision) {
    const since = promotion.log
      .filter(entry => entry.revision > revision)
      .map(({ what }) => what);
    throw new ConflictError(
      `You looked at revision ${revision} of the promotion ${
        promotion.id
      }, which is at ${promotion.revision} by now${
        since.length > 0 ? `: ${since.join('; ')}` : ''
      }. Nothing was kept; look at it again.`,
    );
  }
}

type Decided = Pick<PromotionRecord, 'decisions' | 'changedAtRevision'>;

const OWN_WORK = {
  requester: 'You asked for it',
  author: 'You made the version',
  committer: 'You wrote code that it brings',
};

/** Says why nobody decides on a promotion any more; undefined where somebody can. */
export function whyOver({
  state,
}: Pick<PromotionRecord, 'state'>): string | undefined {
  return OPEN_STATES.includes(state)
    ? undefined
    : `It is ${state.replace('_', ' ')}; nothing can be decided any more.`;
}

/** Says why a person may not decide, before they tried to; undefined where they may. */
export function whyNotDecide(
  promotion: Decided & Pick<PromotionRecord, 'state' | 'excluded'>,
  { entityRef, isKnown }: Pick<Reviewer, 'entityRef' | 'isKnown'>,
): string | undefined {
  const over = whyOver(promotion);
  if (over !== undefined) {
    return over;
  }
  if (!isKnown) {
    return `The catalog knows no ${entityRef}; only people of the catalog decide.`;
  }
  const own = promotion.excluded.find(one => one.entityRef === entityRef);
  if (own) {
    return `${OWN_WORK[own.why]}; nobody decides on their own work.`;
  }
  const before = decisionThatCounts(promotion, entityRef);
  if (before?.decision === 'recuse') {
    return 'You stepped aside.';
  }
  return (
    before && `You ${PAST[before.decision]} it already; a decision counts once.`
  );
}

/** What a person decided, unless it may be decided again since what is judged has changed. */
function decisionThatCounts(promotion: Decided, person: string) {
  return promotion.decisions.find(
    decision =>
      decision.by === person &&
      !(decision.decision === 'approve' && isOutdated(promotion, decision)),
  );
}
