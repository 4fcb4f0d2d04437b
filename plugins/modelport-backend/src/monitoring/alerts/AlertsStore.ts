import { createHash } from 'node:crypto';
import {
  Alert,
  AlertAction,
  AlertEvent,
  AlertState,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { fromJson } from '../../models/modelRow';
import { RuleResult } from './Found';
import { RunState, StartedRun } from './RunState';
import { ActionResult } from './startAction';

/** An alert without what other nouns say of its model. */
export type StoredAlert = Omit<Alert, 'entityRef' | 'owner'>;

/** The version that an alert is about. */
export interface AlertSubject {
  source: string;
  name: string;
  version: string;
}

interface AlertRow {
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

/** Alerts with their history. */
export class AlertsStore {
  constructor(private readonly knex: Knex) {}

  /** Which alerts there are, the newest first. */
  async heads(options: {
    state?: AlertState;
    most: number;
  }): Promise<Array<{ id: number; source: string; name: string }>> {
    const query = this.knex('monitoring_alerts')
      .orderBy('id', 'desc')
      .limit(options.most)
      .select('id', 'source', 'name');
    return options.state ? query.where({ state: options.state }) : query;
  }

  /** Some alerts, the newest first. */
  async byIds(ids: number[]): Promise<StoredAlert[]> {
    return this.withHistory(
      await this.knex('monitoring_alerts')
        .whereIn('id', ids)
        .orderBy('id', 'desc'),
    );
  }

  async get(id: string): Promise<StoredAlert | undefined> {
    const number = /^\d{1,9}$/.test(id) ? Number(id) : 0;
    const rows: AlertRow[] = await this.knex('monitoring_alerts').where({
      id: number,
    });
    const [alert] = await this.withHistory(rows);
    return alert;
  }

  /** The alert of a cause that is not closed. */
  async unclosed(
    subject: AlertSubject,
    category: Alert['category'],
  ): Promise<StoredAlert | undefined> {
    const rows: AlertRow[] = await this.knex('monitoring_alerts').where({
      group_key: groupOf(subject, category),
    });
    const [alert] = await this.withHistory(rows);
    return alert;
  }

  /** The last alert of a cause, where somebody closed it. */
  async closedBySomebody(
    subject: AlertSubject,
    category: Alert['category'],
  ): Promise<Pick<StoredAlert, 'findings'> | undefined> {
    const row = await this.knex('monitoring_alerts')
      .where({
        source: subject.source,
        name: subject.name,
        version: subject.version,
        category,
      })
      .orderBy('id', 'desc')
      .first<Pick<AlertRow, 'findings' | 'closed'> | undefined>(
        'findings',
        'closed',
      );
    const closed = row?.closed
      ? fromJson<NonNullable<Alert['closed']>>(row.closed)
      : null;
    return row && closed?.by
      ? { findings: fromJson<Alert['findings']>(row.findings) }
      : undefined;
  }

  /** Versions of a model of which an alert of a category is not closed. */
  async unclosedVersions(
    model: { source: string; name: string },
    category: Alert['category'],
  ): Promise<string[]> {
    const rows: Array<{ version: string }> = await this.knex(
      'monitoring_alerts',
    )
      .where({ source: model.source, name: model.name, category })
      .whereNotNull('group_key')
      .select('version');
    return rows.map(({ version }) => version);
  }

  /** Opens an alert; undefined where another backend was faster. */
  async open(
    subject: AlertSubject,
    result: RuleResult,
    at: string,
  ): Promise<string | undefined> {
    return this.knex.transaction(async trx => {
      const [row] = await trx('monitoring_alerts')
        .insert({
          source: subject.source,
          name: subject.name,
          version: subject.version,
          rule: result.rules.at(0)?.id ?? result.category,
          category: result.category,
          severity: result.severity,
          state: 'open',
          group_key: groupOf(subject, result.category),
          wanted: JSON.stringify([
            ...new Set(result.rules.flatMap(rule => rule.actions)),
          ]),
          findings: JSON.stringify(result.findings),
          opened_at: at,
          updated_at: at,
        })
        .onConflict('group_key')
        .ignore()
        .returning<Array<{ id: number } | undefined>>('id');
      if (row) {
        await addEvent(trx, row.id, {
          at,
          by: null,
          kind: 'opened',
          text: result.findings[0].text,
        });
      }
      return row && String(row.id);
    });
  }

  /** Notes that all was told and started that an alert asks for. */
  async begun(id: string, at: string): Promise<void> {
    await this.knex('monitoring_alerts')
      .where({ id: Number(id) })
      .update({ begun_at: at });
  }

  /** Alerts opened before a time of which not all was told and started, with the actions that they are to start. */
  async notBegun(
    before: string,
  ): Promise<Array<{ id: string; wanted: string[] }>> {
    const rows: Array<{ id: number; wanted: string | null }> = await this.knex(
      'monitoring_alerts',
    )
      .whereNull('begun_at')
      .where('opened_at', '<', before)
      .orderBy('id')
      .select('id', 'wanted');
    return rows.map(({ id, wanted }) => ({
      id: String(id),
      wanted: wanted ? fromJson<string[]>(wanted) : [],
    }));
  }

  /** Changes an alert that is still in one of the states, with its event; false where it is not. */
  async change(
    id: string,
    from: AlertState[],
    change: {
      state?: AlertState;
      severity?: Alert['severity'];
      findings?: Alert['findings'];
      acknowledged?: Alert['acknowledged'];
      closed?: Alert['closed'];
    },
    event: AlertEvent,
  ): Promise<boolean> {
    return this.knex.transaction(async trx => {
      const changed = await trx('monitoring_alerts')
        .where({ id: Number(id) })
        .whereIn('state', from)
        .update({
          ...(change.state && { state: change.state }),
          ...(change.state === 'closed' && { group_key: null }),
          ...(change.severity && { severity: change.severity }),
          ...(change.findings && { findings: JSON.stringify(change.findings) }),
          ...(change.acknowledged && {
            acknowledged: JSON.stringify(change.acknowledged),
          }),
          ...(change.closed && { closed: JSON.stringify(change.closed) }),
          updated_at: event.at,
        });
      if (changed > 0) {
        await addEvent(trx, Number(id), event);
      }
      return changed > 0;
    });
  }

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
   * When an action was last started for a model by another alert; undefined where it never was. Of alerts that start it
   * at the same time, the first one does.
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
          .where({ state: 'started' })
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

  /** Whether an action was begun for an alert and nobody noted what became of it. */
  async isRunning(alert: string, action: string): Promise<boolean> {
    const row: unknown = await this.knex('monitoring_alert_actions')
      .where({ alert_id: Number(alert), action, state: 'running' })
      .first('action');
    return row !== undefined;
  }

  /** What waits for the data of a version to be fine again. */
  async waitingOf(
    subject: AlertSubject,
  ): Promise<Array<{ alert: string; action: string }>> {
    const rows: Array<{ alert_id: number; action: string }> = await this.knex(
      'monitoring_alert_actions',
    )
      .join(
        'monitoring_alerts',
        'monitoring_alerts.id',
        'monitoring_alert_actions.alert_id',
      )
      .where({
        'monitoring_alerts.source': subject.source,
        'monitoring_alerts.name': subject.name,
        'monitoring_alerts.version': subject.version,
        'monitoring_alert_actions.state': 'waiting',
      })
      .orderBy('alert_id')
      .select('alert_id', 'action');
    return rows.map(row => ({
      alert: String(row.alert_id),
      action: row.action,
    }));
  }

  /** Notes that what waited starts; false where another backend was faster. */
  async claimWaiting(
    { alert, action }: { alert: string; action: string },
    at: string,
  ): Promise<boolean> {
    const changed = await this.knex('monitoring_alert_actions')
      .where({ alert_id: Number(alert), action, state: 'waiting' })
      .update({ state: 'running', message: null, at });
    return changed > 0;
  }

  async endAction(
    alert: string,
    action: string,
    result: ActionResult,
    at: string,
  ): Promise<void> {
    const { state, message, link, run = null } = result;
    await this.knex.transaction(async trx => {
      await trx('monitoring_alert_actions')
        .where({ alert_id: Number(alert), action })
        .update({ state, message, link, run });
      await addEvent(trx, Number(alert), {
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
    Array<
      StartedRun & Pick<AlertAction, 'type' | 'message'> & { action: string }
    >
  > {
    const rows: Array<
      Pick<AlertAction, 'type' | 'message' | 'at'> & {
        alert_id: number;
        action: string;
        run: string | null;
      }
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
    { alert, action }: { alert: string; action: string },
    { text, ended, link }: RunState,
    at: string,
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      await trx('monitoring_alert_actions')
        .where({ alert_id: Number(alert), action })
        .update({ message: text, run_ended: ended, ...(link && { link }) });
      await addEvent(trx, Number(alert), {
        at,
        by: null,
        kind: 'action',
        text: `${action}. ${text}`,
      });
    });
  }

  /** Open alerts on a model, of whatever version. */
  async openOf(model: {
    source: string;
    name: string;
  }): Promise<Array<Pick<StoredAlert, 'id' | 'version' | 'category'>>> {
    const rows: Array<Pick<AlertRow, 'id' | 'version' | 'category'>> =
      await this.knex('monitoring_alerts')
        .where({ source: model.source, name: model.name, state: 'open' })
        .select('id', 'version', 'category');
    return rows.map(row => ({ ...row, id: String(row.id) }));
  }

  /** Alerts on a model that nobody has closed, of whatever version. */
  async unclosedOf(model: {
    source: string;
    name: string;
  }): Promise<StoredAlert[]> {
    return this.withHistory(
      await this.knex('monitoring_alerts')
        .where({ source: model.source, name: model.name })
        .whereNot({ state: 'closed' })
        .orderBy('id', 'desc'),
    );
  }

  private async withHistory(rows: AlertRow[]): Promise<StoredAlert[]> {
    const ids = rows.map(row => row.id);
    const events: Array<AlertEvent & { alert_id: number }> = await this.knex(
      'monitoring_alert_events',
    )
      .whereIn('alert_id', ids)
      .orderBy('id');
    const actions: Array<
      Omit<AlertAction, 'id'> & { alert_id: number; action: string }
    > = await this.knex('monitoring_alert_actions')
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
}

async function addEvent(
  trx: Knex.Transaction,
  alert: number,
  event: AlertEvent,
): Promise<void> {
  await trx('monitoring_alert_events').insert({ alert_id: alert, ...event });
}

function groupOf(subject: AlertSubject, category: Alert['category']): string {
  return createHash('sha256')
    .update(
      JSON.stringify([subject.source, subject.name, subject.version, category]),
    )
    .digest('hex');
}
