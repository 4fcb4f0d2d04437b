import { ConflictError, InputError, isError } from '@backstage/errors';
import { ChangeTicket, TicketCheck } from '@modelport/plugin-modelport-common';
import {
  ChangeTickets,
  TicketSubject,
  TrackedTicket,
} from '@modelport/plugin-modelport-node';
import { messageOf } from '../messageOf';
import { PromotionRecord } from './PromotionRecord';

/** A tracker that does not answer in this time can't be asked. */
const ANSWER_MS = 15_000;

/** What was said of a ticket at an execution holds for one that is tried again at once. */
const FRESH_MS = 10 * 60_000;

/** The organisation's tracker of changes, where a module brings one. */
export class PromotionTickets {
  private tracker: ChangeTickets | undefined;

  set(tracker: ChangeTickets): void {
    if (this.tracker) {
      throw new ConflictError('There is a tracker of change tickets already');
    }
    this.tracker = tracker;
  }

  /**
   * What the tracker says of a ticket that somebody names; null where none is named or nobody could be asked.
   *
   * @throws `InputError` where the tracker has no such ticket; what it throws where a promotion may not go on with it.
   */
  async look(
    reference: string | null,
    promotion: TicketSubject,
    at: string,
  ): Promise<ChangeTicket | null> {
    const { tracker } = this;
    if (reference === null || !tracker?.check) {
      return null;
    }
    try {
      const found = await tracker.check(reference, subjectOf(promotion), {
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (found) {
        return ticketOf(found, { when: 'request', at });
      }
    } catch (error) {
      if (isRefusal(error)) {
        throw error;
      }
      return {
        ...unreadTicket(reference, error),
        checkedAt: at,
        checks: [notChecked('request', error, at)],
      };
    }
    throw new InputError(
      `The tracker has no change ticket "${reference.slice(
        0,
        80,
      )}". Nothing was kept.`,
    );
  }

  /**
   * Asks once more of the ticket of a promotion, before anything is changed at the registry; undefined where there is
   * nothing to ask or it was asked a moment ago.
   *
   * @returns the ticket as it is now, whose last check says whether the promotion may go on.
   */
  async lookAgain(
    promotion: PromotionRecord,
    at: string,
  ): Promise<ChangeTicket | undefined> {
    const { tracker } = this;
    const { ticket: reference, changeTicket: before } = promotion;
    const checks = before?.checks ?? [];
    const last = checks.at(-1);
    if (
      reference === null ||
      !tracker?.check ||
      (last?.when === 'execution' &&
        last.allowed &&
        Date.parse(at) - Date.parse(last.at) < FRESH_MS)
    ) {
      return undefined;
    }
    const kept = before ?? {
      reference,
      url: null,
      state: null,
      message: null,
      checkedAt: null,
    };
    try {
      const found = await tracker.check(reference, subjectOf(promotion), {
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return found
        ? {
            ...ticketOf(found, { when: 'execution', at }),
            checks: [...checks, checkOf(found, { when: 'execution', at })],
          }
        : {
            ...kept,
            checkedAt: at,
            checks: [
              ...checks,
              refused(`The tracker no longer has ${reference}`, at),
            ],
          };
    } catch (error) {
      return isRefusal(error)
        ? {
            ...kept,
            checkedAt: at,
            checks: [...checks, refused(messageOf(error), at)],
          }
        : {
            ...kept,
            message: unreadTicket(reference, error).message,
            checkedAt: at,
            checks: [...checks, notChecked('execution', error, at)],
          };
    }
  }

  /** Whether a ticket is to be opened for a promotion. */
  opens(promotion: Pick<PromotionRecord, 'ticket'>): boolean {
    return promotion.ticket === null && this.tracker?.open !== undefined;
  }

  /** Opens a ticket for a promotion that has none; undefined where nothing can or needs to be opened. */
  async open(
    promotion: PromotionRecord,
    at: string,
  ): Promise<ChangeTicket | undefined> {
    const { tracker } = this;
    if (promotion.ticket !== null || !tracker?.open) {
      return undefined;
    }
    try {
      const { id } = promotion;
      const opened = await tracker.open(
        { ...subjectOf(promotion), id, path: `/models/promotions/${id}` },
        { signal: AbortSignal.timeout(ANSWER_MS) },
      );
      return ticketOf(opened, { when: 'opened', at });
    } catch (error) {
      return {
        reference: '',
        url: null,
        state: null,
        message: `No ticket could be opened: ${messageOf(error)}`,
        checkedAt: at,
        checks: [],
      };
    }
  }
}

function subjectOf(promotion: TicketSubject): TicketSubject {
  const { source, name, version, environment, kind, requestedBy, reason } =
    promotion;
  return { source, name, version, environment, kind, requestedBy, reason };
}

function ticketOf(
  { reference, url, state }: TrackedTicket,
  moment: Pick<TicketCheck, 'when' | 'at'>,
): ChangeTicket {
  return {
    reference,
    url,
    state,
    message: null,
    checkedAt: moment.at,
    checks: [checkOf({ reference, url, state }, moment)],
  };
}

function checkOf(
  { state }: TrackedTicket,
  { when, at }: Pick<TicketCheck, 'when' | 'at'>,
): TicketCheck {
  return { when, at, state, message: null, allowed: true };
}

function refused(message: string, at: string): TicketCheck {
  return { when: 'execution', at, state: null, message, allowed: false };
}

/** A tracker that can't be asked holds nothing up. */
function notChecked(
  when: TicketCheck['when'],
  error: unknown,
  at: string,
): TicketCheck {
  return { when, at, state: null, message: messageOf(error), allowed: true };
}

function unreadTicket(reference: string, error: unknown) {
  return {
    reference,
    url: null,
    state: null,
    message: `The ticket could not be looked up: ${messageOf(error)}`,
  };
}

function isRefusal(error: unknown): boolean {
  return (
    isError(error) && ['InputError', 'NotAllowedError'].includes(error.name)
  );
}
