import { InputError } from '@backstage/errors';
import {
  AuditPage,
  AuditVerification,
} from '@modelport/plugin-modelport-common';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { refuseNull } from '../refuseNull';
import { AuditHeads } from './AuditHeads';
import { AuditLog } from './AuditLog';
import { ChainResult, verifyChain } from './verifyChain';

const NOT_SIGNED =
  'Heads of the chain are signed and kept outside only where modelport.audit.signingKey and a place for them are configured: without them, who administers the database could recompute or cut the chain unseen.';

const ACTION = /^[a-z][a-z.-]*$/;

/** The audit chain, as the API answers it. */
export class AuditService {
  constructor(
    private readonly options: {
      log: AuditLog;
      heads: AuditHeads;
      models: Pick<ModelsService, 'narrow'>;
    },
  ) {}

  async list(options: {
    model?: string;
    q?: string;
    promotion?: string;
    actor?: string;
    action?: string;
    from?: string;
    to?: string;
    visibility: ModelsVisibility;
    limit: number;
    cursor?: string;
  }): Promise<AuditPage> {
    const { visibility } = options;
    const { model, promotion, actor, action } = options;
    refuseNull(model, options.q, promotion, actor);
    if (action !== undefined && !ACTION.test(action)) {
      throw new InputError(
        `action is "${action}"; expected one such as promotion.requested, or what is before the point`,
      );
    }
    const narrow = this.options.models.narrow(visibility, 'audit_entries');
    const { items, total, nextCursor } = await this.options.log.list({
      ...options,
      from: timeOf('from', options.from),
      to: timeOf('to', options.to),
      narrow: query => {
        if (visibility) {
          // What is about no model at all is for everybody who may read the chain.
          query.where(inner => narrow(inner)).orWhereNull('audit_entries.name');
        }
      },
    });
    return { items, totalItems: total, nextCursor };
  }

  /** Checks the chain and the heads that are kept outside. */
  async verify(): Promise<AuditVerification> {
    const { log, heads } = this.options;
    const { heads: kept, problem } = await heads.read();
    const chain = await verifyChain(log, kept, heads.mostUnsignedMs);
    const latest = kept.reduce<(typeof kept)[number] | null>(
      (last, head) => (last === null || head.seq >= last.seq ? head : last),
      null,
    );
    return {
      ok: chain.firstBroken === null && problem === null,
      entries: chain.entries,
      firstBroken: chain.firstBroken,
      message: chain.message ?? problem,
      heads: {
        enabled: heads.enabled,
        checked: kept.length,
        latestAt: latest?.at ?? null,
        latestSeq: latest?.seq ?? null,
        message: heads.enabled ? problem ?? missed(chain) : NOT_SIGNED,
      },
    };
  }
}

/** What is missing among the heads; null where nothing is. */
function missed({ unsigned }: ChainResult): string | null {
  return unsigned
    ? `From entry ${unsigned.from.seq} (${unsigned.from.at}) to ${unsigned.to.seq} (${unsigned.to.at}) no head was kept outside, although the portal worked: it could not be written, or was removed. What stands there is not proven to be what it was then.`
    : null;
}

/** A time as entries have it; @throws `InputError` where it is none. */
function timeOf(what: string, text: string | undefined): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InputError(
      `${what} is "${text}"; expected a time such as 2030-01-31T12:00:00Z`,
    );
  }
  return date.toISOString();
}
