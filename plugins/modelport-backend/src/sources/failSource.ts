import { LoggerService } from '@backstage/backend-plugin-api';
import { messageOf } from '../messageOf';
import { SourcesStore } from './SourcesStore';
import { SyncMetrics } from './SyncMetrics';

/** Keeps with a source why it could not be passed over; its models stay as they were. */
export async function failSource(
  options: { store: SourcesStore; logger: LoggerService; metrics: SyncMetrics },
  id: string,
  error: unknown,
  pass: { startedAt?: string; askedAt?: string | null } = {},
): Promise<void> {
  const now = new Date().toISOString();
  options.logger.warn(`The pass over ${id} failed: ${messageOf(error)}`);
  options.metrics.failed(id);
  await options.store.update(id, {
    state: 'failing',
    lastPassAt: now,
    errors: [{ where: id, message: messageOf(error), at: now }],
    progress: null,
    lastPass: {
      startedAt: pass.startedAt ?? now,
      endedAt: now,
      askedAt: pass.askedAt ?? null,
      changed: null,
    },
    // A list that failed is read from its start again.
    checkpoint: null,
  });
}
