import { AlertEvent } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';

/** Adds to the history of an alert. */
export async function addAlertEvent(
  trx: Knex.Transaction,
  alert: number,
  event: AlertEvent,
): Promise<void> {
  await trx('monitoring_alert_events').insert({ alert_id: alert, ...event });
}
