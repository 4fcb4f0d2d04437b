import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { PromotionDecisionKind } from '@modelport/plugin-modelport-common';
import { isUntouched } from './executionRules';
import { futureTime } from './futureTime';
import {
  ConditionRecord,
  OPEN_STATES,
  PromotionRecord,
} from './PromotionRecord';
import {
  PAST,
  mayRefuse,
  refuseOwnWork,
  refuseRepeat,
  refuseStale,
  refuseUnknown,
  refuseUnlessOpen,
  Reviewer,
} from './refusals';
import { revise, settle } from './revise';

/** Takes a person's decision. The refusal of one ends a promotion; the approval that completes it approves it. */
export function decide(
  promotion: PromotionRecord,
  command: {
    person: Reviewer;
    decision: PromotionDecisionKind;
    comment: string | null;
    conditions: Array<Pick<ConditionRecord, 'text' | 'owner' | 'due'>>;
    revision: number;
    at: string;
  },
): PromotionRecord {
  const { person, decision, at } = command;
  if (decision !== 'recuse') {
    refuseUnknown(person, 'decide');
    refuseOwnWork(
      decision === 'refuse' ? mayRefuse(promotion) : promotion,
      person.entityRef,
      'decides on',
    );
  }
  refuseUnlessOpen(promotion, at);
  refuseRepeat(promotion, person.entityRef);
  refuseStale(promotion, command.revision);
  if (command.conditions.length > 0 && decision !== 'approve') {
    throw new InputError(
      'Only an approval has conditions; nothing was kept. Leave them out, or approve.',
    );
  }
  const conditions = command.conditions.map((condition, index) => ({
    id: String(promotion.conditions.length + index + 1),
    ...condition,
    due: futureTime('due', condition.due, at),
    by: person.entityRef,
    closedAt: null,
    closedBy: null,
    closingComment: null,
  }));
  const decided = revise(
    {
      ...promotion,
      ...(decision === 'refuse'
        ? { state: 'refused', decidedAt: at }
        : { state: 'in_review' }),
      decisions: [
        ...promotion.decisions,
        {
          by: person.entityRef,
          decision,
          comment: command.comment,
          at,
          groups: person.groups,
          allGroups: person.allGroups,
          revision: command.revision,
        },
      ],
      conditions: [...promotion.conditions, ...conditions],
    },
    at,
    `${person.entityRef} ${PAST[decision]}`,
  );
  return settle(decided, at);
}

/** Takes a promotion back that nobody decided, or of which nothing was done yet at the registry. */
export function withdraw(
  promotion: PromotionRecord,
  command: { by: string; at: string },
): PromotionRecord {
  if (command.by !== promotion.requestedBy) {
    throw new NotAllowedError(
      `The promotion ${promotion.id} was requested by ${promotion.requestedBy}; only who requested it takes it back`,
    );
  }
  if (!isUntouched(promotion)) {
    refuseUnlessOpen(promotion, command.at);
  }
  return revise(
    { ...promotion, state: 'withdrawn', decidedAt: command.at },
    command.at,
    `${command.by} withdrew it`,
  );
}

/** Ends a promotion of which nothing is left to do, as another one made the same version live. */
export function overtake(
  promotion: PromotionRecord,
  { by, at }: { by: PromotionRecord; at: string },
): PromotionRecord {
  return OPEN_STATES.includes(promotion.state)
    ? revise(
        { ...promotion, state: 'withdrawn', decidedAt: at },
        at,
        `The promotion ${by.id} made version ${by.version} live, so that nothing is left to ask for`,
      )
    : promotion;
}

/** Ends a promotion that nobody decided in its time; as it is where its time is not over. */
export function expire(
  promotion: PromotionRecord,
  at: string,
): PromotionRecord {
  return OPEN_STATES.includes(promotion.state) && promotion.expiresAt <= at
    ? revise({ ...promotion, state: 'expired' }, at, 'It expired undecided')
    : promotion;
}

/** Closes a condition. */
export function closeCondition(
  promotion: PromotionRecord,
  command: { id: string; by: string; comment: string; at: string },
): PromotionRecord {
  const condition = promotion.conditions.find(({ id }) => id === command.id);
  if (!condition) {
    throw new InputError(
      `The promotion ${promotion.id} has no condition ${command.id}`,
    );
  }
  if (condition.closedAt !== null) {
    throw new ConflictError(
      `The condition ${command.id} was closed by ${condition.closedBy} at ${condition.closedAt}`,
    );
  }
  return revise(
    {
      ...promotion,
      conditions: promotion.conditions.map(other =>
        other.id === command.id
          ? {
              ...other,
              closedAt: command.at,
              closedBy: command.by,
              closingComment: command.comment,
            }
          : other,
      ),
    },
    command.at,
    `${command.by} closed the condition ${command.id}`,
  );
}
