import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  Alert,
  AlertPage,
  AlertState,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../models/cursor';
import { ModelsVisibility } from '../../models/modelsFilter';
import { ModelsService } from '../../models/ModelsService';
import { AlertActions } from './AlertActions';
import { AlertChanges } from './AlertChanges';
import { AlertsStore } from './AlertsStore';
import { RuleResult } from './Found';

/** Alerts that are looked at for a list; older ones are history. */
const MOST_LISTED = 10_000;

const cursorSchema = z.object({
  id: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

/** Alerts for people, and for what else finds something wrong with a model or decides on it. */
export class AlertsService {
  constructor(
    private readonly options: {
      store: AlertsStore;
      models: Pick<ModelsService, 'lookUp'>;
      changes: AlertChanges;
      actions: AlertActions;
      now: () => Date;
    },
  ) {}

  /**
   * Takes what somebody else than monitoring's rules found wrong with a model: one alert of the category for the version
   * that it is about, and none for others. Nothing found ends what was found before.
   */
  async report(
    model: { source: string; name: string },
    category: Alert['category'],
    wrong:
      | (Pick<RuleResult, 'severity' | 'findings'> & { version: string })
      | undefined,
  ): Promise<void> {
    const { source, name } = model;
    if (wrong) {
      const { version, ...result } = wrong;
      const subject = { source, name, version };
      const before = await this.options.store.unclosed(subject, category);
      if (!before || textsOf(before) !== textsOf(result)) {
        await this.options.changes.found(subject, {
          ...result,
          category,
          rules: [],
        });
      }
    }
    const known = await this.options.store.unclosedVersions(model, category);
    for (const version of known.filter(one => one !== wrong?.version)) {
      await this.options.changes.recovered(
        { source, name, version },
        category,
        'It is no longer so.',
      );
    }
  }

  /** What is wrong with a model and nobody has closed, of whatever version, for what decides on versions. */
  async unclosedOf(model: {
    source: string;
    name: string;
  }): Promise<
    Array<
      Pick<Alert, 'id' | 'version' | 'severity' | 'openedAt'> & { text: string }
    >
  > {
    const alerts = await this.options.store.unclosedOf(model);
    return alerts.map(({ id, version, severity, openedAt, findings }) => ({
      id,
      version,
      severity,
      openedAt,
      text: findings[0]?.text ?? '',
    }));
  }

  /** A page of alerts on models that the caller may see, the newest first. */
  async list(options: {
    visibility: ModelsVisibility;
    state?: AlertState;
    model?: string;
    limit: number;
    cursor?: string;
  }): Promise<AlertPage> {
    const { store, models } = this.options;
    const heads = await store.heads({
      state: options.state,
      most: MOST_LISTED,
    });
    const known = await models.lookUp(
      [...new Map(heads.map(one => [keyOf(one), one])).values()],
      options.visibility,
    );
    const visible = heads.filter(one => {
      const model = known.get(keyOf(one));
      return (
        model &&
        (options.model === undefined ||
          model.entityRef === options.model ||
          `${one.source}/${one.name}` === options.model)
      );
    });
    const after = options.cursor
      ? decodeCursor(options.cursor, cursorSchema).id
      : Number.POSITIVE_INFINITY;
    const rest = visible.filter(({ id }) => id < after);
    const shown = rest.slice(0, options.limit).map(({ id }) => id);
    const items = await store.byIds(shown);
    return {
      items: items.map(one => ({
        ...one,
        ...(known.get(keyOf(one)) ?? { entityRef: '', owner: null }),
      })),
      totalItems: visible.length,
      nextCursor:
        rest.length > shown.length
          ? encodeCursor({ id: shown[shown.length - 1] })
          : null,
    };
  }

  /** @throws `NotFoundError` for what the caller may not see; `ConflictError` where it is not open. */
  async acknowledge(
    id: string,
    by: string,
    said: { reason: string; incident?: string | null },
    visibility: ModelsVisibility,
  ): Promise<Alert> {
    const alert = await this.visible(id, visibility);
    const at = this.options.now().toISOString();
    const incident = said.incident || null;
    const isChanged = await this.options.store.change(
      alert.id,
      ['open'],
      {
        state: 'acknowledged',
        acknowledged: { by, at, reason: said.reason, incident },
      },
      { at, by, kind: 'acknowledged', text: said.reason },
    );
    if (!isChanged) {
      throw new ConflictError(
        `The alert ${id} is ${alert.state}, not open; nothing was changed.`,
      );
    }
    return this.visible(id, visibility);
  }

  /** @throws `NotFoundError` for what the caller may not see; `ConflictError` where it is closed already. */
  async close(
    id: string,
    by: string,
    said: { cause: string; followUp: string },
    visibility: ModelsVisibility,
  ): Promise<Alert> {
    const alert = await this.visible(id, visibility);
    const at = this.options.now().toISOString();
    const isChanged = await this.options.store.change(
      alert.id,
      ['open', 'acknowledged'],
      {
        state: 'closed',
        closed: { by, at, cause: said.cause, followUp: said.followUp },
      },
      { at, by, kind: 'closed', text: `${said.cause} ${said.followUp}` },
    );
    if (!isChanged) {
      throw new ConflictError(
        `The alert ${id} is closed already; nothing was changed.`,
      );
    }
    await this.options.actions.startWaiting(alert);
    return this.visible(id, visibility);
  }

  private async visible(
    id: string,
    visibility: ModelsVisibility,
  ): Promise<Alert> {
    const alert = await this.options.store.get(id);
    const known =
      alert && (await this.options.models.lookUp([alert], visibility));
    const model = alert && known?.get(keyOf(alert));
    if (!model) {
      throw new NotFoundError(`There is no alert ${id}`);
    }
    return { ...alert, ...model };
  }
}

/** What findings say, whenever they were made. */
function textsOf({ findings }: Pick<RuleResult, 'findings'>): string {
  return JSON.stringify(findings.map(({ text }) => text));
}

function keyOf(model: { source: string; name: string }): string {
  return JSON.stringify([model.source, model.name]);
}
