import { AlertsService } from '../../monitoring/alerts/AlertsService';
import { ServingService } from '../../monitoring/serving/ServingService';
import { PromotionRecord } from '../PromotionRecord';
import { AbortRule } from './rolloutConfig';

const RANK = { low: 0, medium: 1, high: 2 };

/** What the conditions of a rollout say now. */
export interface AbortJudgement {
  /** Why it has to be aborted; undefined where nothing says so. */
  wrong?: string;
  /** What can't be told, which lets nothing go on by itself. */
  unknown?: string;
}

/** Judges what monitoring knows of a rollout. */
export class AbortConditions {
  constructor(
    private readonly options: {
      alerts: Pick<AlertsService, 'unclosedOf'>;
      serving: Pick<ServingService, 'get'>;
    },
  ) {}

  async judge(promotion: PromotionRecord): Promise<AbortJudgement> {
    let unknown: string | undefined;
    for (const rule of promotion.rollout?.abortOn ?? []) {
      const said =
        rule.type === 'alert'
          ? await this.alert(promotion, rule)
          : await this.objective(promotion, rule);
      if (said.wrong !== undefined) {
        return said;
      }
      unknown ??= said.unknown;
    }
    return { unknown };
  }

  private async alert(
    promotion: PromotionRecord,
    rule: Extract<AbortRule, { type: 'alert' }>,
  ): Promise<AbortJudgement> {
    const { source, name, version, execution } = promotion;
    const open = await this.options.alerts.unclosedOf({ source, name });
    const alert = open.find(
      one =>
        RANK[one.severity] >= RANK[rule.severity] &&
        (one.version === version ||
          (rule.of === 'model' &&
            execution.startedAt !== null &&
            one.openedAt >= execution.startedAt)),
    );
    return alert
      ? {
          wrong: `the alert ${alert.id} of severity ${alert.severity} is open on version ${alert.version}: ${alert.text}`,
        }
      : {};
  }

  private async objective(
    { source, name }: PromotionRecord,
    rule: Extract<AbortRule, { type: 'objective' }>,
  ): Promise<AbortJudgement> {
    const { objectives, configured, problem } = await this.options.serving.get({
      source,
      name,
      visibility: undefined,
      hours: 1,
    });
    const objective = objectives.find(
      one =>
        (one.name === 'availability') === (rule.objective === 'availability'),
    );
    if (!objective || objective.achieved === null) {
      return {
        unknown: `Whether the objective ${
          rule.objective
        } is met can't be told: ${
          problem ??
          (configured
            ? 'no requests were counted'
            : 'no telemetry is connected')
        }`,
      };
    }
    return objective.achieved < objective.target
      ? {
          wrong: `the objective "${objective.name}" was missed in the last hour: ${objective.achieved}, where ${objective.target} is the target`,
        }
      : {};
  }
}

/** A condition in words. */
export function abortRuleInWords(rule: AbortRule): string {
  if (rule.type === 'objective') {
    return `The objective ${rule.objective} of what serves is missed over an hour`;
  }
  const severity =
    rule.severity === 'high'
      ? 'severity high'
      : `severity ${rule.severity} or more`;
  return rule.of === 'version'
    ? `An alert of ${severity} is open on the version`
    : `An alert of ${severity} is open on the version, or is opened on the model meanwhile`;
}
