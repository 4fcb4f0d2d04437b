import { createHash } from 'node:crypto';
import {
  Alert,
  AlertEvent,
  AlertState,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { fromJson } from '../../models/modelRow';
import { addAlertEvent } from './addAlertEvent';
import { RuleResult } from './Found';
import { AlertRow, readAlerts } from './readAlerts';
import { AlertSubject, StoredAlert } from './StoredAlert';

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
    return readAlerts(
      this.knex,
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
    const [alert] = await readAlerts(this.knex, rows);
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
    const [alert] = await readAlerts(this.knex, rows);
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
        await addAlertEvent(trx, row.id, {
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

  /**
   * Changes an alert that is still in one of the states, with its event; false where it is not. What it is acknowledged
   * for is kept with it: the findings may change after that.
   */
  async change(
    id: string,
    from: AlertState[],
    change: {
      state?: AlertState;
      severity?: Alert['severity'];
      findings?: Alert['findings'];
      acknowledged?: Omit<NonNullable<Alert['acknowledged']>, 'findings'>;
      closed?: Alert['closed'];
    },
    event: AlertEvent,
  ): Promise<boolean> {
    return this.knex.transaction(async trx => {
      const findings =
        change.acknowledged && (await findingsOf(trx, Number(id)));
      const changed = await trx('monitoring_alerts')
        .where({ id: Number(id) })
        .whereIn('state', from)
        .update({
          ...(change.state && { state: change.state }),
          ...(change.state === 'closed' && { group_key: null }),
          ...(change.severity && { severity: change.severity }),
          ...(change.findings && { findings: JSON.stringify(change.findings) }),
          ...(change.acknowledged && {
            acknowledged: JSON.stringify({ ...change.acknowledged, findings }),
          }),
          ...(change.closed && { closed: JSON.stringify(change.closed) }),
          updated_at: event.at,
        });
      if (changed > 0) {
        await addAlertEvent(trx, Number(id), event);
      }
      return changed > 0;
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
    return readAlerts(
      this.knex,
      await this.knex('monitoring_alerts')
        .where({ source: model.source, name: model.name })
        .whereNot({ state: 'closed' })
        .orderBy('id', 'desc'),
    );
  }
}

/** What an alert says, which nobody changes until the end of the transaction. */
async function findingsOf(
  trx: Knex.Transaction,
  id: number,
): Promise<Alert['findings']> {
  const row = await trx('monitoring_alerts')
    .where({ id })
    .forUpdate()
    .first<Pick<AlertRow, 'findings'> | undefined>('findings');
  return row ? fromJson<Alert['findings']>(row.findings) : [];
}

function groupOf(subject: AlertSubject, category: Alert['category']): string {
  return createHash('sha256')
    .update(
      JSON.stringify([subject.source, subject.name, subject.version, category]),
    )
    .digest('hex');
}
