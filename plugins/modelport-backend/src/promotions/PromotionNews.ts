import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { PromotionState } from '@modelport/plugin-modelport-common';
import { messageOf } from '../messageOf';
import { shortText } from '../models/shortText';
import { ModelsService } from '../models/ModelsService';
import { People } from './People';
import { OPEN_STATES, PromotionRecord } from './PromotionRecord';
import { countingApprovals, isOutdated, quorumOf } from './quorum';

/** What notifications keep of a title on every database. */
const LONGEST_TITLE = 200;

/** Channel of signals on which pages hear of changes. */
export const PROMOTIONS_CHANNEL = 'modelport:promotions';

const REQUESTER_HEARS: readonly PromotionState[] = [
  'approved',
  'refused',
  'expired',
  'live',
  'failed',
  'rolled_back',
];

const DECIDERS_HEAR: readonly PromotionState[] = [
  'refused',
  'withdrawn',
  'live',
];

/** Tells people and pages of what became of promotions. What can't be told holds nothing up. */
export class PromotionNews {
  constructor(
    private readonly options: {
      models: Pick<ModelsService, 'lookUp'>;
      notifications: NotificationService;
      signals: SignalsService;
      people: Pick<People, 'deputiesOf'>;
      logger: LoggerService;
    },
  ) {}

  /** @param by - the promotion that took its place, where one did. */
  async tell(
    before: PromotionRecord | undefined,
    after: PromotionRecord,
    by?: PromotionRecord,
  ): Promise<void> {
    await Promise.all([
      this.signal(after),
      this.tellReviewers(before, after),
      this.tellInvolved(before, after, by),
      this.tellWhoSetConditions(before, after),
      this.tellWhoOwesConditions(before, after),
      this.tellOfMove(before, after),
    ]);
  }

  private async signal(promotion: PromotionRecord): Promise<void> {
    // Everybody hears it, so it names no model; who may read the promotion asks for it.
    const { id, revision, state } = promotion;
    await this.quietly(() =>
      this.options.signals.publish({
        channel: PROMOTIONS_CHANNEL,
        recipients: { type: 'broadcast' },
        message: { id, revision, state },
      }),
    );
  }

  private async tellReviewers(
    before: PromotionRecord | undefined,
    after: PromotionRecord,
  ): Promise<void> {
    const { waitingFor } = quorumOf(after);
    const told = before ? quorumOf(before).waitingFor : [];
    const isNews =
      after.changedAtRevision !== (before?.changedAtRevision ?? null);
    const refs = waitingFor.filter(ref => isNews || !told.includes(ref));
    if (!OPEN_STATES.includes(after.state) || refs.length === 0) {
      return;
    }
    await this.send(after, {
      recipients: [...refs, ...this.options.people.deputiesOf(refs)],
      except: [
        ...after.excluded.map(({ entityRef }) => entityRef),
        ...after.decisions
          .filter(
            decision =>
              decision.decision !== 'approve' || !isOutdated(after, decision),
          )
          .map(({ by }) => by),
      ],
      event: isNews ? `changed-${after.revision}` : 'waiting',
      title: isNews
        ? `The evidence of ${after.name} version ${after.version} for ${after.environment} changed`
        : `${after.name} version ${after.version} ${
            after.kind === 'rollback'
              ? `is to be brought back in ${after.environment}`
              : `asks for ${after.environment}`
          }`,
      description: isNews
        ? 'The evidence has changed since the request; it waits for your decision.'
        : `${nameOf(after.requestedBy)} asks for it: ${after.reason}`,
    });
  }

  /** Who asked and those who decided hear what became of it, once each, unless they did it themselves. */
  private async tellInvolved(
    before: PromotionRecord | undefined,
    after: PromotionRecord,
    by: PromotionRecord | undefined,
  ): Promise<void> {
    const { rollout, state } = after;
    const isStep = rollout && rollout.step > (before?.rollout?.step ?? 0);
    const isNews = before && before.state !== state;
    const hears =
      REQUESTER_HEARS.includes(state) || (by && state === 'withdrawn');
    const requesters =
      before && (isStep || (isNews && hears)) ? [after.requestedBy] : [];
    const deciders =
      isNews && DECIDERS_HEAR.includes(state)
        ? after.decisions.filter(({ decision }) => decision !== 'recuse')
        : [];
    // Who was asked to decide needs to look no more.
    const asked =
      before && isNews && state === 'withdrawn'
        ? quorumOf(before).waitingFor
        : [];
    const did = whoDid(after, by);
    const recipients = new Set(
      [...requesters, ...deciders.map(decision => decision.by)].filter(
        ref => ref.startsWith('user:') && ref !== did,
      ),
    );
    asked.forEach(ref => recipients.add(ref));
    if (recipients.size === 0) {
      return;
    }
    await this.send(after, {
      recipients: [...recipients],
      except: did ? [did] : [],
      event: `${state}-${after.execution.attempts}${
        isStep ? `-step-${rollout.step}` : ''
      }`,
      title: `${after.name} version ${after.version} in ${after.environment}: ${
        isStep
          ? `step ${rollout.step} of ${rollout.steps.length}`
          : state.replace('_', ' ')
      }`,
      description: whyOf(after, by),
    });
  }

  /** Who set a condition hears that it is met, unless it was that person who said so. */
  private async tellWhoSetConditions(
    before: PromotionRecord | undefined,
    after: PromotionRecord,
  ): Promise<void> {
    const open = before?.conditions.filter(({ closedAt }) => closedAt === null);
    const closed = after.conditions.filter(
      ({ id, closedAt }) =>
        closedAt !== null && open?.some(other => other.id === id),
    );
    for (const { id, by, text, closedBy, closingComment } of closed) {
      if (by !== closedBy) {
        await this.send(after, {
          recipients: [by],
          except: [],
          event: `condition-${id}-closed`,
          title: `Your condition on ${after.name} version ${after.version} in ${after.environment} was closed`,
          description: `${nameOf(closedBy ?? '')} closed “${text}”: ${
            closingComment ?? ''
          }`,
        });
      }
    }
  }

  /** Who is to meet a condition hears of it, unless it was that person who set it. */
  private async tellWhoOwesConditions(
    before: PromotionRecord | undefined,
    after: PromotionRecord,
  ): Promise<void> {
    const known = before?.conditions.length ?? 0;
    for (const { id, by, owner, text, due } of after.conditions.slice(known)) {
      await this.send(after, {
        recipients: [owner],
        except: [by],
        event: `condition-${id}-set`,
        title: `A condition on ${after.name} version ${after.version} in ${after.environment} is yours`,
        description: `${nameOf(
          by,
        )} approves it on the condition “${text}”, due on ${due.slice(0, 10)}.`,
      });
    }
  }

  /** Who brought a version hears that something else took its place at the registry, without a promotion. */
  private async tellOfMove(
    before: PromotionRecord | undefined,
    after: PromotionRecord,
  ): Promise<void> {
    const { movedElsewhere: moved } = after;
    if (!moved || before?.movedElsewhere?.at === moved.at) {
      return;
    }
    const people = [
      after.requestedBy,
      ...countingApprovals(after).map(({ by }) => by),
    ].filter(ref => ref.startsWith('user:'));
    if (people.length === 0) {
      return;
    }
    await this.send(after, {
      recipients: [...new Set(people)],
      except: [],
      event: `moved-${moved.at}`,
      title: `Somebody changed ${after.environment} of ${after.name} at the registry`,
      description: `Without a promotion, ${
        moved.version === null ? 'nothing' : `version ${moved.version}`
      } is live there instead of version ${after.version}.`,
    });
  }

  private async send(
    promotion: PromotionRecord,
    message: {
      recipients: string[];
      except: string[];
      event: string;
      title: string;
      description: string;
    },
  ): Promise<void> {
    const { models, notifications } = this.options;
    await this.quietly(async () => {
      // Of a model that is gone no page tells more.
      const { size } = await models.lookUp([promotion], undefined);
      if (size === 0) {
        return;
      }
      await notifications.send({
        recipients: {
          type: 'entity',
          entityRef: message.recipients,
          excludeEntityRef: message.except,
        },
        payload: {
          title: shortText(message.title, LONGEST_TITLE) ?? '',
          description: message.description,
          link: `/models/promotions/${promotion.id}`,
          topic: 'promotions',
          // The same event is told once, whichever backend tells it.
          scope: `modelport:promotion:${promotion.id}:${message.event}`,
        },
      });
    });
  }

  private async quietly(tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
    } catch (error) {
      this.options.logger.debug(
        `Nobody could be told of a promotion: ${messageOf(error)}`,
      );
    }
  }
}

/** The person who brought a promotion to its state, and needs no telling; undefined where time or the portal did. */
function whoDid(
  after: PromotionRecord,
  by: PromotionRecord | undefined,
): string | undefined {
  switch (after.state) {
    case 'refused':
      return refusalOf(after)?.by;
    case 'withdrawn':
      return by ? undefined : after.requestedBy;
    case 'rolled_back':
      return by?.requestedBy;
    default:
      return undefined;
  }
}

/** Why it came so, in a sentence. */
function whyOf(
  after: PromotionRecord,
  by: PromotionRecord | undefined,
): string {
  if (after.state === 'rolled_back' && by) {
    return `${nameOf(by.requestedBy)} brought version ${by.version} back: ${
      by.reason
    }`;
  }
  if (after.state === 'withdrawn' && by) {
    return `${nameOf(by.requestedBy)} brought version ${
      by.version
    } there already, so that nothing is left to ask for.`;
  }
  const refusal = after.state === 'refused' ? refusalOf(after) : undefined;
  if (refusal) {
    return `${nameOf(refusal.by)} refused it: ${refusal.comment ?? ''}`;
  }
  if (after.state === 'approved') {
    const by_ = countingApprovals(after).map(({ by: one }) => nameOf(one));
    return by_.length > 0
      ? `${by_.join(' and ')} approved it.`
      : 'All gates pass, and nobody has to decide.';
  }
  if (after.state === 'withdrawn') {
    return `${nameOf(after.requestedBy)} took it back.`;
  }
  return after.state === 'expired'
    ? 'Nobody decided it in its time.'
    : after.execution.message ?? '';
}

function refusalOf({ decisions }: PromotionRecord) {
  return decisions.find(({ decision }) => decision === 'refuse');
}

/** A person or group as texts name them. */
function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
