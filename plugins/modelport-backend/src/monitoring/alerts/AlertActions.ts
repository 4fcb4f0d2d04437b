import { AlertActionConfig, AlertRule, milliseconds } from './alertsConfig';
import { AlertsStore, StoredAlert } from './AlertsStore';
import { readAirflowRun } from './readAirflowRun';
import { startAction } from './startAction';

/** Runs that take longer are no longer asked for. */
const READ_BACK_MS = 7 * 24 * 3_600_000;

/** Starts what alerts are to start. */
export class AlertActions {
  constructor(
    private readonly options: {
      store: AlertsStore;
      actions: AlertActionConfig[];
      now: () => Date;
    },
  ) {}

  /** Starts every action of the rules once; one that ran for the model lately is left out, and data start nothing. */
  async start(alert: StoredAlert, rules: AlertRule[]): Promise<void> {
    const { store, actions, now } = this.options;
    if (alert.category === 'data') {
      return;
    }
    const wanted = new Set(rules.flatMap(rule => rule.actions));
    for (const action of actions.filter(({ id }) => wanted.has(id))) {
      if (await store.startAction(alert, action, now().toISOString())) {
        const last = await store.lastStarted(alert, action.id, alert.id);
        const coolDown = milliseconds(action.coolDownHours);
        const isCooling =
          last !== undefined && now().getTime() - Date.parse(last) < coolDown;
        const result = isCooling
          ? {
              state: 'skipped' as const,
              message: `It was started for this model at ${last}; once in ${action.coolDownHours} hours is enough.`,
              link: null,
            }
          : await startAction(action, alert, now().getTime());
        await store.endAction(alert.id, action.id, result, now().toISOString());
      }
    }
  }

  /** Reads what became of the runs that alerts started in Airflow, until they end. */
  async readBack(options: { signal: AbortSignal }): Promise<void> {
    const { store, actions, now } = this.options;
    const since = new Date(now().getTime() - READ_BACK_MS).toISOString();
    for (const one of await store.startedSince('airflow', since)) {
      const action = actions.find(({ id }) => id === one.action);
      if (options.signal.aborted) {
        return;
      }
      if (action?.type === 'airflow' && !isEnded(one.message)) {
        const { text } = await readAirflowRun(action, one.alert);
        if (text !== one.message) {
          await store.noteRun(one.alert, one.action, text, now().toISOString());
        }
      }
    }
  }
}

function isEnded(message: string | null): boolean {
  return message === 'Its run: success' || message === 'Its run: failed';
}
