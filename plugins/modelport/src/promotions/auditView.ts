import { endOfDay } from './endOfDay';
import { modelQuery } from './inboxView';

/** Kinds of what is done, as actions begin. */
export const AUDIT_KINDS = [
  'promotion',
  'rollback',
  'risk-tier',
  'policy',
  'environment',
  'card',
  'rows',
  'reasons',
  'reason-codes',
  'explanation',
  'sources',
] as const;

/** What of the audit chain is shown, as the address has it. */
export interface AuditView {
  model?: string;
  actor?: string;
  action?: (typeof AUDIT_KINDS)[number];
  /** The first day, such as 2030-01-31. */
  from?: string;
  /** The last day. */
  to?: string;
}

/** Reads what an address asks for; what is no kind or no day is left out. */
export function auditViewOf(params: URLSearchParams): AuditView {
  const of = (name: string) => params.get(name) || undefined;
  const dayOf = (name: string) => {
    const day = of(name);
    return day && endOfDay(day) ? day : undefined;
  };
  return {
    model: of('model'),
    actor: of('actor'),
    action: AUDIT_KINDS.find(kind => kind === of('action')),
    from: dayOf('from'),
    to: dayOf('to'),
  };
}

/** The view as an address has it. */
export function auditParams(view: AuditView): Record<string, string> {
  return Object.fromEntries(
    Object.entries(view).filter(([, value]) => value !== undefined),
  );
}

/** The view as the API is asked for it: days begin and end where the reader is. */
export function auditQuery({ model, from, to, ...rest }: AuditView) {
  return {
    ...rest,
    ...modelQuery(model),
    from: from && new Date(`${from}T00:00:00`).toISOString(),
    to: to && new Date(`${to}T24:00:00`).toISOString(),
  };
}

/** Whether something is left out. */
export function isFiltered(view: AuditView): boolean {
  return Object.values(view).some(value => value !== undefined);
}
