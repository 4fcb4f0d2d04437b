import { CopyTarget } from '../models/copyTargets';
import { auditOf } from './auditOf';
import { ExecutionLease } from './ExecutionLease';
import { copied, stepDone } from './executionRules';
import { PromotionRecord } from './PromotionRecord';
import { MadeCopy, RegistryPlaces } from './RegistryPlaces';

/** The part of an execution that makes the copy which is to be live. */
export class CopyStep {
  constructor(
    private readonly options: {
      places: RegistryPlaces;
      lease: ExecutionLease;
      now: () => Date;
    },
  ) {}

  /**
   * Finishes and notes what somebody made who died, where it is live by being there: that is to be known before it is
   * asked what is.
   */
  async recover(promotion: PromotionRecord): Promise<void> {
    const { source, name, version, policy, execution } = promotion;
    const { alias, copy } = policy;
    const { mark } = execution;
    if (copy && alias === null && mark !== undefined) {
      const createdAt = promotion.versionCreatedAt;
      const of = { name, version, createdAt, copy, mark };
      if (await this.options.places.find(source, of)) {
        await this.make(promotion, copy);
      }
    }
  }

  /** Copies a version to where its environment keeps copies, and notes which it is. */
  async make(
    promotion: PromotionRecord,
    target: CopyTarget,
  ): Promise<MadeCopy> {
    const { id, source, name, version, policy, execution } = promotion;
    const { lease, places } = this.options;
    const { mark } = execution;
    if (mark === undefined) {
      throw new Error(`The promotion ${id} has no mark to copy under`);
    }
    const made = await lease.keeping(id, signal =>
      places.copy(
        source,
        {
          name,
          version,
          createdAt: promotion.versionCreatedAt,
          copy: target,
          mark,
          // Without an alias the newest is live, so that an earlier one would not be.
          reuse: policy.alias !== null,
        },
        { signal },
      ),
    );
    const at = this.options.now().toISOString();
    await lease.change(id, before => ({
      promotion: stepDone(copied(before, made), {
        step: 'copy',
        message: `It is version ${made.version} of ${target.name} in ${target.source}`,
        at,
        until: lease.until(),
      }),
      audit:
        before.execution.copied?.version === made.version
          ? []
          : [
              auditOf(before, {
                actor: 'service:modelport',
                action: 'promotion.copied',
                at,
                detail: { to: { ...target, ...made } },
              }),
            ],
    }));
    return made;
  }

  /** Removes a copy that does not come to be live; where that can't be done now, the caller tries all of it again. */
  async discard({ policy, execution }: PromotionRecord): Promise<void> {
    const { copy } = policy;
    const { mark } = execution;
    if (copy && mark !== undefined) {
      await this.options.places.discard({ ...policy, copy, mark });
    }
  }
}
