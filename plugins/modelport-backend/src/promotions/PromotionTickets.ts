import { ConflictError, InputError, isError } from '@backstage/errors';
import { ChangeTicket } from '@modelport/plugin-modelport-common';
import { ChangeTickets, TicketSubject } from '@modelport/plugin-modelport-node';
import { messageOf } from '../messageOf';
import { PromotionRecord } from './PromotionRecord';

/** A tracker that does not answer in this time can't be asked. */
const ANSWER_MS = 15_000;

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
        return { ...shown(found), message: null, checkedAt: at };
      }
    } catch (error) {
      if (isRefusal(error)) {
        throw error;
      }
      return {
        reference,
        url: null,
        state: null,
        message: `The ticket could not be looked up: ${messageOf(error)}`,
        checkedAt: at,
      };
    }
    throw new InputError(
      `The tracker has no change ticket "${reference.slice(
        0,
        80,
      )}". Nothing was kept.`,
    );
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
      return { ...shown(opened), message: null, checkedAt: at };
    } catch (error) {
      return {
        reference: '',
        url: null,
        state: null,
        message: `No ticket could be opened: ${messageOf(error)}`,
        checkedAt: at,
      };
    }
  }
}

function subjectOf(promotion: TicketSubject): TicketSubject {
  const { source, name, version, environment, kind, requestedBy, reason } =
    promotion;
  return { source, name, version, environment, kind, requestedBy, reason };
}

function shown(ticket: {
  reference: string;
  url: string | null;
  state: string | null;
}) {
  const { reference, url, state } = ticket;
  return { reference, url, state };
}

function isRefusal(error: unknown): boolean {
  return (
    isError(error) && ['InputError', 'NotAllowedError'].includes(error.name)
  );
}
