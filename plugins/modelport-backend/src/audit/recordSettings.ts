import { contentDigest } from '../models/contentDigest';
import { AuditLog } from './AuditLog';

/** Settings whose changes are recorded, by the action that their entries have; null where they are not known yet. */
export type Settings = Record<string, Record<string, unknown> | null>;

/**
 * Records settings that are others than those recorded last, as after a start with another config. To be called by one
 * backend at a time.
 */
export async function recordSettings(
  log: AuditLog,
  settings: Settings,
): Promise<void> {
  for (const [action, detail] of Object.entries(settings)) {
    if (detail === null) {
      continue;
    }
    const digest = contentDigest(detail);
    const latest = await log.latest(action);
    if (latest?.detail.digest !== digest) {
      await log.record([
        {
          actor: 'config',
          action,
          detail: {
            digest,
            before: latest?.detail.digest ?? null,
            settings: detail,
          },
        },
      ]);
    }
  }
}
