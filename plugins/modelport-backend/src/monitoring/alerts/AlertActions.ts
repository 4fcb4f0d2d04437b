import { AlertActionConfig, milliseconds } from './alertsConfig';
import { AlertActionsStore } from './AlertActionsStore';
import { AlertsStore } from './AlertsStore';
import { findRun } from './findRun';
import { isOver } from './isOver';
import { readRun } from './readRun';
import { ActionResult, startAction } from './startAction';
import { AlertSubject, StoredAlert } from './StoredAlert';

/** Runs that take longer are no longer asked for. */
const READ_BACK_MS = 7 * 24 * 3_600_000;
/** What was being started so long ago is left by a backend that ended, or got no answer. */
export const LEFT_MS = 300_000;
/** Who does not answer whether it runs is asked no longer. */
const ASKED_MS = 24 * 3_600_000;

/** Starts what alerts are to start. */
export class AlertActions {
  constructor(
    private readonly options: {
      store: AlertActionsStore;
      alerts: Pick<AlertsStore, 'get' | 'unclosed'>;
      actions: AlertActionConfig[];
      now: () => Date;
    },
  ) {}

  /**
   * Starts actions, each once an alert: one that ran for the model lately is left out. Bad data start nothing: an alert on
   * them never does, and others wait until the data are fine again.
   */
  async start(alert: StoredAlert, wanted: string[]): Promise<void> {
    const { store, actions } = this.options;
    for (const action of actions) {
      if (wanted.includes(action.id) && alert.category !== 'data') {
        if (await store.startAction(alert, action, this.time())) {
          await this.end(alert, action.id, await this.resultOf(alert, action));
        }
      }
    }
  }

  /**
   * Starts what waited for the data of a version to be fine again; what waits for an alert that ended is left out.
   *
   * @param replaced - why nothing on the version is to be started any more.
   */
  async startWaiting(subject: AlertSubject, replaced?: string): Promise<void> {
    const { store, alerts, actions } = this.options;
    const waiting = await store.waitingOf(subject);
    if (waiting.length === 0) {
      return;
    }
    const data = await this.badData(subject);
    for (const one of waiting) {
      const alert = await alerts.get(one.alert);
      const action = actions.find(({ id }) => id === one.action);
      const never =
        replaced ??
        (alert?.state === 'closed'
          ? 'The alert ended before the data were fine again.'
          : undefined) ??
        (action ? undefined : 'Nobody configures this any more.');
      const isDue = never !== undefined || !data;
      if (alert && isDue && (await store.claimWaiting(one, this.time()))) {
        const result =
          never === undefined && action
            ? await this.resultOf(alert, action)
            : skipped(never ?? '');
        await this.end(alert, one.action, result);
      }
    }
  }

  /** Versions for whose data to be fine again something waits. */
  async waitingSubjects(): Promise<AlertSubject[]> {
    return this.options.store.waitingSubjects();
  }

  /**
   * Notes what is true of what was being started when a backend ended, or of which no answer came. Nothing is started a
   * second time: where nobody knows whether it runs, that is said.
   */
  async settleLeft(options: { signal: AbortSignal }): Promise<void> {
    const { store, alerts } = this.options;
    const now = this.options.now().getTime();
    for (const one of await store.left(new Date(now - LEFT_MS).toISOString())) {
      if (options.signal.aborted) {
        return;
      }
      const alert = await alerts.get(one.alert);
      const result = alert && (await this.leftResultOf(alert, one));
      if (result && result.state !== 'running') {
        await this.end(alert, one.action, result);
      }
    }
  }

  /** What became of something left; undefined where it is asked for again. */
  private async leftResultOf(
    alert: StoredAlert,
    left: { action: string; at: string },
  ): Promise<ActionResult | undefined> {
    const now = this.options.now().getTime();
    const action = this.options.actions.find(({ id }) => id === left.action);
    if (!action) {
      return unknown('nobody configures this any more');
    }
    const isOld = now - Date.parse(left.at) > ASKED_MS;
    const found = await findRun(
      action,
      { alert: alert.id, at: left.at, run: null },
      now,
    );
    switch (found.is) {
      case 'there': {
        const { text: message, link = null } = found.run;
        return { state: 'started', message, link };
      }
      case 'absent':
        if (alert.state === 'closed') {
          return skipped(
            `It was not started before the alert ended: ${found.why}.`,
          );
        }
        // Airflow starts no run whose id it has, whoever is faster.
        return action.type === 'airflow' && !isOld
          ? this.resultOf(alert, action)
          : {
              state: 'failed',
              message: `The portal ended before it was started: ${found.why}. Start it there where it is still wanted.`,
              link: null,
            };
      case 'unanswered':
        return isOld ? unknown(found.why) : undefined;
      default:
        return unknown(found.why);
    }
  }

  private async resultOf(
    alert: StoredAlert,
    action: AlertActionConfig,
  ): Promise<ActionResult> {
    return (
      (await this.reasonNotTo(alert, action)) ??
      startAction(action, alert, this.options.now().getTime())
    );
  }

  /** The alert on data that are still wrong, whoever took it on. */
  private async badData(
    subject: AlertSubject,
  ): Promise<StoredAlert | undefined> {
    const alert = await this.options.alerts.unclosed(subject, 'data');
    return alert && !isOver(alert) ? alert : undefined;
  }

  private async reasonNotTo(
    alert: StoredAlert,
    action: AlertActionConfig,
  ): Promise<ActionResult | null> {
    const { store, now } = this.options;
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
        await store.noteRun(one, run, this.time());
      }
    }
  }

  private async end(
    alert: StoredAlert,
    action: string,
    result: ActionResult,
  ): Promise<void> {
    await this.options.store.endAction(
      { alert: alert.id, action },
      result,
      this.time(),
    );
  }

  private time(): string {
    return this.options.now().toISOString();
  }
}

function skipped(message: string): ActionResult {
  return { state: 'skipped', message, link: null };
}

function unknown(why: string): ActionResult {
  return {
    state: 'unknown',
    message: `It may have been started, and nobody knows whether it was: ${why}. It is not started again. Look there, and start it where it does not run.`,
    link: null,
  };
}
