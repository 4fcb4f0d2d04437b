import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { ReasonFinding } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { AuditLog } from '../audit/AuditLog';
import { ModelListeners } from '../evidence/ModelListeners';
import { fromJson } from '../models/modelRow';
import { VersionName } from './ReasonRecordsStore';

interface FindingRow {
  decisions: number;
  features: string;
  raised_by: string;
  first_at: string;
  last_at: string;
  closed_by: string | null;
  closed_at: string | null;
  closed_why: string | null;
}

/** Critical findings: decisions with a prohibited factor among their principal reasons. They block promotions. */
export class ReasonFindings {
  constructor(
    private readonly options: {
      knex: Knex;
      audit: Pick<AuditLog, 'append'>;
      /** Told of models whose findings changed, since promotions are judged by them. */
      listeners: Pick<ModelListeners, 'tell'>;
    },
  ) {}

  /** Lets everybody know that the findings of a version changed. */
  async tell({ source, name }: Pick<VersionName, 'source' | 'name'>) {
    await this.options.listeners.tell({ source, name });
  }

  /** Raises one for a version, or adds to what is there; one that was closed is open again. */
  async raise(
    trx: Knex.Transaction,
    of: VersionName,
    found: { decisions: number; features: string[]; by: string; at: string },
  ): Promise<void> {
    const { by, at } = found;
    // First the chain, whose head locks out whoever else raises one.
    await this.options.audit.append(trx, [
      {
        ...of,
        at,
        actor: by,
        action: 'reasons.prohibited-factor',
        detail: { decisions: found.decisions, features: found.features },
      },
    ]);
    const key = keyOf(of);
    const known = await trx('explanations_findings')
      .where(key)
      .first<FindingRow | undefined>();
    const together = (before: string | undefined, more: string[]) =>
      JSON.stringify([
        ...new Set([...(before ? fromJson<string[]>(before) : []), ...more]),
      ]);
    const written = {
      decisions: (known?.decisions ?? 0) + found.decisions,
      features: together(known?.features, found.features),
      raised_by: together(known?.raised_by, [by]),
      last_at: at,
      closed_by: null,
      closed_at: null,
      closed_why: null,
    };
    if (known) {
      await trx('explanations_findings').where(key).update(written);
    } else {
      await trx('explanations_findings').insert({
        ...key,
        ...written,
        first_at: at,
      });
    }
  }

  /** What was found about a version; null where that is nothing. */
  async of(of: VersionName): Promise<ReasonFinding | null> {
    const row = await this.row(of);
    return row ? toFinding(row) : null;
  }

  /**
   * Closes the finding of a version, such as after its dictionary was put right.
   *
   * @throws `NotFoundError` where there is none, `ConflictError` where it is closed, `NotAllowedError` for whoever raised it.
   */
  async close(
    of: VersionName,
    by: string,
    why: string,
  ): Promise<ReasonFinding> {
    const { knex, audit } = this.options;
    const row = await this.row(of);
    if (!row) {
      throw new NotFoundError(
        `There is no finding about version ${of.version} of ${of.name}`,
      );
    }
    if (fromJson<string[]>(row.raised_by).includes(by)) {
      throw new NotAllowedError(
        'Nobody closes a finding that their own request raised; another person must',
      );
    }
    const at = new Date().toISOString();
    await knex.transaction(async trx => {
      await audit.append(trx, [
        {
          ...keyOf(of),
          at,
          actor: by,
          action: 'reasons.finding-closed',
          detail: { why },
        },
      ]);
      const changed = await trx('explanations_findings')
        .where({ ...keyOf(of), closed_at: null, last_at: row.last_at })
        .update({ closed_by: by, closed_at: at, closed_why: why });
      if (changed === 0) {
        throw new ConflictError(
          'The finding was closed or raised again meanwhile; look at it once more',
        );
      }
    });
    await this.tell(of);
    return toFinding({ ...row, closed_by: by, closed_at: at, closed_why: why });
  }

  private async row(of: VersionName): Promise<FindingRow | undefined> {
    return this.options
      .knex('explanations_findings')
      .where(keyOf(of))
      .first<FindingRow | undefined>();
  }
}

function keyOf({ source, name, version }: VersionName): VersionName {
  return { source, name, version };
}

function toFinding(row: FindingRow): ReasonFinding {
  return {
    severity: 'critical',
    decisions: row.decisions,
    features: fromJson(row.features),
    firstAt: row.first_at,
    lastAt: row.last_at,
    closed:
      row.closed_by !== null && row.closed_at !== null
        ? { by: row.closed_by, at: row.closed_at, why: row.closed_why ?? '' }
        : null,
  };
}
