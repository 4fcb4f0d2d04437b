import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { messageOf } from '../../messageOf';
import { ModelsService } from '../../models/ModelsService';
import { importanceOf } from '../importanceOf';
import { MonitoringDocuments } from '../MonitoringDocuments';
import { isInUse, versionInUse } from '../MonitoringProjector';
import { MonitoringStore } from '../MonitoringStore';
import { PointsStore } from '../PointsStore';
import { MonitoredVersion } from '../PointToWrite';
import { AlertActions, LEFT_MS } from './AlertActions';
import { AlertChanges } from './AlertChanges';
import { AlertRulesService } from './AlertRulesService';
import { AlertsStore } from './AlertsStore';
import { evaluateRules } from './evaluateRules';
import { AlertSubject } from './StoredAlert';

const MOST_POINTS = 50_000;
/** Windows looked at besides those that rules ask for; some may be missing. */
const SPARE = 3;
/** Versions of which a round asks whether their reports stopped coming. */
const VERSIONS_A_ROUND = 500;
/** Data come first: where something is wrong with them, nothing is started on what they say. */
const CATEGORIES = ['data', 'drift', 'performance', 'missing'] as const;

/** Judges windows by rules when they come and as time goes by, and goes on with what alerts start. */
export class AlertRounds {
  /** The last version of which was asked whether reports stopped coming; undefined where a new turn begins. */
  private lookedAt: MonitoredVersion | undefined;

  constructor(
    private readonly options: {
      store: AlertsStore;
      series: MonitoringStore;
      points: PointsStore;
      documents: Pick<MonitoringDocuments, 'explanation'>;
      models: Pick<ModelsService, 'get'>;
      rules: Pick<
        AlertRulesService,
        'rulesOf' | 'lookForMissing' | 'outsideIsDriftUpTo'
      >;
      changes: AlertChanges;
      actions: AlertActions;
      logger: LoggerService;
      now: () => Date;
    },
  ) {}

  /** Judges the newest windows of a version, where that is in use; to be called after new points. */
  async evaluate(version: MonitoredVersion): Promise<void> {
    const {
      models,
      rules: allRules,
      series: seriesStore,
      points: store,
      documents,
      changes,
      now,
    } = this.options;
    const model = await models.get(version.source, version.name, undefined);
    if (!isInUse(model, version.version)) {
      return;
    }
    const series = await seriesStore.series(version);
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
        ? changes.found(version, result)
        : changes.recovered(version, category));
    }
    await this.options.actions.startWaiting(version);
  }

  /**
   * Judges the versions in use of which reports may have stopped coming, as far as the time allows: each round goes on
   * where the one before ended.
   */
  async lookForMissing(options: { signal: AbortSignal }): Promise<void> {
    const { rules, series, logger } = this.options;
    if (!(await rules.lookForMissing())) {
      return;
    }
    const versions = await series.versions({
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

  /** Tells of alerts and starts what they ask for where a backend ended in between. */
  async beginLeft(options: { signal: AbortSignal }): Promise<void> {
    const { store, changes, now } = this.options;
    const before = new Date(now().getTime() - LEFT_MS).toISOString();
    for (const { id, wanted } of await store.notBegun(before)) {
      if (options.signal.aborted) {
        return;
      }
      const alert = await store.get(id);
      if (alert && alert.state !== 'closed') {
        await changes.begin(alert, wanted);
      } else {
        await store.begun(id, now().toISOString());
      }
    }
  }

  /**
   * Goes on with what alerts start: says what is true of what was left, starts what waited for data that are fine again,
   * and reads what became of the rest.
   */
  async continueActions(options: { signal: AbortSignal }): Promise<void> {
    const { actions } = this.options;
    await actions.settleLeft(options);
    for (const subject of await actions.waitingSubjects()) {
      if (options.signal.aborted) {
        return;
      }
      await actions.startWaiting(subject, await this.replacedBy(subject));
    }
    await actions.readBack(options);
  }

  /** Why nothing is started on a version any more; undefined where it is in use. */
  private async replacedBy(subject: AlertSubject): Promise<string | undefined> {
    try {
      const { source, name, version } = subject;
      const model = await this.options.models.get(source, name, undefined);
      return isInUse(model, version)
        ? undefined
        : noLongerInUse(version, versionInUse(model));
    } catch (error) {
      if (error instanceof NotFoundError) {
        return 'The model is gone.';
      }
      throw error;
    }
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
      const cause = noLongerInUse(alert.version, inUse);
      await store.change(
        alert.id,
        ['open'],
        { state: 'closed', closed: { by: null, at, cause, followUp: null } },
        { at, by: null, kind: 'closed', text: cause },
      );
    }
  }
}

function noLongerInUse(version: string, inUse: string | null): string {
  return inUse === null
    ? `Version ${version} is no longer in use.`
    : `Version ${version} is no longer in use; version ${inUse} is.`;
}
