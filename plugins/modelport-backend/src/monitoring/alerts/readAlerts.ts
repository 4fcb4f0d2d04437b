import {
  Alert,
  AlertAction,
  AlertEvent,
  AlertState,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { fromJson } from '../../models/modelRow';
import { StoredAlert } from './StoredAlert';

/** An alert as its table has it. */
export interface AlertRow {
  id: number;
  source: string;
  name: string;
  version: string;
  rule: string;
  category: Alert['category'];
  severity: Alert['severity'];
  state: AlertState;
  findings: string;
  opened_at: string;
  updated_at: string;
  acknowledged: string | null;
  closed: string | null;
}

/** Alerts of rows, in their order, with what they started and their history. */
export async function readAlerts(
  knex: Knex,
  rows: AlertRow[],
): Promise<StoredAlert[]> {
  const ids = rows.map(row => row.id);
  const events: Array<AlertEvent & { alert_id: number }> = await knex(
    'monitoring_alert_events',
  )
    .whereIn('alert_id', ids)
    .orderBy('id');
  const actions: Array<
    Omit<AlertAction, 'id'> & { alert_id: number; action: string }
  > = await knex('monitoring_alert_actions')
    .whereIn('alert_id', ids)
    .orderBy('at');
  return rows.map(row => ({
    id: String(row.id),
    source: row.source,
    name: row.name,
    version: row.version,
    rule: row.rule,
    category: row.category,
    severity: row.severity,
    state: row.state,
    findings: fromJson<Alert['findings']>(row.findings),
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    acknowledged: row.acknowledged
      ? fromJson<Alert['acknowledged']>(row.acknowledged)
      : null,
    closed: row.closed ? fromJson<Alert['closed']>(row.closed) : null,
    actions: actions
      .filter(one => one.alert_id === row.id)
      .map(({ action, type, state, message, at, link }) => ({
        id: action,
        type,
        state,
        message,
        at,
        link,
      })),
    history: events
      .filter(one => one.alert_id === row.id)
      .map(({ at, by, kind, text }) => ({ at, by, kind, text })),
  }));
}
