import { EnvironmentPeriod } from '@modelport/plugin-modelport-common';
import { PromotionRecord } from './PromotionRecord';

/** A promotion, as far as periods need it. */
type Bringing = Pick<PromotionRecord, 'kind' | 'version'>;

/**
 * Versions that may be gone back to, the last one first, and when each was live last; null where it still is. Those are
 * what was live when the portal began to watch, and what a promotion brought fully live. What somebody made live
 * besides the portal passed no gate, and what came after a version that was gone back to is not gone back to.
 *
 * @param periods - the newest first.
 * @param options - `isComplete` where the first period ever is among them.
 */
export function rollbackTargets(
  periods: EnvironmentPeriod[],
  options: {
    isComplete: boolean;
    promotions: ReadonlyMap<string, Bringing>;
  },
): Map<string, string | null> {
  let brought: Array<{ version: string; until: string | null }> = [];
  [...periods].reverse().forEach((period, index) => {
    const { version, until } = period;
    if (version === null || period.shares.length > 0) {
      return;
    }
    const promotion =
      period.promotion === null
        ? undefined
        : options.promotions.get(period.promotion);
    const isFirst =
      options.isComplete &&
      index === 0 &&
      period.promotion === null &&
      !period.behindPortal;
    // What was aborted gives back what was live before, which was no promotion's to bring.
    if (!isFirst && promotion?.version !== version) {
      return;
    }
    const known = brought.findIndex(other => other.version === version);
    brought =
      promotion?.kind === 'rollback' && known >= 0
        ? brought.slice(0, known)
        : brought.filter(other => other.version !== version);
    brought.push({ version, until });
  });
  return new Map(
    brought.reverse().map(({ version, until }) => [version, until]),
  );
}
