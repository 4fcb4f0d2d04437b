import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { AuditEntry } from '@modelport/plugin-modelport-common';
import { messageOf } from '../messageOf';

/** Tells Backstage's auditor of entries of the chain; an auditor that fails holds nothing up. */
export function tellAuditor(options: {
  auditor: AuditorService;
  logger: LoggerService;
}): (entries: AuditEntry[]) => void {
  const tell = async (entries: AuditEntry[]) => {
    for (const entry of entries) {
      const { action, seq, digest, actor, source, name, version } = entry;
      const event = await options.auditor.createEvent({
        eventId: action.replace(/\./g, '-'),
        severityLevel: 'medium',
        meta: {
          seq,
          digest,
          actor,
          source,
          name,
          version,
          environment: entry.environment,
          promotion: entry.promotion,
        },
      });
      await event.success();
    }
  };
  return entries => {
    tell(entries).catch(error =>
      options.logger.warn(
        `Backstage's auditor was not told of an entry of the audit chain, which is kept: ${messageOf(
          error,
        )}`,
      ),
    );
  };
}
