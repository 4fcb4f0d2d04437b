import { Knex } from 'knex';
import { AuditEvent, AuditLog } from '../audit/AuditLog';
import { CHUNK, chunks } from './chunks';
import { contentDigest } from './contentDigest';
import { fromJson, ModelRow } from './modelRow';
import { storable } from './storable';

/** What a source says of a model, as far as the audit chain has to know of it. */
export interface ToldOfModel {
  id: number;
  /** As it was known; undefined where it is new. */
  before: ModelRow | undefined;
  /** What it asks of its own promotions. */
  promotions: unknown;
  /** Whether the name stands for another model by now. */
  isAnother: boolean;
}

/**
 * Keeps what models ask of their own promotions. Where that changed, or where a confirmed risk tier no longer holds since
 * another model has the name, the audit chain says so.
 */
export async function putPromotionRules(
  trx: Knex.Transaction,
  options: {
    source: string;
    models: Map<string, ToldOfModel>;
    audit: Pick<AuditLog, 'append'>;
  },
): Promise<void> {
  const { source, models, audit } = options;
  const known = [...models.values()].filter(({ before }) => before);
  const rules = new Map<number, unknown>();
  for (const chunk of chunks(known.map(({ id }) => id))) {
    const rows = await trx('models_rules')
      .whereIn('model_id', chunk)
      .select<Array<{ model_id: number; promotions: string }>>('*');
    rows.forEach(row =>
      rules.set(row.model_id, fromJson<unknown>(row.promotions)),
    );
    await trx('models_rules').whereIn('model_id', chunk).delete();
  }
  const now: Array<{ model_id: number; promotions: string }> = [];
  const events: AuditEvent[] = [];
  for (const [name, { id, before, promotions, isAnother }] of models) {
    const of = { actor: `source:${source}`, source, name };
    const text = promotions ? storable(JSON.stringify(promotions)) : undefined;
    if (text !== undefined) {
      now.push({ model_id: id, promotions: text });
    }
    const change = {
      before: rules.get(id) ?? null,
      now: text === undefined ? null : fromJson<unknown>(text),
    };
    if (contentDigest(change.before) !== contentDigest(change.now)) {
      events.push({ ...of, action: 'policy.model-changed', detail: change });
    }
    if (isAnother && before && before.risk_tier_confirmed !== null) {
      events.push({
        ...of,
        action: 'risk-tier.reset',
        detail: { before: before.risk_tier, tier: 'high' },
      });
    }
  }
  await trx.batchInsert('models_rules', now, CHUNK);
  await audit.append(trx, events);
}
