import { Alert } from '@modelport/plugin-modelport-common';
import { AlertActions } from './AlertActions';
import { AlertNews } from './AlertNews';
import { AlertsStore } from './AlertsStore';
import { RuleResult } from './Found';
import { isOver } from './isOver';
import { AlertSubject, StoredAlert } from './StoredAlert';

const RANK = { low: 0, medium: 1, high: 2 };

/** Opens alerts, changes them, and ends those that nobody took on. */
export class AlertChanges {
  constructor(
    private readonly options: {
      store: AlertsStore;
      actions: AlertActions;
      news: AlertNews;
      now: () => Date;
    },
  ) {}

  /** Opens an alert on what rules found, or changes the one that is not closed. */
  async found(subject: AlertSubject, result: RuleResult): Promise<void> {
    const { store, now, news } = this.options;
    const at = now().toISOString();
    const known = await store.unclosed(subject, result.category);
    if (!known) {
      // What somebody closed is no news as long as nothing else is found.
      const closed = await store.closedBySomebody(subject, result.category);
      if (
        JSON.stringify(closed?.findings) === JSON.stringify(result.findings)
      ) {
        return;
      }
      const id = await store.open(subject, result, at);
      const alert = id && (await store.get(id));
      if (alert) {
        await this.begin(
          alert,
          result.rules.flatMap(rule => rule.actions),
        );
      }
      return;
    }
    if (
      JSON.stringify(known.findings) === JSON.stringify(result.findings) &&
      !isOver(known)
    ) {
      return;
    }
    const isWorse = RANK[result.severity] > RANK[known.severity];
    await store.change(
      known.id,
      ['open', 'acknowledged'],
      {
        findings: result.findings,
        severity: isWorse ? result.severity : known.severity,
      },
      { at, by: null, kind: 'changed', text: result.findings[0].text },
    );
    const changed = isWorse && (await store.get(known.id));
    if (changed) {
      await news.tell(changed, `worse-${changed.severity}`);
    }
  }

  /** Tells of an alert, and starts what it asks for. */
  async begin(alert: StoredAlert, wanted: string[]): Promise<void> {
    const { actions, news, store, now } = this.options;
    await news.tell(alert, 'opened');
    await actions.start(alert, wanted);
    await store.begun(alert.id, now().toISOString());
  }

  /** Ends what nobody took on; what somebody did waits for its cause, and is noted as over. */
  async recovered(
    subject: AlertSubject,
    category: Alert['category'],
    cause = 'The newest window is within its thresholds again.',
  ): Promise<void> {
    const { store, now } = this.options;
    const known = await store.unclosed(subject, category);
    const at = now().toISOString();
    if (known?.state === 'acknowledged' && !isOver(known)) {
      await store.change(
        known.id,
        ['acknowledged'],
        {},
        { at, by: null, kind: 'recovered', text: cause },
      );
    }
    if (known?.state !== 'open') {
      return;
    }
    await store.change(
      known.id,
      ['open'],
      { state: 'closed', closed: { by: null, at, cause, followUp: null } },
      { at, by: null, kind: 'recovered', text: cause },
    );
  }
}
