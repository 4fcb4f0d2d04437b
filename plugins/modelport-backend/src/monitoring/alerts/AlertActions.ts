import { AlertActionConfig, milliseconds } from './alertsConfig';
import { isOver } from './isOver';
import { AlertsStore, AlertSubject, StoredAlert } from './AlertsStore';
import { readRun } from './readRun';
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
   * Starts actions, each once an alert: one that ran for the model lately is left out. Bad data start nothing: an alert on
   * them never does, and others wait until the data are fine again.
   */
  async start(alert: StoredAlert, wanted: string[]): Promise<void> {
    for (const action of this.options.actions) {
      if (wanted.includes(action.id) && alert.category !== 'data') {
        await this.startOne(alert, action);
      }
    }
  }

  /** Starts what waited for the data of a version to be fine again; what waits for an alert that ended is left out. */
  async startWaiting(subject: AlertSubject): Promise<void> {
    const { store, actions, now } = this.options;
    const waiting = await store.waitingOf(subject);
    if (waiting.length === 0 || (await this.badData(subject))) {
      return;
    }
    for (const one of waiting) {
      const alert = await store.get(one.alert);
      const action = actions.find(({ id }) => id === one.action);
      const at = now().toISOString();
      if (alert && (await store.claimWaiting(one, at))) {
        const result =
          action && alert.state !== 'closed'
            ? await this.resultOf(alert, action, { isFirst: true })
            : skipped(
                'The data are fine again, but the alert ended before that, or nobody configures this any more.',
              );
        await store.endAction(
          one.alert,
          one.action,
          result,
          now().toISOString(),
        );
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
    const result = await this.resultOf(alert, action, { isFirst });
    await store.endAction(alert.id, action.id, result, now().toISOString());
  }

  private async resultOf(
    alert: StoredAlert,
    action: AlertActionConfig,
    options: { isFirst: boolean },
  ): Promise<ActionResult> {
    return (
      (await this.reasonNotTo(alert, action, options)) ??
      startAction(action, alert, this.options.now().getTime())
    );
  }

  /** The alert on data that are still wrong, whoever took it on. */
  private async badData(
    subject: AlertSubject,
  ): Promise<StoredAlert | undefined> {
    const alert = await this.options.store.unclosed(subject, 'data');
    return alert && !isOver(alert) ? alert : undefined;
  }

  private async reasonNotTo(
    alert: StoredAlert,
    action: AlertActionConfig,
    { isFirst }: { isFirst: boolean },
  ): Promise<ActionResult | null> {
    const { store, now } = this.options;
    if (!isFirst && !isSafeToRepeat(action)) {
      return {
        state: 'failed',
        message:
          'The portal ended while it was started, and nobody knows whether it runs. Look there, and start it where it does not.',
        link: null,
      };
    }
    const data = await this.badData(alert);
    if (data) {
      return {
        state: 'waiting',
        message: `Something is wrong with the data of this version (alert ${data.id}), and bad data start nothing. It starts when they are fine again.`,
        link: null,
      };
    }
    const last = await store.lastStarted(alert, action.id, alert.id);
    const coolDown = milliseconds(action.coolDownHours);
    return last !== undefined && now().getTime() - Date.parse(last) < coolDown
      ? skipped(
          `It was started for this model at ${last}; once in ${action.coolDownHours} hours is enough.`,
        )
      : null;
  }

  /** Reads what became of the runs that alerts started, until they end. */
  async readBack(options: { signal: AbortSignal }): Promise<void> {
    const { store, actions, now } = this.options;
    const since = new Date(now().getTime() - READ_BACK_MS).toISOString();
    for (const one of await store.runsSince(since)) {
      const action = actions.find(({ id }) => id === one.action);
      if (options.signal.aborted) {
        return;
      }
      const run =
        action?.type === one.type
          ? await readRun(action, one, now().getTime())
          : null;
      if (run && (run.ended || run.text !== one.message)) {
        await store.noteRun(one, run, now().toISOString());
      }
    }
  }
}

function skipped(message: string): ActionResult {
  return { state: 'skipped', message, link: null };
}

/** Whether who is asked twice starts it once: by the id of its run, or of the delivery. */
function isSafeToRepeat({ type }: AlertActionConfig): boolean {
  return type === 'airflow' || type === 'webhook';
}
