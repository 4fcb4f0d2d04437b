import { AlertActionConfig, milliseconds } from './alertsConfig';
import { AlertsStore, StoredAlert } from './AlertsStore';
import { readAirflowRun } from './readAirflowRun';
import { ActionResult, startAction } from './startAction';

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

  /**
   * Starts actions, each once an alert: one that ran for the model lately is left out. Bad data start nothing, whether the
   * alert is on them or another one is at the same time.
   */
  async start(alert: StoredAlert, wanted: string[]): Promise<void> {
    for (const action of this.options.actions) {
      if (wanted.includes(action.id) && alert.category !== 'data') {
        await this.startOne(alert, action);
      }
    }
  }

  private async startOne(
    alert: StoredAlert,
    action: AlertActionConfig,
  ): Promise<void> {
    const { store, now } = this.options;
    const at = now().toISOString();
    const isFirst = await store.startAction(alert, action, at);
    if (!isFirst && !(await store.isRunning(alert.id, action.id))) {
      return;
    }
    const result =
      (await this.reasonNotTo(alert, action, { isFirst })) ??
      (await startAction(action, alert, now().getTime()));
    await store.endAction(alert.id, action.id, result, now().toISOString());
  }

  private async reasonNotTo(
    alert: StoredAlert,
    action: AlertActionConfig,
    { isFirst }: { isFirst: boolean },
  ): Promise<ActionResult | null> {
    const { store, now } = this.options;
    const skipped = (message: string): ActionResult => ({
      state: 'skipped',
      message,
      link: null,
    });
    if (!isFirst && !isSafeToRepeat(action)) {
      return {
        state: 'failed',
        message:
          'The portal ended while it was started, and nobody knows whether it runs. Look there, and start it where it does not.',
        link: null,
      };
    }
    const data = await store.unclosed(alert, 'data');
    if (data) {
      return skipped(
        `Something is wrong with the data of this version (alert ${data.id}): bad data start nothing.`,
      );
    }
    const last = await store.lastStarted(alert, action.id, alert.id);
    const coolDown = milliseconds(action.coolDownHours);
    return last !== undefined && now().getTime() - Date.parse(last) < coolDown
      ? skipped(
          `It was started for this model at ${last}; once in ${action.coolDownHours} hours is enough.`,
        )
      : null;
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

/** Whether who is asked twice starts it once: by the id of its run, or of the delivery. */
function isSafeToRepeat({ type }: AlertActionConfig): boolean {
  return type === 'airflow' || type === 'webhook';
}

function isEnded(message: string | null): boolean {
  return message === 'Its run: success' || message === 'Its run: failed';
}
