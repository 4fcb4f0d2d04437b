import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { messageOf } from '../../messageOf';
import { ModelsService } from '../../models/ModelsService';
import { StoredAlert } from './StoredAlert';

/** Topic of the events that tell of alerts. */
export const ALERTS_TOPIC = 'modelport.alerts';

const SEVERITY = { low: 'low', medium: 'normal', high: 'high' } as const;

const TITLES = {
  drift: 'its data are drifting',
  performance: 'its performance has suffered',
  data: 'something is wrong with its data',
  missing: 'its monitoring has stopped',
  serving: 'something else serves than what is live',
};

/** Tells owners of alerts, and whoever listens to events. */
export class AlertNews {
  constructor(
    private readonly options: {
      models: Pick<ModelsService, 'lookUp'>;
      notifications: NotificationService;
      events: EventsService;
      logger: LoggerService;
    },
  ) {}

  /** Tells of an alert; that nobody could be told is no reason to fail. */
  async tell(alert: StoredAlert, event: string): Promise<void> {
    const { events } = this.options;
    await this.orWarn(alert, 'Events', () =>
      events.publish({ topic: ALERTS_TOPIC, eventPayload: { event, alert } }),
    );
    await this.orWarn(alert, 'The owner', () => this.notify(alert, event));
  }

  private async notify(alert: StoredAlert, event: string): Promise<void> {
    const { models, notifications } = this.options;
    const known = await models.lookUp([alert], undefined);
    const [model] = known.values();
    if (!model?.owner) {
      return;
    }
    const [kind, namespace, name] = model.entityRef.split(/[:/]/);
    await notifications.send({
      recipients: { type: 'entity', entityRef: model.owner },
      payload: {
        title: `${alert.name} version ${alert.version}: ${
          TITLES[alert.category]
        }`,
        description: `${alert.findings[0].text}${
          alert.findings.length > 1
            ? `, and ${alert.findings.length - 1} more`
            : ''
        }`,
        link: `/catalog/${namespace}/${kind}/${name}/monitoring`,
        topic: 'alerts',
        severity: SEVERITY[alert.severity],
        // The same event is told once, whichever backend tells it.
        scope: `modelport:alert:${alert.id}:${event}`,
      },
    });
  }

  private async orWarn(
    alert: StoredAlert,
    who: string,
    tell: () => Promise<void>,
  ): Promise<void> {
    try {
      await tell();
    } catch (error) {
      this.options.logger.warn(
        `${who} could not be told of the alert ${alert.id}: ${messageOf(
          error,
        )}`,
      );
    }
  }
}
