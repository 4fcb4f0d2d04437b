import { AlertActionConfig, AlertRule, milliseconds } from './alertsConfig';
import { AlertsStore, StoredAlert } from './AlertsStore';
import { startAction } from './startAction';

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
}
