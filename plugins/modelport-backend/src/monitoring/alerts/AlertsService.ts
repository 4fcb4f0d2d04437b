import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  Alert,
  AlertPage,
  AlertState,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { messageOf } from '../../messageOf';
import { decodeCursor, encodeCursor } from '../../models/cursor';
import { ModelsVisibility } from '../../models/modelsFilter';
import { ModelsService } from '../../models/ModelsService';
import { importanceOf } from '../importanceOf';
import { MonitoringDocuments } from '../MonitoringDocuments';
import { isInUse, versionInUse } from '../MonitoringProjector';
import { MonitoringStore } from '../MonitoringStore';
import { MonitoredVersion } from '../PointToWrite';
import { AlertActions } from './AlertActions';
import { AlertNews } from './AlertNews';
import { AlertRulesService } from './AlertRulesService';
import { AlertsStore, AlertSubject, StoredAlert } from './AlertsStore';
import { evaluateRules } from './evaluateRules';
import { RuleResult } from './Found';
import { isOver } from './isOver';

/** Alerts that are looked at for a list; older ones are history. */
const MOST_LISTED = 10_000;
const MOST_POINTS = 50_000;
/** Windows looked at besides those that rules ask for; some may be missing. */
const SPARE = 3;
/** Versions of which a round asks whether their reports stopped coming. */
const VERSIONS_A_ROUND = 500;
/** Data come first: where something is wrong with them, nothing is started on what they say. */
const CATEGORIES = ['data', 'drift', 'performance', 'missing'] as const;
/** What was not told and started so long after an alert was opened is left by a backend that ended. */
const LEFT_MS = 300_000;
const RANK = { low: 0, medium: 1, high: 2 };

const cursorSchema = z.object({
  id: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

/** Opens, changes and ends alerts. */
export class AlertsService {
  /** The last version of which was asked whether reports stopped coming; undefined where a new turn begins. */
  private lookedAt: MonitoredVersion | undefined;

  constructor(
    private readonly options: {
      store: AlertsStore;
      points: MonitoringStore;
      documents: Pick<MonitoringDocuments, 'explanation'>;
      models: Pick<ModelsService, 'get' | 'getVersion' | 'lookUp'>;
      rules: Pick<
        AlertRulesService,
        'rulesOf' | 'lookForMissing' | 'outsideIsDriftUpTo'
      >;
      actions: AlertActions;
      news: AlertNews;
      logger: LoggerService;
      now: () => Date;
    },
  ) {}

  /** Judges the newest windows of a version, where that is in use; to be called after new points. */
  async evaluate(version: MonitoredVersion): Promise<void> {
    const {
      models,
      rules: allRules,
      points: store,
      documents,
      now,
    } = this.options;
    const model = await models.get(version.source, version.name, undefined);
    if (!isInUse(model, version.version)) {
      return;
    }
    const series = await store.series(version);
    const rules = await allRules.rulesOf(version);
    const points = await store.newest(series, {
      windows: Math.max(...rules.map(rule => rule.windows), 1) + SPARE,
      most: MOST_POINTS,
    });
    const results = evaluateRules({
      rules,
      series,
      points,
      importance: importanceOf(await documents.explanation(version)),
      outsideIsDriftUpTo: allRules.outsideIsDriftUpTo,
      now: now().getTime(),
    });
    for (const category of CATEGORIES) {
      const result = results.find(one => one.category === category);
      await (result
        ? this.found(version, result)
        : this.recovered(version, category));
    }
    await this.options.actions.startWaiting(version);
  }

  /**
   * Judges the versions in use of which reports may have stopped coming, as far as the time allows: each round goes on
   * where the one before ended.
   */
  async lookForMissing(options: { signal: AbortSignal }): Promise<void> {
    const { rules, points, logger } = this.options;
    if (!(await rules.lookForMissing())) {
      return;
    }
    const versions = await points.versions({
      after: this.lookedAt,
      most: VERSIONS_A_ROUND,
    });
    for (const version of versions) {
      if (options.signal.aborted) {
        return;
      }
      this.lookedAt = version;
      try {
        await this.evaluate(version);
      } catch (error) {
        if (!(error instanceof NotFoundError)) {
          logger.warn(
            `The alerts of ${version.source}/${
              version.name
            } could not be judged; they are judged again in the next round. ${messageOf(
              error,
            )}`,
          );
        }
      }
    }
    if (versions.length < VERSIONS_A_ROUND) {
      this.lookedAt = undefined;
    }
  }

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
        await this.found(subject, { ...result, category, rules: [] });
      }
    }
    const known = await this.options.store.unclosedVersions(model, category);
    for (const version of known.filter(one => one !== wrong?.version)) {
      await this.recovered(
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

  /** Tells of alerts and starts what they ask for where a backend ended in between. */
  async beginLeft(options: { signal: AbortSignal }): Promise<void> {
    const { store, now } = this.options;
    const before = new Date(now().getTime() - LEFT_MS).toISOString();
    for (const { id, wanted } of await store.notBegun(before)) {
      if (options.signal.aborted) {
        return;
      }
      const alert = await store.get(id);
      if (alert && alert.state !== 'closed') {
        await this.begin(alert, wanted);
      } else {
        await store.begun(id, now().toISOString());
      }
    }
  }

  /** Reads what became of what alerts started. */
  async readBack(options: { signal: AbortSignal }): Promise<void> {
    await this.options.actions.readBack(options);
  }

  /** Ends the alerts on versions in whose place another one came; what somebody took on waits for its cause. */
  async closeReplaced(id: { source: string; name: string }): Promise<void> {
    const { store, models, now } = this.options;
    const open = await store.openOf(id);
    if (open.length === 0) {
      return;
    }
    const model = await models.get(id.source, id.name, undefined);
    const inUse = versionInUse(model);
    // What serves beside what is in use is no matter of its windows.
    const replaced = open.filter(
      ({ version, category }) =>
        !isInUse(model, version) && category !== 'serving',
    );
    for (const alert of replaced) {
      const at = now().toISOString();
      const cause =
        inUse === null
          ? `Version ${alert.version} is no longer in use.`
          : `Version ${alert.version} is no longer in use; version ${inUse} is.`;
      await store.change(
        alert.id,
        ['open'],
        { state: 'closed', closed: { by: null, at, cause, followUp: null } },
        { at, by: null, kind: 'closed', text: cause },
      );
    }
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

  private async found(
    subject: AlertSubject,
    result: RuleResult,
  ): Promise<void> {
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

  private async begin(alert: StoredAlert, wanted: string[]): Promise<void> {
    const { actions, news, store, now } = this.options;
    await news.tell(alert, 'opened');
    await actions.start(alert, wanted);
    await store.begun(alert.id, now().toISOString());
  }

  /** Ends what nobody took on; what somebody did waits for its cause, and is noted as over. */
  private async recovered(
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

/** What findings say, whenever they were made. */
function textsOf({ findings }: Pick<RuleResult, 'findings'>): string {
  return JSON.stringify(findings.map(({ text }) => text));
}

function keyOf(model: { source: string; name: string }): string {
  return JSON.stringify([model.source, model.name]);
}
