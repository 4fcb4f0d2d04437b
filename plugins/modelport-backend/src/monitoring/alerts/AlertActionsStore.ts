import { AlertAction } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { addAlertEvent } from './addAlertEvent';
import { RunState, StartedRun } from './RunState';
import { ActionResult } from './startAction';
import { AlertSubject } from './StoredAlert';

/** An action of an alert. */
export interface AlertActionKey {
  alert: string;
  action: string;
}

interface ActionRow {
  alert_id: number;
  action: string;
}

/** What alerts started, or are to start. */
export class AlertActionsStore {
  constructor(private readonly knex: Knex) {}

  /** Notes that an action starts; false where it was started for the alert before. */
  async startAction(
    alert: { id: string; source: string; name: string },
    action: { id: string; type: AlertAction['type'] },
    at: string,
  ): Promise<boolean> {
    const rows: unknown[] = await this.knex('monitoring_alert_actions')
      .insert({
        alert_id: Number(alert.id),
        action: action.id,
        type: action.type,
        source: alert.source,
        name: alert.name,
        state: 'running',
        at,
      })
      .onConflict(['alert_id', 'action'])
      .ignore()
      .returning('alert_id');
    return rows.length > 0;
  }

  /**
   * When an action was last started for a model by another alert, or may have been; undefined where it never was. Of
   * alerts that start it at the same time, the first one does.
   */
  async lastStarted(
    model: { source: string; name: string },
    action: string,
    exceptAlert: string,
  ): Promise<string | undefined> {
    const row = await this.knex('monitoring_alert_actions')
      .where({ source: model.source, name: model.name, action })
      .whereNot({ alert_id: Number(exceptAlert) })
      .where(query =>
        query
          .whereIn('state', ['started', 'unknown'])
          .orWhere(running =>
            running
              .where({ state: 'running' })
              .where('alert_id', '<', Number(exceptAlert)),
          ),
      )
      .max({ at: 'at' })
      .first<{ at: string | null } | undefined>();
    return row?.at ?? undefined;
  }

  /** What waits for the data of a version to be fine again. */
  async waitingOf(subject: AlertSubject): Promise<AlertActionKey[]> {
    const { source, name, version } = subject;
    const rows: ActionRow[] = await this.waiting()
      .where({
        'monitoring_alerts.source': source,
        'monitoring_alerts.name': name,
        'monitoring_alerts.version': version,
      })
      .orderBy('alert_id')
      .select('alert_id', 'action');
    return rows.map(keyOf);
  }

  /** Versions for whose data to be fine again something waits. */
  async waitingSubjects(): Promise<AlertSubject[]> {
    return this.waiting().distinct(
      'monitoring_alerts.source',
      'monitoring_alerts.name',
      'monitoring_alerts.version',
    );
  }

  private waiting(): Knex.QueryBuilder {
    return this.knex('monitoring_alert_actions')
      .join(
        'monitoring_alerts',
        'monitoring_alerts.id',
        'monitoring_alert_actions.alert_id',
      )
      .where({ 'monitoring_alert_actions.state': 'waiting' });
  }

  /** What began to be started before a time, and nobody noted what became of it. */
  async left(before: string): Promise<Array<AlertActionKey & { at: string }>> {
    const rows: Array<ActionRow & { at: string }> = await this.knex(
      'monitoring_alert_actions',
    )
      .where({ state: 'running' })
      .where('at', '<', before)
      .orderBy('at')
      .select('alert_id', 'action', 'at');
    return rows.map(row => ({ ...keyOf(row), at: row.at }));
  }

  /** Notes that what waited starts; false where another backend was faster. */
  async claimWaiting(
    { alert, action }: AlertActionKey,
    at: string,
  ): Promise<boolean> {
    const changed = await this.knex('monitoring_alert_actions')
      .where({ alert_id: Number(alert), action, state: 'waiting' })
      .update({ state: 'running', message: null, at });
    return changed > 0;
  }

  /** Notes what became of starting an action. */
  async endAction(
    { alert, action }: AlertActionKey,
    result: ActionResult,
    at: string,
  ): Promise<void> {
    const { state, message, link, run = null } = result;
    await this.knex.transaction(async trx => {
      await trx('monitoring_alert_actions')
        .where({ alert_id: Number(alert), action })
        .update({ state, message, link, run });
      await addAlertEvent(trx, Number(alert), {
        at,
        by: null,
        kind: 'action',
        text: `${action}: ${result.state}${
          result.message ? `. ${result.message}` : ''
        }`,
      });
    });
  }

  /** What was started since a time and has not ended as far as anybody knows. */
  async runsSince(
    since: string,
  ): Promise<
    Array<AlertActionKey & StartedRun & Pick<AlertAction, 'type' | 'message'>>
  > {
    const rows: Array<
      ActionRow &
        Pick<AlertAction, 'type' | 'message' | 'at'> & { run: string | null }
    > = await this.knex('monitoring_alert_actions')
      .where({ state: 'started', run_ended: false })
      .where('at', '>', since)
      .orderBy('at')
      .select('alert_id', 'action', 'type', 'message', 'at', 'run');
    return rows.map(({ alert_id: alert, ...row }) => ({
      ...row,
      alert: String(alert),
    }));
  }

  /** Notes what became of what an action started. */
  async noteRun(
    { alert, action }: AlertActionKey,
    { text, ended, link }: RunState,
    at: string,
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      await trx('monitoring_alert_actions')
        .where({ alert_id: Number(alert), action })
        .update({ message: text, run_ended: ended, ...(link && { link }) });
      await addAlertEvent(trx, Number(alert), {
        at,
        by: null,
        kind: 'action',
        text: `${action}. ${text}`,
      });
    });
  }
}

function keyOf({ alert_id: alert, action }: ActionRow): AlertActionKey {
  return { alert: String(alert), action };
}
