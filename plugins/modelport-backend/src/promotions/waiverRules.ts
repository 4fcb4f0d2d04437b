import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { futureTime } from './futureTime';
import { JudgedGate, PromotionRecord } from './PromotionRecord';
import { gatesOf } from './quorum';
import {
  refuseOwnWork,
  refuseRecused,
  refuseStale,
  refuseUnknown,
  refuseUnlessOpen,
  Reviewer,
} from './refusals';
import { revise, settle } from './revise';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Id of the gate of authors who can't be mapped to people. */
export const AUTHORS_GATE = 'authors';

/** Lets a gate count as passed for a time, with what makes up for it. */
export function waive(
  promotion: PromotionRecord,
  command: {
    person: Reviewer;
    gate: string;
    reason: string;
    control: string;
    expiresAt: string;
    revision: number;
    at: string;
  },
): PromotionRecord {
  const { person, at } = command;
  refuseUnknown(person, 'waive gates');
  refuseOwnWork(promotion, person.entityRef, 'waives gates for');
  refuseUnlessOpen(promotion, at);
  refuseRecused(promotion, person.entityRef);
  const gate = gatesOf(promotion).find(({ id }) => id === command.gate);
  if (!gate) {
    throw new InputError(
      `The promotion ${promotion.id} has no gate "${
        command.gate
      }"; it has ${gatesOf(promotion)
        .map(({ id }) => id)
        .join(', ')}`,
    );
  }
  refuseUnlessWaivable(promotion, gate, person);
  refuseStale(promotion, command.revision);
  const expiresAt = futureTime('expiresAt', command.expiresAt, at);
  const most =
    new Date(at).getTime() + promotion.policy.waiverMaximumDays * DAY_MS;
  if (new Date(expiresAt).getTime() > most) {
    throw new InputError(
      `A waiver holds for at most ${
        promotion.policy.waiverMaximumDays
      } days, until ${new Date(most)
        .toISOString()
        .slice(0, 10)}; expiresAt is ${expiresAt.slice(
        0,
        10,
      )}. Nothing was kept.`,
    );
  }
  const waived = revise(
    {
      ...promotion,
      state: 'in_review',
      waivers: [
        ...promotion.waivers.filter(waiver => waiver.gate !== gate.id),
        {
          gate: gate.id,
          by: person.entityRef,
          reason: command.reason,
          control: command.control,
          expiresAt,
          at,
          expiredAt: null,
        },
      ],
    },
    at,
    `${person.entityRef} waived the gate ${gate.id}`,
  );
  return settle(waived, at);
}

function refuseUnlessWaivable(
  promotion: PromotionRecord,
  gate: JudgedGate,
  person: Reviewer,
): void {
  if (gate.outcome === 'pass') {
    throw new ConflictError(
      `The gate ${gate.id} passes; there is nothing to waive`,
    );
  }
  if (!gate.waivable) {
    throw new NotAllowedError(
      `The policy lets nobody waive the gate ${gate.id}. Nothing was kept.`,
    );
  }
  const { riskGroups } = promotion.policy;
  if (
    gate.id === AUTHORS_GATE &&
    riskGroups.length > 0 &&
    !riskGroups.some(group => person.allGroups.includes(group))
  ) {
    throw new NotAllowedError(
      `Only ${riskGroups.join(
        ' or ',
      )} may waive the gate ${AUTHORS_GATE}. Nothing was kept.`,
    );
  }
  if (
    promotion.waivers.some(
      waiver => waiver.gate === gate.id && waiver.expiredAt === null,
    )
  ) {
    throw new ConflictError(`The gate ${gate.id} is waived already`);
  }
}

/** Notes waivers whose time is over, so that what they covered is open again. */
export function expireWaivers(
  promotion: PromotionRecord,
  at: string,
): PromotionRecord {
  const isOver = (waiver: { expiresAt: string; expiredAt: string | null }) =>
    waiver.expiredAt === null && waiver.expiresAt <= at;
  const over = promotion.waivers.filter(isOver);
  return over.length === 0
    ? promotion
    : revise(
        {
          ...promotion,
          waivers: promotion.waivers.map(waiver =>
            isOver(waiver) ? { ...waiver, expiredAt: at } : waiver,
          ),
        },
        at,
        `The waiver of ${over.map(({ gate }) => gate).join(', ')} expired`,
      );
}
