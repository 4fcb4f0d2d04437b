import { ConflictError, InputError } from '@backstage/errors';
import {
  AlertRule as ApiRule,
  AlertRules,
  AlertRulesPreview,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { ModelsVisibility } from '../../models/modelsFilter';
import { ModelsService } from '../../models/ModelsService';
import { importanceOf } from '../importanceOf';
import { MonitoringDocuments } from '../MonitoringDocuments';
import { versionInUse } from '../MonitoringProjector';
import { MonitoringStore } from '../MonitoringStore';
import { PointsStore } from '../PointsStore';
import {
  AlertRule,
  MISSING_RULE,
  MonitoringConfig,
  rulesSchema,
} from './alertsConfig';
import { previewRules } from './previewRules';
import { RulesStore } from './RulesStore';

const MOST_POINTS = 100_000;

interface ModelId {
  source: string;
  name: string;
}

/** The rules of models: those of the config, or those that people gave a model in their place. */
export class AlertRulesService {
  constructor(
    private readonly options: {
      store: RulesStore;
      series: MonitoringStore;
      points: PointsStore;
      documents: Pick<MonitoringDocuments, 'explanation'>;
      models: Pick<ModelsService, 'get' | 'getVersion'>;
      config: MonitoringConfig['alerts'];
      now: () => Date;
    },
  ) {}

  /** Share of values outside of the reference's range up to which they are drift. */
  get outsideIsDriftUpTo(): number {
    return this.options.config.outsideIsDriftUpTo;
  }

  /** The rules that count for a model. */
  async rulesOf(model: ModelId): Promise<AlertRule[]> {
    const { store, config } = this.options;
    const own = await store.get(model);
    const read = own && rulesSchema.safeParse(own.rules);
    if (read?.success) {
      return read.data;
    }
    const rules = config.rules.filter(rule => isFor(rule, model.name));
    return config.missing &&
      !rules.some(({ category }) => category === 'missing')
      ? [...rules, MISSING_RULE]
      : rules;
  }

  /** Whether some model must be looked at although nothing of it came. */
  async lookForMissing(): Promise<boolean> {
    const { store, config } = this.options;
    return (
      config.missing ||
      config.rules.some(({ category }) => category === 'missing') ||
      store.any()
    );
  }

  /** @throws `NotFoundError` where there is no such model that the caller may see. */
  async get(
    model: ModelId & { visibility: ModelsVisibility },
    options: { mayEdit: boolean },
  ): Promise<AlertRules> {
    const { store, config, series: seriesStore } = this.options;
    const version = await this.version(model);
    const series = version ? await seriesStore.series(version) : [];
    const own = await store.get(model);
    return {
      items: (await this.rulesOf(model)).map(toApi),
      declaredBy: own?.by ?? null,
      mayEdit: options.mayEdit,
      actions: config.actions.map(({ id }) => id),
      statistics: [
        ...new Set(
          series
            .filter(({ kind }) => kind === 'drift' || kind === 'performance')
            .map(({ statistic }) => statistic),
        ),
      ].sort(),
    };
  }

  /** @throws `InputError` where rules are none; nothing is kept then. */
  async put(
    model: ModelId & { visibility: ModelsVisibility },
    items: ApiRule[],
    by: string,
  ): Promise<AlertRules> {
    await this.version(model);
    const rules = this.read(items);
    await this.options.store.put(model, {
      rules,
      by,
      at: this.options.now().toISOString(),
    });
    return this.get(model, { mayEdit: true });
  }

  /** @throws `ConflictError` where the model has none of its own. */
  async delete(
    model: ModelId & { visibility: ModelsVisibility },
  ): Promise<AlertRules> {
    await this.version(model);
    if (!(await this.options.store.delete(model))) {
      throw new ConflictError(
        'The model has no rules of its own; nothing was changed.',
      );
    }
    return this.get(model, { mayEdit: true });
  }

  /** How often rules would have fired over the windows that are known. */
  async preview(
    model: ModelId & { visibility: ModelsVisibility },
    items: ApiRule[],
  ): Promise<AlertRulesPreview> {
    const { series: seriesStore, points: store, documents } = this.options;
    const rules = this.read(items);
    const version = await this.version(model);
    if (!version) {
      return { version: null, windows: 0, items: [] };
    }
    const series = await seriesStore.series(version);
    const { points } = await store.points(
      series.map(({ id }) => id),
      { most: MOST_POINTS },
    );
    return {
      version: version.version,
      ...(await previewRules({
        rules,
        series,
        points,
        importance: importanceOf(await documents.explanation(version)),
        outsideIsDriftUpTo: this.outsideIsDriftUpTo,
        now: this.options.now().getTime(),
      })),
    };
  }

  private read(items: ApiRule[]): AlertRule[] {
    const read = rulesSchema.safeParse(
      items.map(item =>
        Object.fromEntries(
          Object.entries(item).filter(([, value]) => value !== null),
        ),
      ),
    );
    if (!read.success) {
      throw new InputError(
        `The rules can not be read: ${z.prettifyError(
          read.error,
        )}. Nothing was kept.`,
      );
    }
    const known = new Set(this.options.config.actions.map(({ id }) => id));
    const unknown = read.data
      .flatMap(({ actions }) => actions)
      .find(id => !known.has(id));
    if (unknown !== undefined) {
      throw new InputError(
        `There is no action ${unknown} in the config. Nothing was kept.`,
      );
    }
    return read.data;
  }

  private async version(model: ModelId & { visibility: ModelsVisibility }) {
    const { models } = this.options;
    const { source, name, visibility } = model;
    const version = versionInUse(await models.get(source, name, visibility));
    if (version === null) {
      return null;
    }
    const { createdAt } = await models.getVersion(
      source,
      name,
      version,
      visibility,
    );
    return { source, name, version, createdAt };
  }
}

function toApi(rule: AlertRule): ApiRule {
  return {
    id: rule.id,
    category: rule.category,
    tool: rule.tool ?? null,
    statistic: rule.statistic ?? null,
    feature: rule.feature ?? null,
    threshold: rule.threshold ?? null,
    rise: rule.rise ?? null,
    windows: rule.windows,
    afterHours: rule.afterHours ?? null,
    actions: rule.actions,
  };
}

/** Whether a rule is for a model, whose name may be given with `*` for any characters. */
function isFor(rule: AlertRule, name: string): boolean {
  if (rule.model === undefined) {
    return true;
  }
  const parts = rule.model.split('*');
  const last = parts.pop() ?? '';
  if (parts.length === 0) {
    return name === last;
  }
  let place = 0;
  for (const [index, part] of parts.entries()) {
    const found = name.indexOf(part, place);
    if (found < 0 || (index === 0 && found !== 0)) {
      return false;
    }
    place = found + part.length;
  }
  return name.length - last.length >= place && name.endsWith(last);
}
