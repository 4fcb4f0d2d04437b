/**
 * A ticket of a tracker, as the tracker says.
 *
 * @public
 */
export interface TrackedTicket {
  /** What people call it, such as `CHG-1234`. */
  reference: string;
  /** Where a person finds it; null where there is no page. */
  url: string | null;
  /** In the words of the tracker, such as `approved`. */
  state: string | null;
}

/**
 * The promotion that a ticket is for.
 *
 * @public
 */
export interface TicketSubject {
  source: string;
  name: string;
  version: string;
  environment: string;
  kind: 'promotion' | 'rollback';
  requestedBy: string;
  reason: string;
}

/**
 * The tracker in which an organisation keeps its changes.
 *
 * @public
 */
export interface ChangeTickets {
  /**
   * Opens a ticket for a promotion that came without one. It may be called again for the same `id` after it failed or
   * the portal died: it must open one ticket for it then, not two.
   */
  open?(
    promotion: TicketSubject & {
      id: string;
      /** Path of its page in the portal. */
      path: string;
    },
    options: { signal: AbortSignal },
  ): Promise<TrackedTicket>;
  /**
   * Looks up the ticket that a promotion names.
   *
   * @param reference - as a person wrote it: a reference or an address.
   * @returns undefined where the tracker has none: the request is refused then.
   * @throws `InputError` or `NotAllowedError` where a promotion may not go on with this ticket; any other error says
   * that the tracker could not be asked, which holds nothing up and is shown.
   */
  check?(
    reference: string,
    promotion: TicketSubject,
    options: { signal: AbortSignal },
  ): Promise<TrackedTicket | undefined>;
}
